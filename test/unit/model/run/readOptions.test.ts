// Run options out of messages and kept state.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseRunLine } from '../../../../src/model/run/line.ts';
import { readRunOptions } from '../../../../src/model/run/readOptions.ts';

describe('options from outside', () => {
  it('come through when they have the form of their option', () => {
    const line =
      'docker run -it --init=false -p 80:80 -e A=1 -l a=b --cpu-shares 3 --network a --network b --pull never --entrypoint x i c';
    const { options } = parseRunLine(line, { env: {} });
    assert.deepEqual(readRunOptions(JSON.parse(JSON.stringify(options))), options);
  });

  it('are left out when they do not', () => {
    const odd = {
      image: 5,
      name: {},
      ports: 'x',
      env: [1, 'A=1'],
      labels: ['x'],
      detach: 'yes',
      other: 1,
      pull: 'maybe',
    };
    assert.deepEqual(readRunOptions(odd), { image: '', env: ['A=1'] });
    for (const value of [undefined, null, 3, 'x', []]) {
      assert.deepEqual(readRunOptions(value), { image: '' });
    }
  });
});
