// The live model against a real engine: it is what the engine has, soon after it changed, for few requests.

import assert from 'node:assert/strict';
import { after, before } from 'mocha';
import type { Engine, Inventory } from '../../../src/engine/types.ts';
import type { Container } from '../../../src/model/objects.ts';
import { type DockerApi, removeAll } from '../../parts/engine/api.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { tar } from '../../parts/machine/tar.ts';
import { until } from '../../parts/until.ts';
import { type Backend, type Door, describeWays, testsOf } from '../ways.ts';
import { type EngineProxy, proxyTo, record, sameAsFresh, untilListed } from './support.ts';

/** Milliseconds from a change at the engine to the change in memory: the promise, and what a busy test machine may add. */
const atRest = 50;
const underLoad = 300;
const allowance = 250;
/** Milliseconds for each kind to be what a fresh list gives. */
const settled = 3000;

describeWays('inventory', function (way) {
  this.timeout(60_000);
  const it = testsOf(way);
  const made: string[] = [];
  const log: string[] = [];
  // Podman's default network is made anew for each list.
  const kinds = (['containers', 'images', 'volumes', 'networks'] as const).filter(
    (kind) => kind !== 'networks' || !('keeps networks' in way.lacks),
  );
  let backend: Backend;
  let door: Door;
  let api: DockerApi;
  let proxy: EngineProxy;
  let engine: Engine;
  let inventory: Inventory;

  before(async function () {
    if (way.why()) {
      this.skip();
    }
    backend = await way.backend();
    api = backend.api;
    await ensureBaseImage(api);
    proxy = await proxyTo(backend.url);
    door = await way.to(proxy.url);
    engine = door.open(log);
    inventory = engine.inventory;
  });

  after(async () => {
    engine?.dispose();
    if (proxy) {
      await until('all connections to be closed', () => proxy.open() === 0);
    }
    await door?.stop();
    await proxy?.stop();
    await removeAll(api, made);
  });

  async function create(name: string, body: object = {}): Promise<string> {
    const answer = await api('POST', `/containers/create?name=${name}`, {
      Image: 'busybox',
      Cmd: ['sleep', '600'],
      ...body,
    });
    const { Id } = answer.json<{ Id: string }>();
    made.push(`/containers/${Id}?force=1&v=1`);
    return Id;
  }

  const has = (name: string, test: (container: Container) => boolean) => (containers: readonly Container[]) =>
    containers.some((container) => container.name === name && test(container));

  it('lists a kind when it is first asked for, and not before', async () => {
    assert.equal(proxy.requests.length, 0);
    const id = await create('dn-inventory-listed');
    const [first, second] = await Promise.all([inventory.all('containers'), inventory.all('containers')]);
    assert.equal(first.length, second.length);
    assert.equal(inventory.peek('containers', id)?.name, 'dn-inventory-listed');
    assert.equal(inventory.peek('containers', id)?.state, 'created');
    const lists = proxy.requests.filter((line) => line.includes('json'));
    assert.equal(lists.length, 1, lists.join('\n'));
    assert.equal(inventory.status.state, 'connected');
  });

  it('follows a container through its life', async () => {
    const name = 'dn-inventory-life';
    let id = '';
    const steps: [() => Promise<unknown>, (containers: readonly Container[]) => boolean][] = [
      [async () => (id = await create(name)), has(name, ({ state }) => state === 'created')],
      [() => api('POST', `/containers/${id}/start`), has(name, ({ state }) => state === 'running')],
      [() => api('POST', `/containers/${id}/pause`), has(name, ({ state }) => state === 'paused')],
      [() => api('POST', `/containers/${id}/unpause`), has(name, ({ state }) => state === 'running')],
      [() => api('POST', `/containers/${id}/rename?name=${name}-2`), has(`${name}-2`, () => true)],
      [() => api('POST', `/containers/${id}/rename?name=${name}`), has(name, () => true)],
      [
        () => api('POST', `/containers/${id}/kill`),
        has(name, ({ state, exitCode }) => state === 'exited' && exitCode === 137),
      ],
      [() => api('DELETE', `/containers/${id}`), (containers) => !containers.some((each) => each.id === id)],
    ];
    for (const [act, wanted] of steps) {
      await act();
      const took = await untilListed(inventory, 'containers', wanted);
      assert.ok(took <= atRest + allowance, `${took} ms`);
    }
  });

  it('tells of health', async () => {
    const Healthcheck = { Test: ['CMD-SHELL', 'test -e /sick && exit 1 || exit 0'], Interval: 300_000_000, Retries: 1 };
    const id = await create('dn-inventory-health', { Healthcheck });
    await api('POST', `/containers/${id}/start`);
    await untilListed(
      inventory,
      'containers',
      has('dn-inventory-health', ({ health }) => health === 'healthy'),
    );
    const client = await engine.client();
    const session = await client.containers.exec(id, { command: ['touch', '/sick'] });
    session.onOutput(() => {});
    assert.equal(await session.ended, 0);
    await untilListed(
      inventory,
      'containers',
      has('dn-inventory-health', ({ health }) => health === 'unhealthy'),
    );
    await api('DELETE', `/containers/${id}?force=1`);
  });

  it('asks nothing for what changes nothing', async () => {
    const id = await create('dn-inventory-noise');
    await api('POST', `/containers/${id}/start`);
    await untilListed(
      inventory,
      'containers',
      has('dn-inventory-noise', ({ state }) => state === 'running'),
    );
    const client = await engine.client();
    await quiet();
    const seen = record(inventory);
    const before = proxy.requests.length;
    for (let count = 0; count < 5; count++) {
      const session = await client.containers.exec(id, { command: ['true'], terminal: true });
      session.onOutput(() => {});
      await session.resize(100, 30).catch(() => {});
      await session.ended;
    }
    await api('GET', `/containers/${id}/top`);
    await quiet();
    const asked = proxy.requests.slice(before).filter((line) => line.includes('/containers/json'));
    assert.deepEqual(asked, []);
    assert.deepEqual(seen.changes, []);
    seen.dispose();
  });

  it('is soon true while other events come without pause, and lists nothing in full', async () => {
    const busy = await create('dn-inventory-busy-0');
    const other = await create('dn-inventory-other');
    await untilListed(
      inventory,
      'containers',
      has('dn-inventory-other', () => true),
    );
    const begun = performance.now();
    const before = proxy.requests.length;
    let over = false;
    let count = 0;
    const events = (async () => {
      while (!over) {
        await api('POST', `/containers/${busy}/rename?name=dn-inventory-busy-${++count}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    const times: number[] = [];
    for (let round = 0; round < 8; round++) {
      const name = `dn-inventory-other-${round}`;
      await api('POST', `/containers/${other}/rename?name=${name}`);
      times.push(
        await untilListed(
          inventory,
          'containers',
          has(name, () => true),
        ),
      );
    }
    over = true;
    await events;
    await untilListed(
      inventory,
      'containers',
      has(`dn-inventory-busy-${count}`, () => true),
    );
    const elapsed = performance.now() - begun;
    // A few at once, then one in 150 ms, and the looks that follow.
    const most = 6 + elapsed / 150;
    const requests = proxy.requests.slice(before);
    assert.ok(Math.max(...times) <= underLoad + allowance, `${times.map(Math.round)} ms`);
    assert.ok(requests.length <= most, `${requests.length} requests in ${Math.round(elapsed)} ms`);
    assert.deepEqual(
      requests.filter((line) => !line.includes('filters')),
      [],
    );
  });

  it('keeps tags true when they are given, taken, moved and deleted', async () => {
    const archive = (text: string) => tar([{ path: 'file', content: Buffer.from(text), mode: 0o644 }]);
    await way.importImage(api, 'dn-inventory-one:1', archive('one'));
    await way.importImage(api, 'dn-inventory-two:1', archive('two'));
    made.push('/images/dn-inventory-one:1', '/images/dn-inventory-two:1');
    await inventory.all('images');
    const before = proxy.requests.length;
    const idOf = async (tag: string) =>
      (await inventory.all('images')).find(({ tags }) => tags.includes(way.named(tag)))?.id;
    const one = await until('the first image', () => idOf('dn-inventory-one:1'));
    const two = await until('the second image', () => idOf('dn-inventory-two:1'));
    const tagged = (id: string, ...tags: string[]) =>
      untilListed(inventory, 'images', (images) => {
        const found = images.find((image) => image.id === id);
        return JSON.stringify(found?.tags ?? []) === JSON.stringify(tags.map(way.named)) && Boolean(found);
      });

    await api('POST', `/images/${one}/tag?repo=dn-inventory-tag&tag=x`);
    await tagged(one, 'dn-inventory-one:1', 'dn-inventory-tag:x');
    // The engine says nothing of the image that lost the tag.
    await api('POST', `/images/${two}/tag?repo=dn-inventory-tag&tag=x`);
    await tagged(two, 'dn-inventory-tag:x', 'dn-inventory-two:1');
    await tagged(one, 'dn-inventory-one:1');
    await api('POST', `/images/${two}/tag?repo=dn-inventory-one&tag=1`);
    await tagged(one);
    await api('DELETE', `/images/${one}`);
    await untilListed(inventory, 'images', (images) => !images.some(({ id }) => id === one));
    await api('DELETE', '/images/dn-inventory-one:1');
    await api('DELETE', '/images/dn-inventory-tag:x');
    await tagged(two, 'dn-inventory-two:1');
    await api('DELETE', '/images/dn-inventory-two:1');
    await untilListed(inventory, 'images', (images) => !images.some(({ id }) => id === two));
    const full = proxy.requests.slice(before).filter((line) => /\/images\/json(?!\?filters)/.test(line));
    assert.ok(full.length <= way.spareLists, [...full, ...log].join('\n'));
  });

  it('shows an image without a tag as the list does: a committed one, but none that others are built on', async () => {
    const id = await create('dn-inventory-commit', { Cmd: ['true'] });
    const { Id: bare } = (await api('POST', `/commit?container=${id}`, {})).json<{ Id: string }>();
    // Podman leaves the algorithm out.
    const Id = `sha256:${bare.replace('sha256:', '')}`;
    made.push(`/images/${Id}`);
    await untilListed(inventory, 'images', (images) =>
      images.some((image) => image.id === Id && image.tags.length === 0),
    );
    await api('POST', `/images/${Id}/tag?repo=dn-inventory-parent&tag=1`);
    const child = (await api('POST', '/containers/create?name=dn-inventory-child', { Image: Id, Cmd: ['true'] })).json<{
      Id: string;
    }>();
    made.unshift(`/containers/${child.Id}`);
    await api('POST', `/commit?container=${child.Id}&repo=dn-inventory-child&tag=1`, {});
    await api('DELETE', `/containers/${child.Id}`);
    await api('DELETE', `/containers/${id}`);
    made.unshift('/images/dn-inventory-child:1');
    await untilListed(inventory, 'images', (images) =>
      images.some(({ tags }) => tags.includes(way.named('dn-inventory-child:1'))),
    );
    await api('DELETE', '/images/dn-inventory-parent:1');
    await untilListed(inventory, 'images', (images) => !images.some((image) => image.id === Id));
    await sameAsFresh(inventory, backend.url, kinds, settled);
  });

  it('keeps volumes', async () => {
    await inventory.all('volumes');
    await api('POST', '/volumes/create', { Name: 'dn-inventory.volume', Labels: { a: 'b' } });
    await untilListed(inventory, 'volumes', (all) =>
      all.some(({ name, labels }) => name === 'dn-inventory.volume' && labels.a === 'b'),
    );
    await api('DELETE', '/volumes/dn-inventory.volume');
    await untilListed(inventory, 'volumes', (all) => !all.some(({ name }) => name === 'dn-inventory.volume'));
  });

  it('keeps networks', async () => {
    await inventory.all('networks');
    const { Id } = (await api('POST', '/networks/create', { Name: 'dn-inventory-net' })).json<{ Id: string }>();
    await untilListed(inventory, 'networks', (all) => all.some(({ id }) => id === Id));
    await api('DELETE', `/networks/${Id}`);
    await untilListed(inventory, 'networks', (all) => !all.some(({ id }) => id === Id));
  });

  it('keeps who is in a network', async () => {
    const network = (await api('POST', '/networks/create', { Name: 'dn-inventory-network' })).json<{ Id: string }>().Id;
    const id = await create('dn-inventory-member');
    await api('POST', `/containers/${id}/start`);
    for (let round = 0; round < 5; round++) {
      await api('POST', `/networks/${network}/connect`, { Container: id });
      await untilListed(
        inventory,
        'containers',
        has('dn-inventory-member', ({ networks }) => networks.includes('dn-inventory-network')),
        3000,
      );
      await api('POST', `/networks/${network}/disconnect`, { Container: id });
      await untilListed(
        inventory,
        'containers',
        has('dn-inventory-member', ({ networks }) => !networks.includes('dn-inventory-network')),
        3000,
      );
    }
    await api('DELETE', `/containers/${id}?force=1`);
    await api('DELETE', `/networks/${network}`);
  });

  it('finds what a classic build without a tag made, which no event tells of', async () => {
    const dockerfile = 'FROM busybox\nLABEL made=here\nCMD ["true"]\n';
    const before = new Set((await inventory.all('images')).map(({ id }) => id));
    await api('POST', '/build', tar([{ path: 'Dockerfile', content: Buffer.from(dockerfile), mode: 0o644 }]));
    await untilListed(inventory, 'images', (all) =>
      all.some(({ id, labels }) => !before.has(id) && labels.made === 'here'),
    );
    const made = (await inventory.all('images')).filter(({ id }) => !before.has(id));
    for (const { id } of made) {
      await api('DELETE', `/images/${id}`);
    }
    await untilListed(inventory, 'images', (all) => !all.some(({ labels }) => labels.made === 'here'));
    await sameAsFresh(inventory, backend.url, kinds, settled);
  });

  it('takes a lost stream up again, and tells only of what changed meanwhile', async () => {
    await create('dn-inventory-kept');
    const gone = await create('dn-inventory-gone');
    await untilListed(
      inventory,
      'containers',
      has('dn-inventory-gone', () => true),
    );
    await sameAsFresh(inventory, backend.url, kinds, settled);
    const kept = (await inventory.all('containers')).find(({ name }) => name === 'dn-inventory-kept');
    const seen = record(inventory);
    const states: string[] = [];
    const listening = inventory.onStatus(({ state }) => states.push(state));
    // What happens between two states of the engine would be told of, too, and rightly.
    proxy.shutOut();
    const [, added] = await Promise.all([api('DELETE', `/containers/${gone}`), create('dn-inventory-new')]);
    proxy.letIn();
    await untilListed(
      inventory,
      'containers',
      has('dn-inventory-new', () => true),
      10_000,
    );
    await untilListed(inventory, 'containers', (all) => !all.some(({ id }) => id === gone));
    assert.ok(kept && inventory.peek('containers', kept.id) === kept, 'what did not change is the same object');
    const told = seen.changes.filter(({ kind }) => kind === 'containers');
    assert.deepEqual(
      told.flatMap((change) => change.added),
      [added],
    );
    assert.deepEqual(
      told.flatMap((change) => change.removed),
      [gone],
    );
    assert.deepEqual(
      told.flatMap((change) => change.changed),
      [],
    );
    assert.deepEqual(
      told.filter(({ reset }) => reset),
      [],
    );
    assert.equal(states.at(-1), 'connected');
    seen.dispose();
    listening.dispose();
  });

  it('is what a fresh list gives after many changes', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => create(`dn-inventory-many-${index}`)));
    await Promise.all(
      ids.map(async (id, index) => {
        await api('POST', `/containers/${id}/start`);
        await api('POST', `/containers/${id}/rename?name=dn-inventory-many-${index}-renamed`);
        await api('POST', `/containers/${id}/${index % 2 ? 'pause' : 'kill'}`);
        if (index % 3 === 0) {
          await api('DELETE', `/containers/${id}?force=1`);
        }
      }),
    );
    // One after the other: Podman 4 loses tags that are given to an image at the same time.
    for (const index of ids.keys()) {
      await api('POST', `/images/busybox/tag?repo=dn-inventory-many&tag=${index}`);
    }
    await sameAsFresh(inventory, backend.url, kinds, settled);
    for (const index of ids.keys()) {
      await api('DELETE', `/images/dn-inventory-many:${index}`);
    }
    await sameAsFresh(inventory, backend.url, kinds, settled);
  });

  it('refreshes without telling of what did not change', async () => {
    await sameAsFresh(inventory, backend.url, kinds, settled);
    const seen = record(inventory);
    await inventory.refresh();
    assert.deepEqual(
      seen.changes.filter(({ kind }) => kinds.includes(kind)),
      [],
    );
    seen.dispose();
  });

  /** Waits until nothing was asked for longer than the inventory waits with a second look. */
  async function quiet(): Promise<void> {
    let count = -1;
    let since = 0;
    await until('no more requests', () => {
      if (count !== proxy.requests.length) {
        count = proxy.requests.length;
        since = Date.now();
      }
      return Date.now() - since > 600;
    });
  }
});
