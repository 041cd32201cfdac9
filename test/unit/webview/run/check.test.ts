// What the run form says is wrong, and what can be done with it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldId } from '../../../../src/model/run/form/fields.ts';
import type { RunFormPage } from '../../../../src/model/run/form/messages.ts';
import type { FieldValue } from '../../../../src/model/run/form/values.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';
import { checkForm } from '../../../../src/webview/run/check.ts';
import { type FormState, startState } from '../../../../src/webview/run/formState.ts';
import { formPage, valuesOf } from './form.ts';

function check(
  options: RunOptions,
  {
    values = {},
    page = {},
    state = {},
  }: {
    values?: Partial<Record<FieldId, FieldValue>>;
    page?: Partial<RunFormPage>;
    state?: Partial<FormState>;
  } = {},
) {
  return checkForm({ ...startState(formPage(options, page)), ...state }, valuesOf(options, values));
}

describe('the check of the run form', () => {
  it('lets run what is right', () => {
    const { canRun, canCopy, line, problems } = check({ image: 'nginx', ports: ['80:80'] });
    assert.deepEqual([canRun, canCopy], [true, true]);
    assert.deepEqual(line, { refused: false, level: 'warning', sentences: [] });
    assert.deepEqual([...problems.values()].flat().filter(Boolean), []);
  });

  it('asks for the image only once the person was there', () => {
    const before = check({ image: '' });
    assert.deepEqual([before.canRun, before.canCopy, before.problems.get('image')], [false, false, []]);
    const asked = check({ image: '' }, { state: { touched: new Set<FieldId>(['image']) } });
    assert.equal(asked.problems.get('image')?.[0]?.level, 'error');
  });

  it('says what is wrong in which row, and stops there', () => {
    const { canRun, canCopy, problems, line } = check({ image: 'nginx' }, { values: { ports: ['80:80', 'x:y'] } });
    assert.deepEqual(
      problems.get('ports')?.map((problem) => problem?.level),
      [undefined, 'error'],
    );
    assert.deepEqual([canRun, canCopy, line.sentences.length], [false, true, 0]);
  });

  it('says what is wrong with the options as a whole once each is right', () => {
    const { canRun, canCopy, line } = check({ image: 'nginx', restart: 'always', remove: true });
    assert.deepEqual(
      [canRun, canCopy, line.level, line.refused, line.sentences.length],
      [false, true, 'error', false, 1],
    );
  });

  it('has nothing to run or copy in a line that cannot be read', () => {
    const { canRun, canCopy, line } = check({ image: 'nginx' }, { state: { refusal: 'No.', warnings: ['Old.'] } });
    assert.deepEqual([canRun, canCopy], [false, false]);
    assert.deepEqual(line, { refused: true, level: 'error', sentences: ['No.'] });
  });

  it('passes on what the line warns of', () => {
    const { canRun, line } = check({ image: 'nginx' }, { state: { warnings: ['Careful.'] } });
    assert.equal(canRun, true);
    assert.deepEqual(line, { refused: false, level: 'warning', sentences: ['Careful.'] });
  });

  it('points at values that were not kept', () => {
    const { problems, canRun } = check(
      { image: 'nginx', env: ['A=1', 'TOKEN='], labels: { a: '' } },
      { page: { forgot: ['TOKEN'], dropped: ['labels'] } },
    );
    assert.deepEqual(
      problems.get('env')?.map((problem) => problem?.level),
      [undefined, 'warning'],
    );
    assert.equal(problems.get('labels')?.[0]?.level, 'warning');
    assert.equal(canRun, true);
  });

  it('counts the fields of each section that are set', () => {
    const { set, counts } = check({ image: 'nginx', ports: ['80'], network: 'a', readOnly: true });
    assert.deepEqual(set, new Set(['image', 'ports', 'network', 'readOnly']));
    assert.deepEqual([counts.get('image'), counts.get('ports'), counts.get('health')], [1, 2, 0]);
  });
});
