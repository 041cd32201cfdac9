// What the run form shows and tells when something happens.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldId } from '../../../../src/model/run/form/fields.ts';
import type { FieldValue } from '../../../../src/model/run/form/values.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';
import { startState } from '../../../../src/webview/run/formState.ts';
import { type FormEvent, fieldsToShow, react } from '../../../../src/webview/run/react.ts';
import { fieldOf, formPage, valuesOf } from './form.ts';

/** The reaction of a form that shows these options, with other values in some fields. */
function after(options: RunOptions, event: FormEvent, other: Partial<Record<FieldId, FieldValue>> = {}, line = '') {
  return react(startState(formPage(options)), event, { values: valuesOf(options, other), line });
}

describe('the run form', () => {
  const nginx = { image: 'nginx' };

  it('writes the line and tells of the options when a field is changed', () => {
    const reaction = after(nginx, { type: 'input', field: fieldOf('name') }, { name: 'web' });
    const options = { image: 'nginx', name: 'web' };
    assert.deepEqual(reaction, {
      state: { ...reaction.state, options },
      line: true,
      send: { type: 'changed', options },
    });
  });

  it('fills in the fields when the line is changed, and leaves the line as it was typed', () => {
    const options = { image: 'nginx', name: 'web', ports: ['80:80'] };
    const reaction = after(nginx, { type: 'parsed', count: 1, options, warnings: [] });
    assert.deepEqual(
      new Map(reaction.fields),
      new Map<string, unknown>([
        ['name', 'web'],
        ['ports', ['80:80']],
      ]),
    );
    assert.equal('line' in reaction, false);
    assert.deepEqual(reaction.send, { type: 'changed', options });
  });

  it('only says so when the line cannot be read', () => {
    const reaction = after(nginx, { type: 'refused', count: 1, sentence: 'No.' }, {}, 'docker rnu');
    assert.deepEqual(Object.keys(reaction), ['state']);
    assert.equal(reaction.state.refusal, 'No.');
  });

  it('writes host folders of volumes out once the field is left, and keeps rows that are still empty', () => {
    const volumes = ['~/data:/data', ''];
    const reaction = after(nginx, { type: 'left', field: fieldOf('volumes') }, { volumes });
    assert.deepEqual(reaction.fields?.get('volumes'), ['/home/me/data:/data', '']);
    assert.deepEqual(reaction.state.options.volumes, ['/home/me/data:/data']);
    assert.equal(reaction.line, true);
    const settled = after(nginx, { type: 'left', field: fieldOf('volumes') }, { volumes: ['data:/data', ''] });
    assert.deepEqual(Object.keys(settled), ['state']);
  });

  it('shows flags that have a field of their own in it once the flags are left', () => {
    const options = { image: 'nginx', name: 'web' };
    const reaction = after(options, { type: 'left', field: fieldOf('flags') }, { flags: '--name web', name: '' });
    assert.deepEqual(new Map(reaction.fields), new Map([['name', 'web']]));
    assert.equal(reaction.send, undefined);
  });

  it('asks what an image suggests once it is named', () => {
    assert.deepEqual(after(nginx, { type: 'left', field: fieldOf('image') }).send, { type: 'image', image: 'nginx' });
    assert.equal(after({ image: '' }, { type: 'left', field: fieldOf('image') }).send, undefined);
    assert.equal(after(nginx, { type: 'left', field: fieldOf('name') }).send, undefined);
  });

  it('fills in what an image suggests, also in the line', () => {
    const reaction = after(nginx, { type: 'image', image: 'nginx', ports: ['80'], interactive: false });
    assert.deepEqual([...(reaction.fields?.keys() ?? [])].sort(), ['detach', 'ports']);
    assert.equal(reaction.line, true);
    const late = after(nginx, { type: 'image', image: 'redis', ports: ['6379'], interactive: false });
    assert.deepEqual(Object.keys(late), ['state']);
  });

  it('leaves to the engine what the person asks it to', () => {
    const reaction = after({ image: 'nginx', name: 'web' }, { type: 'mend', what: 'name' });
    assert.deepEqual(new Map(reaction.fields), new Map([['name', '']]));
    assert.deepEqual(reaction.send, { type: 'changed', options: nginx });
  });

  it('puts a chosen folder before the path that the row has already', () => {
    const chosen = { type: 'chosen', field: 'volumes', path: '/srv' } as const;
    const volumes = ['', 'old:/var/lib:ro', '/x:/data/sub'];
    const rowAfter = (row: number) => after(nginx, { ...chosen, row }, { volumes }).fields?.get('volumes');
    assert.deepEqual(rowAfter(0), ['/srv:/data', 'old:/var/lib:ro', '/x:/data/sub']);
    assert.deepEqual(rowAfter(2), ['', 'old:/var/lib:ro', '/srv:/data/sub']);
    assert.deepEqual(rowAfter(7), volumes, 'the row is gone');
    const file = after(nginx, { ...chosen, field: 'envFiles', row: 0 }, { envFiles: ['a.env'] });
    assert.deepEqual(file.fields?.get('envFiles'), ['/srv']);
    assert.deepEqual(Object.keys(after(nginx, { ...chosen, field: 'evil', row: 0 })), ['state']);
  });

  it('takes newer facts without a word', () => {
    const facts = { ...formPage(nginx).facts, images: ['redis'] };
    const reaction = after(nginx, { type: 'facts', facts });
    assert.deepEqual(Object.keys(reaction), ['state']);
    assert.equal(reaction.state.facts, facts);
  });

  it('shows a field anew only when it says something else', () => {
    const options = { image: 'nginx', ports: ['80:80'], name: 'web' };
    assert.equal(fieldsToShow(options, valuesOf(options)).size, 0);
    const blanks = valuesOf(options, { name: ' web ', ports: ['', '80:80 ', ''] });
    assert.equal(fieldsToShow(options, blanks).size, 0);
    const flags = valuesOf(options, { flags: '--nonsense' });
    assert.deepEqual(new Map(fieldsToShow(options, flags)), new Map([['flags', '']]));
  });
});
