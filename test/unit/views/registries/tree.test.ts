import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf, type RegistryElement, type RepositoryElement } from '../../../../src/model/elements.ts';
import type { TagDetails } from '../../../../src/model/registries/tag.ts';
import { registriesView } from '../../../../src/views/registries/tree.ts';
import type { RowChange } from '../../../../src/views/types.ts';
import { until } from '../../../parts/oddRegistries/client.ts';
import { type FakeApp, fakeApp } from '../fakeApp.ts';

const registry: RegistryElement = { type: 'registry', registry: 'localhost:5000' };

describe('registries view', () => {
  it('shows the first page at once and the rest when it comes', async () => {
    const fake = fakeApp();
    let send: (page: string[]) => void = () => {};
    fake.pages.set('localhost:5000', [['a'], new Promise<string[]>((resolve) => (send = resolve))]);
    const view = registriesView(fake.app);
    assert.deepEqual((await view.children(registry)).map(keyOf), ['repository/localhost:5000/a']);
    const drawn = new Promise<RowChange>((resolve) => view.onChange(resolve));
    send(['b']);
    assert.deepEqual(await drawn, ['registry/localhost:5000']);
    assert.equal((await view.children(registry)).length, 2);
    assert.equal(fake.signals.length, 1, 'nothing is asked twice');
  });

  it('stops a listing whose row was closed, and asks again when it is opened', async () => {
    const fake = fakeApp();
    fake.pages.set('localhost:5000', [['a'], new Promise<string[]>(() => {})]);
    const view = registriesView(fake.app);
    await view.children(registry);
    view.collapsed?.(registry);
    assert.equal(fake.signals[0]?.aborted, true);
    await view.children(registry);
    assert.equal(fake.signals.length, 2);
    view.dispose();
    fake.app.catalog.dispose();
    assert.equal(fake.signals[1]?.aborted, true);
  });

  it('says in the view why a registry cannot be listed', async () => {
    const fake = fakeApp();
    fake.pages.set('localhost:5000', [new Error('The registry does not answer.')]);
    const view = registriesView(fake.app);
    const [row] = await view.children(registry);
    assert.ok(row);
    assert.equal(view.row(row).label, 'The registry does not answer.');
    assert.equal(view.row(registry).kind, 'registry.failed');
  });

  it('asks a repository again when it was pushed to, and lists a new one', async () => {
    const fake = fakeApp();
    fake.pages.set('localhost:5000', [['team/box']]);
    const view = registriesView(fake.app);
    await view.children(registry);
    await view.children(registry);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    fake.registryChange.fire({ registry: 'localhost:5000', repository: 'team/box' });
    fake.registryChange.fire({ registry: 'localhost:5000', repository: 'team/new' });
    assert.deepEqual(seen, [['repository/localhost:5000/team/box'], ['registry/localhost:5000']]);
  });

  it('says so when a repository has no tags left, and when its tags cannot be read', async () => {
    const fake = fakeApp();
    fake.tags.set('localhost:5000/b', new Error('Log in first.'));
    const view = registriesView(fake.app);
    const text = async (name: string) => {
      const [row] = await view.children({ type: 'repository', registry: 'localhost:5000', name });
      return row && view.row(row);
    };
    assert.match((await text('a'))?.label ?? '', /No tags/);
    assert.equal((await text('b'))?.label, 'Log in first.');
  });
});

describe('registries view with many names', () => {
  const names = ['platform/gateway', 'platform/ingest/api', 'platform/ingest/worker', 'tools/box'];

  async function listed(preferences: Partial<FakeApp['preferences']> = {}) {
    const fake = fakeApp();
    Object.assign(fake.preferences, preferences);
    fake.registries.push({ address: 'localhost:5000', fromSetting: false });
    fake.pages.set('localhost:5000', [names]);
    const view = registriesView(fake.app);
    await view.children(registry);
    await until(() => fake.app.catalog.peek('localhost:5000')?.complete === true);
    return { fake, view };
  }

  it('shows namespaces as folders', async () => {
    const { view } = await listed();
    const top = await view.children(registry);
    assert.deepEqual(
      top.map((row) => view.row(row).label),
      ['platform', 'tools/box'],
    );
    const [platform] = top;
    const inside = await view.children(platform);
    assert.deepEqual(
      inside.map((row) => view.row(row).label),
      ['gateway', 'ingest'],
    );
    const api = (await view.children(inside[1]))[0];
    assert.ok(api);
    assert.equal(view.row(api).label, 'api');
    const above = [];
    for (let row = view.parent?.(api); row; row = view.parent?.(row)) {
      above.push(keyOf(row));
    }
    assert.deepEqual(above, [
      'folder/localhost:5000/platform/ingest/',
      'folder/localhost:5000/platform/',
      'registry/localhost:5000',
    ]);
  });

  it('shows one list where that is chosen', async () => {
    const { view } = await listed({ repositoryLayout: 'list' });
    assert.deepEqual(
      (await view.children(registry)).map((row) => view.row(row).label),
      names,
    );
  });

  it('shows what the filter finds, by whole names, and says how many', async () => {
    const { fake, view } = await listed();
    const drawn: RowChange[] = [];
    view.onChange((rows) => drawn.push(rows));
    fake.app.catalog.setFilter('ING');
    assert.deepEqual(drawn, [undefined]);
    const [top] = await view.children();
    assert.ok(top);
    assert.equal(view.row(top).expand, 'expanded');
    const rows = await view.children(top);
    assert.deepEqual(
      rows.map((row) => view.row(row).label),
      ['platform/ingest/api', 'platform/ingest/worker'],
    );
    assert.deepEqual(rows[0] && view.row(rows[0]).marks, [[9, 12]]);
    assert.match(view.heading?.().message ?? '', /2 of 4/);
    fake.app.catalog.setFilter('');
    assert.equal(view.heading?.().message, undefined);
  });
});

describe('details of tags', () => {
  const repository: RepositoryElement = { type: 'repository', registry: 'localhost:5000', name: 'app' };

  function withDetails(tags: string[]) {
    const fake = fakeApp();
    fake.tags.set('localhost:5000/app', tags);
    const asked: { tag: string; signal: AbortSignal; answer: (details: Partial<TagDetails>) => void }[] = [];
    fake.app.catalog.details = (_registry, _repository, tag, _attached, signal) =>
      new Promise((resolve) =>
        asked.push({
          tag,
          signal,
          answer: (details) => resolve({ digest: 'sha256:1', platforms: [], attachments: [], ...details }),
        }),
      );
    return { fake, asked, view: registriesView(fake.app) };
  }

  it('are asked for visible rows only, once, and draw these rows alone', async () => {
    const { view, asked } = withDetails(['3', '2', '1']);
    const rows = await view.children(repository);
    const [first] = rows;
    assert.ok(first);
    assert.equal(asked.length, 0, 'nothing is asked before a row is seen');
    view.seen?.(first);
    view.seen?.(first);
    assert.deepEqual(
      asked.map(({ tag }) => tag),
      ['3'],
    );
    const drawn = new Promise<RowChange>((resolve) => view.onChange(resolve));
    asked[0]?.answer({ size: 1000, created: Date.now() - 7_200_000 });
    assert.deepEqual(await drawn, [keyOf(first)]);
    assert.equal(view.row(first).description, '1 kB · 2 hours ago');
    view.seen?.(first);
    assert.equal(asked.length, 1, 'what is known is not asked again');
  });

  it('are asked for six at a time, the newest wish first, and no more once the row is closed', async () => {
    const { view, asked } = withDetails(Array.from({ length: 10 }, (_, index) => String(index)));
    for (const row of await view.children(repository)) {
      view.seen?.(row);
    }
    assert.equal(asked.length, 6);
    asked[0]?.answer({});
    await until(() => asked.length === 7);
    assert.equal(asked[6]?.tag, '9', 'the row that became visible last');
    view.collapsed?.(repository);
    assert.equal(asked[6]?.signal.aborted, true);
    asked[1]?.answer({});
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(asked.length, 7);
  });

  it('have those scrolled away asked again when they are visible again', async () => {
    const { view } = withDetails(Array.from({ length: 1000 }, (_, index) => String(index)));
    const unseen: string[] = [];
    view.onUnseen?.((keys) => unseen.push(...keys));
    const rows = await view.children(repository);
    for (const row of rows) {
      view.seen?.(row);
    }
    assert.equal(unseen.length, 1000 - 6 - 400);
    assert.ok(unseen.includes(keyOf(rows[6] ?? registry)));
    view.dispose();
  });

  it('stand above a row that says that there are more tags than a list may hold', async () => {
    const { fake, view } = withDetails(['3', '2']);
    const { tags } = fake.app.catalog;
    fake.app.catalog.tags = async (...place) => ({ ...(await tags(...place)), cut: true });
    const rows = await view.children(repository);
    assert.match(String(view.row(rows.at(-1) ?? registry).label), /^Only the first 2 tags/);
  });

  it('put tags in order of their dates where that is chosen', async () => {
    const { fake, view, asked } = withDetails(['3', '2', '1']);
    fake.preferences.tagOrder = 'date';
    const labels = async () => (await view.children(repository)).map((row) => view.row(row).label);
    assert.deepEqual(await labels(), ['3', '2', '1'], 'by version until the dates are there');
    const drawn = new Promise<RowChange>((resolve) => view.onChange(resolve));
    for (const { tag, answer } of [...asked]) {
      answer({ created: tag === '1' ? 300 : tag === '3' ? 200 : 100 });
    }
    assert.deepEqual(await drawn, [keyOf(repository)]);
    assert.deepEqual(await labels(), ['1', '3', '2']);
    assert.equal(asked.length, 3);
  });

  it('show signatures and attestations below the tag, and not among the tags', async () => {
    const hex = 'a'.repeat(64);
    const { view, asked } = withDetails(['1.0', `sha256-${hex}.sig`, `sha256-${hex}`]);
    const [tag, ...others] = await view.children(repository);
    assert.ok(tag);
    assert.deepEqual(others, []);
    view.seen?.(tag);
    const drawn = new Promise((resolve) => view.onChange(resolve));
    asked[0]?.answer({
      attachments: [{ kind: 'signature', reference: `sha256-${hex}.sig`, of: `sha256:${hex}` }],
    });
    await drawn;
    assert.equal(view.row(tag).expand, 'collapsed');
    const [signature] = await view.children(tag);
    assert.ok(signature);
    assert.equal(view.row(signature).label, 'Signature');
    assert.equal(keyOf(view.parent?.(signature) ?? registry), keyOf(tag));
  });
});
