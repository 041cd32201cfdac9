// When the next attempt to reach an engine is made.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { nextPause, startPause } from '../../../src/engine/reconnect.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';

describe('pauses between attempts', () => {
  it('grow to a few seconds, and over ssh to a minute', () => {
    const pauses = (problem: 'not-running' | 'ssh') => {
      let pause = 0;
      return Array.from({ length: 12 }, () => {
        pause = nextPause({ problem }, pause);
        return pause;
      });
    };
    assert.deepEqual(pauses('not-running').slice(0, 7), [100, 200, 400, 800, 1_600, 3_200, 5_000]);
    assert.equal(pauses('not-running').at(-1), 5_000);
    assert.equal(pauses('ssh').at(-1), 60_000);
  });

  it('last for ever where only a person can help', () => {
    for (const problem of ['ssh-login', 'ssh-host-key'] as const) {
      assert.equal(nextPause({ problem }, 100), Number.POSITIVE_INFINITY);
    }
  });

  it('end when their time is over', async () => {
    assert.equal(await startPauseThatKeepsUsAlive(1), false);
  });

  it('are cut short by who asks, by the signal and by a socket that comes', async () => {
    const { signal } = new AbortController();
    const asked = startPause(Number.POSITIVE_INFINITY, [], signal);
    asked.cut();
    assert.equal(await asked.over, true);

    const abort = new AbortController();
    const aborted = startPause(Number.POSITIVE_INFINITY, [], abort.signal);
    abort.abort();
    assert.equal(await aborted.over, true);

    const folder = temporaryFolder('pause');
    try {
      const file = join(folder, 'docker.sock');
      const watching = startPause(Number.POSITIVE_INFINITY, [`unix://${file}`, 'tcp://127.0.0.1:1'], signal);
      writeFileSync(file, '');
      assert.equal(await watching.over, true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A pause keeps no process alive by itself. */
async function startPauseThatKeepsUsAlive(milliseconds: number): Promise<boolean> {
  const alive = setInterval(() => {}, 1_000);
  try {
    return await startPause(milliseconds, [], new AbortController().signal).over;
  } finally {
    clearInterval(alive);
  }
}
