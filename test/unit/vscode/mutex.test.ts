import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createMutex } from '../../../src/vscode/mutex.ts';

describe('a mutex', () => {
  it('runs jobs of one name one after the other, also after one that failed, and others at once', async () => {
    const mutex = createMutex();
    const steps: string[] = [];
    const ends: (() => void)[] = [];
    const job = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise<void>((resolve) => ends.push(resolve));
      steps.push(`${name} ends`);
      if (name === 'a') {
        throw new Error('a failed');
      }
      return name;
    };
    const endAll = () => {
      for (const end of ends.splice(0)) {
        end();
      }
    };
    const [first, second, other] = [mutex('x', job('a')), mutex('x', job('b')), mutex('y', job('c'))];
    await Promise.resolve();
    assert.deepEqual(steps, ['a begins', 'c begins']);
    endAll();
    await assert.rejects(first, /a failed/);
    assert.equal(await other, 'c');
    while (ends.length === 0) {
      await Promise.resolve();
    }
    assert.deepEqual(steps, ['a begins', 'c begins', 'a ends', 'c ends', 'b begins']);
    endAll();
    assert.equal(await second, 'b');
  });
});
