// What the run form takes from the extension.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readAnswer } from '../../../../src/webview/run/answers.ts';

describe('answers to the run form', () => {
  it('come through when they have their form', () => {
    for (const answer of [
      { type: 'parsed', count: 3, options: { image: 'nginx', ports: ['80'] }, warnings: ['Careful.'] },
      { type: 'refused', count: 3, sentence: 'No.' },
      { type: 'image', image: 'nginx', ports: ['80'], interactive: true },
      { type: 'chosen', field: 'volumes', row: 2, path: '/srv' },
      { type: 'status', status: { state: 'busy', text: 'Pulling', actions: ['A'], fraction: 0.5, mend: 'ports' } },
    ]) {
      assert.deepEqual(readAnswer(JSON.parse(JSON.stringify(answer))), answer);
    }
  });

  it('are made harmless when they do not', () => {
    for (const odd of [undefined, null, 5, 'x', [], {}, { type: 'format disk' }]) {
      assert.equal(readAnswer(odd), undefined);
    }
    assert.deepEqual(readAnswer({ type: 'status', status: { state: 'odd', fraction: 7, mend: 'all', actions: [1] } }), {
      type: 'status',
      status: { state: 'idle', text: '', actions: [], fraction: 1 },
    });
    assert.deepEqual(readAnswer({ type: 'chosen', field: {}, row: 'x' }), {
      type: 'chosen',
      field: '',
      row: 0,
      path: '',
    });
  });
});
