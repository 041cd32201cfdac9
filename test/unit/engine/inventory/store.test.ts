// The states of one kind in memory, with the engine's answers held back and let go by hand.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Request, Transport } from '../../../../src/engine/connection/transport.ts';
import { createStore } from '../../../../src/engine/inventory/store.ts';
import type { InventoryChange } from '../../../../src/engine/inventory/types.ts';
import { waitFor } from '../../../parts/process.ts';

const record = (id: string, name = id) => ({ Id: id, Name: name });

/** Networks of an engine whose requests wait in `asked` until they are answered. */
function networks() {
  const asked: { request: Request; answer(records: unknown[]): void; fail(error: Error): void }[] = [];
  const wait = (request: Request) =>
    new Promise<unknown[]>((resolve, reject) => asked.push({ request, answer: resolve, fail: reject }));
  const transport = {
    json: wait,
    elements: async (request: Request, take: (records: unknown[]) => void) => take(await wait(request)),
  } as unknown as Transport;
  const changes: InventoryChange[] = [];
  const failures: unknown[] = [];
  const store = createStore({
    kind: 'networks',
    emit: (change) => changes.push(change),
    skipped: () => {},
    failed: (_, error) => failures.push(error),
  });
  const next = async (what: string) => {
    await waitFor(what, () => asked.length > 0);
    const [request] = asked.splice(0, 1);
    assert.ok(request);
    return request;
  };
  return { store, transport, changes, failures, asked, next };
}

describe('the store of one kind', () => {
  it('shares one list among those who ask at the same time, and tells of no first list', async () => {
    const { store, transport, changes, asked, next } = networks();
    assert.ok(!store.wanted);
    const both = [store.list(transport), store.list(transport)];
    assert.ok(store.wanted && !store.listed);
    (await next('a list')).answer([record('a')]);
    await Promise.all(both);
    assert.ok(store.listed);
    assert.deepEqual([...store.objects.keys()], ['a']);
    assert.equal(asked.length, 0);
    assert.deepEqual(changes, []);
  });

  it('tells of the first list when somebody asked before in vain', async () => {
    const { store, transport, changes, next } = networks();
    store.want();
    store.miss();
    const listed = store.list(transport);
    (await next('a list')).answer([record('a')]);
    await listed;
    assert.deepEqual(
      changes.map(({ added }) => added),
      [['a']],
    );
  });

  it('is unlisted after a first list that failed, and stays listed after a later one that did', async () => {
    const { store, transport, next } = networks();
    const failing = assert.rejects(store.list(transport), /broken/);
    (await next('the first list')).fail(new Error('broken'));
    await failing;
    assert.ok(!store.listed);
    const listing = store.list(transport);
    (await next('the second list')).answer([record('a')]);
    await listing;
    const again = assert.rejects(store.list(transport), /broken/);
    (await next('the third list')).fail(new Error('broken'));
    await again;
    assert.ok(store.listed);
    assert.deepEqual([...store.objects.keys()], ['a']);
  });

  it('takes nothing over that was asked for before the connection was lost', async () => {
    const { store, transport, changes, next } = networks();
    const listing = store.list(transport);
    store.lose();
    (await next('a list')).answer([record('a')]);
    await listing;
    assert.ok(!store.listed);
    assert.equal(store.objects.size, 0);
    assert.deepEqual(changes, []);
  });

  it('waits with what was listed until it may be shown', async () => {
    const { store, transport, next } = networks();
    let show = () => {};
    const ready = new Promise<void>((resolve) => {
      show = resolve;
    });
    const listing = store.list(transport, ready);
    (await next('a list')).answer([record('a')]);
    assert.equal(store.objects.size, 0);
    show();
    await listing;
    assert.equal(store.objects.size, 1);
  });

  it('forgets what went while the list was on its way', async () => {
    const { store, transport, next } = networks();
    const listing = store.list(transport);
    const request = await next('a list');
    store.drop('a');
    request.answer([record('a'), record('b')]);
    await listing;
    assert.deepEqual([...store.objects.keys()], ['b']);
  });

  it('looks at what was touched during a list once the list is there, and at all of a chunk in one request', async () => {
    const { store, transport, changes, next } = networks();
    const listing = store.list(transport);
    const first = await next('a list');
    store.touch(transport, 'a', 'prompt');
    store.touch(transport, 'b', 'prompt');
    first.answer([record('a'), record('b')]);
    await listing;
    const look = await next('a look');
    assert.deepEqual(look.request.query, { filters: { id: ['a', 'b'] } });
    look.answer([record('a', 'renamed')]);
    await waitFor('a change', () => changes.length > 0);
    assert.deepEqual(changes, [{ kind: 'networks', added: [], changed: ['a'], removed: ['b'], reset: false }]);
    store.lose();
  });

  it('lists only after the look that is on its way, so that no older answer comes last', async () => {
    const { store, transport, asked, next } = networks();
    const listing = store.list(transport);
    (await next('a list')).answer([record('a')]);
    await listing;
    store.touch(transport, 'a', 'prompt');
    const look = await next('a look');
    const again = store.list(transport);
    assert.equal(asked.length, 0);
    look.answer([record('a', 'looked')]);
    (await next('the second list')).answer([record('a', 'listed')]);
    await again;
    assert.equal(store.objects.get('a')?.name, 'listed');
    store.lose();
  });

  it('says when a look failed, and follows no events before it is listed', async () => {
    const { store, transport, failures, asked, next } = networks();
    store.touch(transport, 'a', 'prompt');
    const listing = store.list(transport);
    (await next('a list')).answer([record('a')]);
    await listing;
    assert.equal(asked.length, 0);
    store.touch(transport, 'a', 'prompt');
    (await next('a look')).fail(new Error('broken'));
    await waitFor('the failure', () => failures.length > 0);
    store.lose();
  });

  it('forgets everything for another engine', async () => {
    const { store, transport, changes, next } = networks();
    const listing = store.list(transport);
    (await next('a list')).answer([record('a')]);
    await listing;
    store.clear();
    assert.ok(store.wanted && !store.listed);
    assert.equal(store.objects.size, 0);
    assert.deepEqual(changes, [{ kind: 'networks', added: [], changed: [], removed: [], reset: true }]);
  });
});
