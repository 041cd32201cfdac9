// Bytes of a transfer as they are told.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { counted, meter } from '../../../../../src/engine/files/transfers/meter.ts';
import { emptyResult, skip } from '../../../../../src/engine/files/transfers/result.ts';

describe('progress of a transfer', () => {
  it('is told at the first bytes, not with each of many, and with the last', () => {
    const told: [number, number | undefined][] = [];
    const count = meter({ onProgress: (bytes, total) => told.push([bytes, total]) }, 1_000);
    for (let byte = 0; byte < 1_000; byte++) {
      count(1);
    }
    assert.deepEqual(told[0], [1, 1_000]);
    assert.deepEqual(told.at(-1), [1_000, 1_000]);
    assert.ok(told.length < 100, `${told.length} reports`);
    count.end();
    assert.equal(told.filter(([bytes]) => bytes === 1_000).length, 1);
  });

  it('is told once at the end where the whole is not known', () => {
    const told: number[] = [];
    const count = meter({ onProgress: (bytes) => told.push(bytes) });
    count(1);
    count(2);
    count.end();
    assert.equal(told.at(-1), 3);
  });

  it('counts what goes through', async () => {
    const lengths: number[] = [];
    const source = (async function* () {
      yield Buffer.from('ab');
      yield Buffer.from('cde');
    })();
    const chunks: Buffer[] = [];
    for await (const chunk of counted(source, (length) => lengths.push(length))) {
      chunks.push(chunk);
    }
    assert.equal(Buffer.concat(chunks).toString(), 'abcde');
    assert.deepEqual(lengths, [2, 3]);
  });

  it('names at most a thousand of what was left out, and counts all', () => {
    const result = emptyResult();
    for (let index = 0; index < 1_500; index++) {
      skip(result, `./${index}`, 'special');
    }
    assert.equal(result.skippedCount, 1_500);
    assert.equal(result.skipped.length, 1_000);
    assert.deepEqual(result.skipped[7], { name: '7', reason: 'special' });
  });
});
