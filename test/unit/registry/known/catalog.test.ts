import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RegistryError } from '../../../../src/model/registries/error.ts';
import type { RegistryChange } from '../../../../src/registry/known/registries.ts';
import { until } from '../../../parts/oddRegistries/client.ts';
import { fakeApp } from '../../views/fakeApp.ts';

const host = 'localhost:5000';

describe('catalog', () => {
  it('shows the list of the last session at once, and says how old it is until the registry has answered', async () => {
    const fake = fakeApp();
    let send: (page: string[]) => void = () => {};
    fake.kept.set(host, { names: ['old'], at: 1000 });
    fake.pages.set(host, [new Promise<string[]>((resolve) => (send = resolve))]);
    const { catalog } = fake.app;
    const first = await catalog.open(host);
    assert.deepEqual([first.names, first.asOf, first.complete], [['old'], 1000, false]);
    send(['new']);
    await until(() => catalog.peek(host)?.complete === true);
    assert.deepEqual(catalog.peek(host), { names: ['new'], complete: true });
    assert.deepEqual(fake.kept.get(host)?.names, ['new'], 'and keeps the new one');
  });

  it('shows the last list when the registry does not answer, with the reason', async () => {
    const fake = fakeApp();
    fake.kept.set(host, { names: ['old'], at: 1000 });
    fake.pages.set(host, [new Error('It does not answer.')]);
    await fake.app.catalog.open(host);
    await until(() => fake.app.catalog.peek(host)?.complete === true);
    const { names, asOf, failure } = (await fake.app.catalog.open(host)) ?? {};
    assert.deepEqual([names, asOf, failure], [['old'], 1000, 'It does not answer.']);
    assert.deepEqual(fake.kept.get(host)?.names, ['old'], 'a failure is not kept');
  });

  it('keeps no list that was stopped half-way', async () => {
    const fake = fakeApp();
    fake.pages.set(host, [['a'], new Promise<string[]>(() => {})]);
    await fake.app.catalog.open(host);
    fake.app.catalog.close(host);
    assert.equal(fake.signals[0]?.aborted, true);
    assert.equal(fake.kept.size, 0);
    assert.equal(fake.app.catalog.peek(host), undefined);
  });

  it('keeps showing what it has while it is refreshed', async () => {
    const fake = fakeApp();
    fake.pages.set(host, [['a', 'c']]);
    const { catalog } = fake.app;
    await catalog.open(host);
    await until(() => catalog.peek(host)?.complete === true);
    fake.registryChange.fire({ registry: host });
    assert.deepEqual(catalog.peek(host)?.names, ['a', 'c']);
    assert.ok(catalog.peek(host)?.asOf);
    fake.pages.set(host, [['a']]);
    await catalog.open(host);
    await until(() => catalog.peek(host)?.complete === true);
    assert.deepEqual(catalog.peek(host), { names: ['a'], complete: true });
  });

  it('has a repository that was pushed to in its place', async () => {
    const fake = fakeApp();
    fake.pages.set(host, [['a', 'c']]);
    const { catalog } = fake.app;
    await catalog.open(host);
    await until(() => catalog.peek(host)?.complete === true);
    const seen: RegistryChange[] = [];
    catalog.onChange((change) => seen.push(change));
    fake.registryChange.fire({ registry: host, repository: 'b' });
    fake.registryChange.fire({ registry: host, repository: 'b' });
    assert.deepEqual(catalog.peek(host)?.names, ['a', 'b', 'c']);
    assert.deepEqual(seen, [{ registry: host }, { registry: host, repository: 'b' }]);
  });

  it('redraws a long list a few times, not for every page', async () => {
    const fake = fakeApp();
    fake.pages.set(
      host,
      Array.from({ length: 100 }, (_, index) => [`r${index}`]),
    );
    let redrawn = 0;
    fake.app.catalog.onChange(() => {
      redrawn += 1;
    });
    await fake.app.catalog.open(host);
    await until(() => fake.app.catalog.peek(host)?.complete === true);
    assert.equal(fake.app.catalog.peek(host)?.names.length, 100);
    assert.ok(redrawn <= 2, `it was redrawn ${redrawn} times`);
  });

  it('has repositories that were added by name, by braces and by pattern, where there is no list', async () => {
    const fake = fakeApp();
    fake.images.push({
      id: '1',
      tags: [`${host}/team/one:1`, `${host}/other/two:1`, 'team/three:1'],
      digests: [],
      created: 0,
      size: 0,
      labels: {},
    });
    fake.pages.set(host, [new RegistryError('no-catalog', 'It has no list.', { host })]);
    const { catalog } = fake.app;
    assert.deepEqual(await catalog.add(host, 'app/{web,api}'), ['app/web', 'app/api']);
    await catalog.add(host, 'team/*');
    await catalog.open(host);
    await until(() => catalog.peek(host)?.names.length === 3);
    const { names, noCatalog } = await catalog.open(host);
    assert.deepEqual([...names].sort(), ['app/api', 'app/web', 'team/one']);
    assert.equal(noCatalog, true);
    await assert.rejects(catalog.add(host, 'Not A Name'), { code: 'bad-reference' });
    await catalog.remove(host, 'app/web');
    assert.ok(!catalog.added(host).includes('app/web'));
    await assert.rejects(catalog.remove(host, 'app/web'), { code: 'not-added' });
  });

  it('forgets a registry that was removed', async () => {
    const fake = fakeApp();
    fake.registries.push({ address: host, fromSetting: false });
    fake.registryChange.fire({});
    fake.pages.set(host, [['a']]);
    await fake.app.catalog.open(host);
    await until(() => fake.kept.has(host));
    fake.registries.length = 0;
    fake.registryChange.fire({});
    assert.equal(fake.app.catalog.peek(host), undefined);
    await until(() => !fake.kept.has(host));
  });
});
