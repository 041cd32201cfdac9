import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../../src/model/elements.ts';
import type { Container } from '../../../../src/model/objects.ts';
import { type ContainersRow, containersView } from '../../../../src/views/containers/tree.ts';
import type { RowChange, View } from '../../../../src/views/types.ts';
import { waitFor } from '../../../parts/process.ts';
import { container } from '../../model/sampleObjects.ts';
import { fakeApp } from '../fakeApp.ts';

const nothing = { added: [], changed: [], removed: [], reset: false };
const compose = (project: string, service: string) => ({
  'com.docker.compose.project': project,
  'com.docker.compose.service': service,
});

/** The whole tree as indented labels, without what is below containers. */
async function drawn(view: View<ContainersRow>, element?: ContainersRow, indent = ''): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await view.children(element)) {
    lines.push(indent + view.row(child).label);
    if (child.type === 'group') {
      lines.push(...(await drawn(view, child, `${indent}  `)));
    }
  }
  return lines;
}

function describeRow(view: View<ContainersRow>, row: ContainersRow): string {
  const { label, description, icon, kind } = view.row(row);
  return [label, description, icon?.name, kind].join(' | ');
}

async function drawnWhole(view: View<ContainersRow>, element?: ContainersRow, indent = ''): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await view.children(element)) {
    lines.push(indent + describeRow(view, child));
    lines.push(...(child.type === 'group' ? await drawnWhole(view, child, `${indent}  `) : []));
  }
  return lines;
}

describe('containers view', () => {
  it('lists containers by name, with image, state and ports', async () => {
    const fake = fakeApp();
    fake.containers = [
      container({ id: 'b', name: 'web', ports: [{ container: 80, protocol: 'tcp', host: 8080, address: '0.0.0.0' }] }),
      container({ id: 'a', name: 'db', state: 'exited', exitCode: 1 }),
    ];
    const view = containersView(fake.app);
    const rows = (await view.children()).map((element) => view.row(element));
    assert.deepEqual(
      rows.map(({ label, description, kind }) => [label, description, kind]),
      [
        ['db', 'exited (1) · busybox:latest', 'container.exited'],
        ['web', 'running · 8080→80 · busybox:latest', 'container.running'],
      ],
    );
  });

  it('groups by Compose project, and by service where it has several containers', async () => {
    const fake = fakeApp();
    fake.containers = [
      container({ id: '1', name: 'shop-web-2', labels: compose('shop', 'web') }),
      container({ id: '2', name: 'shop-web-10', labels: compose('shop', 'web'), state: 'exited' }),
      container({ id: '3', name: 'shop-db-1', labels: compose('shop', 'db') }),
      container({ id: '4', name: 'alone' }),
    ];
    const view = containersView(fake.app);
    assert.deepEqual(await drawn(view), ['shop', '  web', '    shop-web-2', '    shop-web-10', '  shop-db-1', 'alone']);
    const [shop] = await view.children();
    assert.ok(shop);
    assert.equal(view.row(shop).description, '2 of 3 running');
    assert.deepEqual(view.parent?.({ type: 'container', id: '2' }), {
      type: 'group',
      by: 'compose',
      path: ['shop', 'web'],
    });
  });

  it('groups by image, network, state and label, and sorts by name, age and state', async () => {
    const fake = fakeApp();
    fake.containers = [
      container({
        id: '1',
        name: 'a',
        image: 'x',
        networks: ['n'],
        created: 1,
        state: 'exited',
        labels: { team: 'red' },
      }),
      container({ id: '2', name: 'b', image: 'y', networks: ['m', 'n'], created: 3, labels: { team: 'blue' } }),
      container({ id: '3', name: 'c', image: 'x', networks: [], created: 2 }),
    ];
    const view = containersView(fake.app);
    const as = async (change: object) => {
      await fake.app.arrangement.setContainers(change);
      return (await drawn(view)).join(' ').replace(/ +/g, ' ');
    };
    assert.equal(await as({ groupBy: 'image' }), 'x a c y b');
    assert.equal(await as({ groupBy: 'network' }), 'no network c m, n b n a');
    assert.equal(await as({ groupBy: 'state' }), 'running b c exited a');
    assert.equal(await as({ groupBy: 'label', groupByLabel: 'team' }), 'blue b red a c');
    assert.equal(await as({ groupBy: 'none' }), 'a b c');
    assert.equal(await as({ sortBy: 'created' }), 'b c a');
    assert.equal(await as({ sortBy: 'state' }), 'b c a');
    assert.equal(await as({ label: 'image' }), 'y x x');
  });

  it('shows below a container its ports, mounts, networks, files and changed files', async () => {
    const fake = fakeApp();
    const published = { container: 80, protocol: 'tcp', host: 8080 } as const;
    fake.containers = [
      container({
        id: 'a',
        ports: [
          { ...published, address: '0.0.0.0' },
          { ...published, address: '::' },
          { container: 53, protocol: 'udp' },
        ],
        mounts: [{ kind: 'volume', source: 'data', target: '/data', writable: false }],
        networks: ['shop'],
      }),
    ];
    const view = containersView(fake.app);
    const rows = await view.children({ type: 'container', id: 'a' });
    assert.deepEqual(
      rows.map((row) => view.row(row)).map(({ label, description, kind }) => [label, description, kind]),
      [
        ['8080 → 80', 'http://localhost:8080', 'port.web'],
        ['53/udp', 'exposed, not published', 'port'],
        ['/data', 'volume · data · read-only', 'mount.volume'],
        ['shop', 'network', 'membership'],
        ['Files', undefined, 'files'],
        ['Changed Files', undefined, 'changes'],
      ],
    );
    const parents = rows.map((row) => view.parent?.(row));
    assert.ok(parents.every((parent) => parent && keyOf(parent) === 'container/a'));
    assert.equal(new Set(rows.map(keyOf)).size, rows.length);
  });

  it('shows only what the filter finds, says so, and hears of containers that come to match', async () => {
    const fake = fakeApp();
    fake.containers = [container({ id: '1', name: 'web' }), container({ id: '2', name: 'db', state: 'exited' })];
    const view = containersView(fake.app);
    fake.app.filters.set('containers', 'DB exit');
    const [filter, ...rows] = await view.children();
    assert.ok(filter);
    assert.deepEqual([view.row(filter).label, view.row(filter).description], ['Filter: DB exit', '1 of 2']);
    assert.deepEqual(rows.map(keyOf), ['container/2']);
    const seen: RowChange[] = [];
    view.onChange((keys) => seen.push(keys));
    fake.containers = [
      container({ id: '1', name: 'db2', state: 'exited' }),
      container({ id: '2', name: 'db', state: 'exited' }),
    ];
    fake.change.fire({ ...nothing, kind: 'containers', changed: ['1'] });
    assert.deepEqual(seen, [undefined]);
    assert.equal((await view.children()).length, 3);
  });

  it('draws a row and its groups again when only it changed, and all when rows came, went or moved', async () => {
    const fake = fakeApp();
    const web = container({ id: 'a', labels: compose('shop', 'web') });
    fake.containers = [web];
    const view = containersView(fake.app);
    await drawn(view);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    const change = async (next: Container) => {
      fake.containers = [next];
      fake.change.fire({ ...nothing, kind: 'containers', changed: ['a'] });
      await drawn(view);
    };
    await change({ ...web, state: 'exited' });
    await change({ ...web, name: 'other' });
    fake.change.fire({ ...nothing, kind: 'images', changed: ['a'] });
    fake.change.fire({ ...nothing, kind: 'containers', added: ['b'] });
    fake.change.fire({ ...nothing, kind: 'containers', removed: ['b'] });
    assert.deepEqual(seen, [['container/a', 'group/compose/shop'], undefined, undefined, undefined]);
  });

  it('lays a long list out once for many renamed containers, whose rows have their new names at once', async () => {
    const fake = fakeApp();
    fake.containers = Array.from({ length: 2_000 }, (_, index) => container({ id: `${index}`, name: `c-${index}` }));
    const view = containersView(fake.app);
    await drawn(view);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    for (let index = 0; index < 40; index++) {
      fake.containers[index] = container({ id: `${index}`, name: `z-${index}` });
      fake.change.fire({ ...nothing, kind: 'containers', changed: [`${index}`] });
      assert.deepEqual(seen.splice(0), [[`container/${index}`]]);
      assert.equal(view.row({ type: 'container', id: `${index}` }).label, `z-${index}`);
    }
    await waitFor('the list to be laid out', () => seen.length > 0);
    assert.deepEqual(seen, [undefined]);
    assert.equal((await drawn(view)).at(-1), 'z-39');
    view.dispose();
  });

  it('shows at once that a container came or went in a long list at rest', async () => {
    const fake = fakeApp();
    fake.containers = Array.from({ length: 2_000 }, (_, index) => container({ id: `${index}`, name: `c-${index}` }));
    const view = containersView(fake.app);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    await drawn(view);
    const began = performance.now();
    fake.containers.push(container({ id: 'a', name: 'z-a' }));
    fake.change.fire({ ...nothing, kind: 'containers', added: ['a'] });
    await waitFor('the list to be laid out', () => seen.length > 0);
    assert.ok(performance.now() - began > 100, 'it had only just been laid out');
    assert.equal((await drawn(view)).at(-1), 'z-a');
    const drawnAt = performance.now();
    await waitFor('the list to have rested', () => performance.now() - drawnAt > 450);
    fake.containers.pop();
    fake.change.fire({ ...nothing, kind: 'containers', removed: ['a'] });
    assert.deepEqual(seen, [undefined, undefined]);
    view.dispose();
  });

  it('keeps every key through 100 changes of state, and draws the list anew for none of them', async () => {
    const fake = fakeApp();
    fake.containers = Array.from({ length: 20 }, (_, index) =>
      container({ id: `${index}`, name: `c${index}`, labels: index % 2 ? compose('shop', `s${index % 4}`) : {} }),
    );
    const view = containersView(fake.app);
    const keys = async (element?: ContainersRow): Promise<string[]> => {
      const children = await view.children(element);
      const below = await Promise.all(children.map((child) => (child.type === 'group' ? keys(child) : [])));
      return [...children.map(keyOf), ...below.flat()];
    };
    const before = await keys();
    let whole = 0;
    view.onChange((rows) => {
      whole += rows ? 0 : 1;
    });
    for (let step = 0; step < 100; step += 1) {
      const at = step % fake.containers.length;
      const old = fake.containers[at];
      assert.ok(old);
      fake.containers[at] = { ...old, state: old.state === 'running' ? 'exited' : 'running' };
      fake.change.fire({ ...nothing, kind: 'containers', changed: [old.id] });
    }
    assert.deepEqual(await keys(), before);
    assert.equal(whole, 0);
  });

  it('shows after 1,000 events what a fresh view shows', async () => {
    const fake = fakeApp();
    const view = containersView(fake.app);
    // As the editor does: rows are kept, and only what the view names is asked for again.
    const lists = new Map<string, ContainersRow[]>();
    const rows = new Map<string, string>();
    const open = (element: ContainersRow) => element.type === 'group';
    const load = async (element?: ContainersRow): Promise<void> => {
      const children = [...(await view.children(element))];
      lists.set(element ? keyOf(element) : '', children);
      for (const child of children) {
        rows.set(keyOf(child), describeRow(view, child));
        if (open(child)) {
          await load(child);
        }
      }
    };
    const known = () => new Map([...lists.values()].flat().map((row) => [keyOf(row), row]));
    const waiting: RowChange[] = [];
    view.onChange((keys) => waiting.push(keys));
    const catchUp = async () => {
      for (const keys of waiting.splice(0)) {
        for (const key of keys ?? []) {
          const row = known().get(key);
          if (row) {
            rows.set(key, describeRow(view, row));
            await (open(row) ? load(row) : undefined);
          }
        }
        await (keys ? undefined : load());
      }
    };
    await load();
    let seed = 7;
    const random = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * limit);
    };
    const states = ['running', 'exited', 'paused', 'restarting'] as const;
    for (let event = 0; event < 1000; event += 1) {
      const at = random(30);
      const id = `${at}`;
      const old = fake.containers.find((each) => each.id === id);
      const others = fake.containers.filter((each) => each !== old);
      if (!old) {
        const labels = at % 3 ? compose(`p${at % 4}`, `s${at % 2}`) : {};
        fake.containers = [...others, container({ id, name: `c${random(99)}`, labels })];
        fake.change.fire({ ...nothing, kind: 'containers', added: [id] });
      } else if (random(8) === 0) {
        fake.containers = others;
        fake.change.fire({ ...nothing, kind: 'containers', removed: [id] });
      } else {
        const name = random(10) === 0 ? `c${random(99)}` : old.name;
        fake.containers = [...others, { ...old, name, state: states[random(4)] ?? 'running' }];
        fake.change.fire({ ...nothing, kind: 'containers', changed: [id] });
      }
      if (random(3) === 0) {
        await catchUp();
      }
    }
    await catchUp();
    const shown = (key: string, indent: string): string[] =>
      (lists.get(key) ?? []).flatMap((row) => [
        indent + rows.get(keyOf(row)),
        ...(open(row) ? shown(keyOf(row), `${indent}  `) : []),
      ]);
    const fresh = containersView(fake.app);
    assert.deepEqual(shown('', ''), await drawnWhole(fresh));
  });

  it('shows hostile names and labels inert', async () => {
    const fake = fakeApp();
    fake.containers = [
      container({
        name: '\u001b[31m[x](command:evil)\u202e<b>',
        image: '![i](http://x/y)',
        labels: compose('\u001b]0;x\u0007[g](command:evil)', 's'),
        ports: [{ container: 80, protocol: 'tcp', host: 1, address: '](command:evil)' }],
        mounts: [{ kind: 'bind', source: '[m](command:evil)', target: '/a\u202eb', writable: true }],
      }),
    ];
    const view = containersView(fake.app);
    const [group] = await view.children();
    assert.ok(group);
    assert.equal(view.row(group).label, '[g](command:evil)');
    const [element] = await view.children(group);
    assert.ok(element);
    assert.equal(view.row(element).label, '[x](command:evil)<b>');
    const tooltip = (await view.tooltip?.(element)) ?? '';
    assert.ok(!tooltip.includes('\u001b') && !tooltip.includes('\u202e'));
    assert.doesNotMatch(tooltip, /(?<!\\)\]\(|(?<!\\)</);
  });

  it('leaves no listener behind', () => {
    const fake = fakeApp();
    const view = containersView(fake.app);
    assert.deepEqual([fake.change.size, fake.stale.size], [1, 1]);
    view.dispose();
    assert.deepEqual([fake.change.size, fake.stale.size], [0, 0]);
  });
});
