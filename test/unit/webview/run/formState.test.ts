// What the run form knows after each event.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type FieldId, formFields } from '../../../../src/model/run/form/fields.ts';
import type { RunFormPage } from '../../../../src/model/run/form/messages.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';
import {
  type FormState,
  firstFocus,
  mended,
  startState,
  withImageAsked,
  withLine,
  withRefusal,
  withSuggestion,
  withValue,
} from '../../../../src/webview/run/formState.ts';
import { fieldOf, formPage } from './form.ts';

const start = (options: RunOptions, more: Partial<RunFormPage> = {}): FormState => startState(formPage(options, more));
const touched = (state: FormState, ...ids: FieldId[]): FormState => ({ ...state, touched: new Set(ids) });

describe('the state of the run form', () => {
  it('begins with options of their form, and with what was not kept of them', () => {
    const odd = { image: 'nginx', ports: 5 } as unknown as RunOptions;
    const state = start(odd, { forgot: ['TOKEN'], dropped: ['labels', 'storageOptions'] });
    assert.deepEqual(state.options, { image: 'nginx' });
    assert.deepEqual([...state.forgot], ['TOKEN']);
    assert.deepEqual([...state.dropped], ['labels', 'flags']);
    assert.equal(
      formFields.some(({ id }) => (id as string) === 'storageOptions'),
      false,
    );
  });

  it('takes what is typed into a field', () => {
    const state = withValue(start({ image: 'nginx' }), fieldOf('name'), 'web');
    assert.deepEqual(state.options, { image: 'nginx', name: 'web' });
    assert.deepEqual([...state.touched], ['name']);
  });

  it('waits with flags that cannot be read', () => {
    const before = start({ image: 'nginx', memory: 1 } as unknown as RunOptions);
    const state = withValue(before, fieldOf('flags'), '--no-such-flag');
    assert.deepEqual(state.options, before.options);
    assert.ok(state.touched.has('flags'));
  });

  it('knows that a value is there again once it was typed', () => {
    const before = start({ image: 'x', env: ['A=', 'B='] }, { forgot: ['A', 'B'], dropped: ['labels'] });
    const state = withValue(before, fieldOf('env'), ['A=1', 'B=']);
    assert.deepEqual([...state.forgot], ['B']);
    assert.deepEqual([...withValue(state, fieldOf('labels'), ['a=b']).dropped], []);
  });

  it('takes the line, whose flags are those that the person set', () => {
    const refused = withRefusal(start({ image: '' }), 'No.', 'docker rnu');
    const state = withLine(refused, { type: 'parsed', count: 1, options: { image: 'a' }, warnings: ['Careful.'] });
    assert.equal(state.refusal, undefined);
    assert.deepEqual(state.warnings, ['Careful.']);
    assert.deepEqual(new Set(state.touched), new Set(['ports', 'interactive', 'detach']));
    assert.deepEqual(withValue(state, fieldOf('name'), 'x').warnings, [], 'the line is another one then');
  });

  it('takes an empty line for no mistake', () => {
    const state = withRefusal(start({ image: '' }), 'No.', 'docker rnu');
    assert.equal(state.refusal, 'No.');
    assert.equal(withRefusal(state, 'No.', ' \n').refusal, undefined);
    assert.equal(withValue(state, fieldOf('name'), 'x').refusal, undefined);
  });

  const suggestion = { type: 'image' as const, image: 'nginx', ports: ['80'], interactive: false };

  it('takes what an image suggests, unless another is named by now', () => {
    const state = start({ image: 'nginx', interactive: true });
    assert.deepEqual(withSuggestion(state, suggestion)?.options, { image: 'nginx', ports: ['80'], detach: true });
    assert.deepEqual(withSuggestion(state, { ...suggestion, ports: [], interactive: true })?.options, {
      image: 'nginx',
      interactive: true,
    });
    assert.equal(withSuggestion(state, { ...suggestion, image: 'redis' }), undefined);
  });

  it('keeps what the person has set when an image suggests something else', () => {
    const state = start({ image: 'nginx', interactive: true, ports: ['8080:80'] });
    assert.deepEqual(withSuggestion(touched(state, 'ports', 'interactive'), suggestion)?.options, state.options);
    assert.deepEqual(withSuggestion(touched(start({ image: 'nginx' }), 'ports', 'detach'), suggestion)?.options, {
      image: 'nginx',
    });
  });

  it('leaves the name or taken ports to the engine', () => {
    const published = [{ by: 'web', address: '', port: 8080, protocol: 'tcp' }];
    const options = { image: 'nginx', name: 'web', ports: ['8080:80', '9000:90'] };
    const state = start(options, { facts: { ...formPage(options).facts, published } });
    assert.deepEqual(mended(state, 'name').options, { image: 'nginx', ports: options.ports });
    assert.deepEqual(mended(state, 'ports').options.ports, ['80', '9000:90']);
    // Some other program holds it: no container does.
    assert.deepEqual(mended(start(options), 'ports').options.ports, ['80', '90']);
  });

  it('goes first to what is to be filled in first', () => {
    assert.equal(firstFocus(start({ image: '' }), true), 'line');
    assert.equal(firstFocus(start({ image: '' }), false), 'image');
    assert.equal(firstFocus(start({ image: 'nginx' }), false), 'name');
    assert.ok(withImageAsked(start({ image: '' })).touched.has('image'));
  });
});
