// When changed files are compared, and when again.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createChangedFiles } from '../../../src/engine/changedFiles.ts';
import type { EngineEvent, Inventory, InventoryChange } from '../../../src/engine/types.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import { Emitter } from '../../../src/model/event.ts';
import type { PathChange } from '../../../src/model/files/changes.ts';
import { double } from '../../parts/double.ts';
import { clientDouble } from '../../parts/engineDouble.ts';

function world() {
  const event = new Emitter<EngineEvent>();
  const change = new Emitter<InventoryChange>();
  const asked: AbortSignal[] = [];
  let answer: () => Promise<PathChange[]> = async () => [{ path: '/x', kind: 'added' }];
  const pathChanges = (_id: string, signal: AbortSignal) => {
    asked.push(signal);
    return answer();
  };
  const inventory = double<Inventory>({ onEvent: event.event, onChange: change.event });
  const files = createChangedFiles({
    inventory,
    client: async () => clientDouble({ containers: { changes: pathChanges } }),
  });
  const stale: string[] = [];
  files.onStale((ids) => stale.push(...ids));
  return {
    ...{ files, event, change, asked, stale },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    happen: (action: string, id = 'c1') =>
      event.fire({ type: 'container', action, id, attributes: {}, time: 0, key: `${Math.random()}` }),
    async until(condition: () => boolean) {
      for (const end = Date.now() + 5000; !condition() && Date.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.ok(condition());
    },
  };
}

describe('changed files of containers', () => {
  it('are compared once for all who ask, and not before', async () => {
    const { files, asked, happen } = world();
    happen('start');
    assert.equal(files.peek('c1'), undefined);
    const [one, two] = await Promise.all([files.of('c1'), files.of('c1')]);
    assert.equal(one, two);
    assert.equal(await files.of('c1'), one);
    assert.equal(files.peek('c1'), one);
    assert.equal(asked.length, 1);
    files.dispose();
  });

  it('are to be asked for again after what the container did, once for many events, and only where somebody asks', async () => {
    const { files, asked, stale, happen, until } = world();
    await files.of('c1');
    for (const action of ['exec_create: sh', 'archive-path', 'health_status: healthy', 'rename']) {
      happen(action);
    }
    happen('exec_die', 'c2');
    for (const action of ['exec_die', 'die', 'start', 'extract-to-dir']) {
      happen(action);
    }
    await until(() => stale.length > 0);
    happen('die');
    await files.of('c1');
    assert.deepEqual([stale.length, asked.length], [1, 2]);
    happen('die');
    await until(() => stale.length > 1);
    assert.deepEqual(stale, ['c1', 'c1']);
    files.dispose();
  });

  it('that changed during a comparison are compared once more', async () => {
    const { files, asked, stale, happen, until, answerWith } = world();
    let finish: (() => void) | undefined;
    answerWith(() => new Promise((resolve) => (finish = () => resolve([]))));
    const first = files.of('c1');
    await until(() => finish !== undefined);
    happen('exec_die');
    finish?.();
    await first;
    await until(() => stale.length === 1);
    answerWith(async () => []);
    await files.of('c1');
    assert.equal(asked.length, 2);
    files.dispose();
  });

  it('are forgotten: a comparison under way ends, and nobody hears of it', async () => {
    const { files, asked, stale, happen, until, answerWith } = world();
    answerWith(
      () => new Promise((_resolve, reject) => asked[0]?.addEventListener('abort', () => reject(new Cancelled()))),
    );
    const waiting = assert.rejects(files.of('c1'), Cancelled);
    await until(() => asked.length === 1);
    files.forget('c1');
    await waiting;
    assert.deepEqual(stale, ['c1']);
    assert.equal(files.peek('c1'), undefined);
    happen('die');
    answerWith(async () => []);
    assert.deepEqual((await files.of('c1')).below('/'), []);
    files.dispose();
  });

  it('that could not be compared are tried again, and go with their container and their engine', async () => {
    const { files, asked, change, event, answerWith } = world();
    answerWith(() => Promise.reject(new Error('no engine')));
    await assert.rejects(files.of('c1'), /no engine/);
    answerWith(async () => []);
    await files.of('c1');
    const nothing = { kind: 'containers', added: [], changed: [], removed: [], reset: false } as const;
    change.fire({ ...nothing, added: [], changed: [], removed: ['c1'] });
    assert.equal(files.peek('c1'), undefined);
    await files.of('c1');
    change.fire({ ...nothing, added: [], changed: [], removed: [], reset: true });
    assert.equal(files.peek('c1'), undefined);
    assert.equal(asked.length, 3);
    files.dispose();
    assert.deepEqual([event.size, change.size], [0, 0]);
  });
});
