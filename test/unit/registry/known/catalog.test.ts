import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { RegistryError } from '../../../../src/model/registries/error.ts';
import type { RegistryChange } from '../../../../src/registry/known/registries.ts';
import { createKeptLists } from '../../../../src/registry/known/savedLists.ts';
import { temporaryFolder } from '../../../parts/machine/temporary.ts';
import { until } from '../../../parts/until.ts';
import { inMemory } from '../../views/memory.ts';

const host = 'localhost:5000';

describe('catalog', () => {
  it('shows the list of the last session at once, and says how old it is until the registry has answered', async () => {
    const memory = inMemory();
    let send: (page: string[]) => void = () => {};
    memory.kept.set(host, { names: ['old'], at: 1000 });
    memory.pages.set(host, [new Promise<string[]>((resolve) => (send = resolve))]);
    const { catalog } = memory.app;
    const first = await catalog.open(host);
    assert.deepEqual([first.names, first.asOf, first.complete], [['old'], 1000, false]);
    send(['new']);
    await until(() => catalog.peek(host)?.complete === true, 4000);
    assert.deepEqual(catalog.peek(host), { names: ['new'], complete: true });
    assert.deepEqual(memory.kept.get(host)?.names, ['new'], 'and keeps the new one');
  });

  it('shows the last list when the registry does not answer, with the reason', async () => {
    const memory = inMemory();
    memory.kept.set(host, { names: ['old'], at: 1000 });
    memory.pages.set(host, [new Error('It does not answer.')]);
    await memory.app.catalog.open(host);
    await until(() => memory.app.catalog.peek(host)?.complete === true, 4000);
    const { names, asOf, failure } = (await memory.app.catalog.open(host)) ?? {};
    assert.deepEqual([names, asOf, failure], [['old'], 1000, 'It does not answer.']);
    assert.deepEqual(memory.kept.get(host)?.names, ['old'], 'a failure is not kept');
  });

  it('keeps no list that was stopped half-way', async () => {
    const memory = inMemory();
    memory.pages.set(host, [['a'], new Promise<string[]>(() => {})]);
    await memory.app.catalog.open(host);
    memory.app.catalog.close(host);
    assert.equal(memory.signals[0]?.aborted, true);
    assert.equal(memory.kept.size, 0);
    assert.equal(memory.app.catalog.peek(host), undefined);
  });

  it('keeps showing what it has while it is refreshed', async () => {
    const memory = inMemory();
    memory.pages.set(host, [['a', 'c']]);
    const { catalog } = memory.app;
    await catalog.open(host);
    await until(() => catalog.peek(host)?.complete === true, 4000);
    memory.registryChange.fire({ registry: host });
    assert.deepEqual(catalog.peek(host)?.names, ['a', 'c']);
    assert.ok(catalog.peek(host)?.asOf);
    memory.pages.set(host, [['a']]);
    await catalog.open(host);
    await until(() => catalog.peek(host)?.complete === true, 4000);
    assert.deepEqual(catalog.peek(host), { names: ['a'], complete: true });
  });

  it('has a repository that was pushed to in its place', async () => {
    const memory = inMemory();
    memory.pages.set(host, [['a', 'c']]);
    const { catalog } = memory.app;
    await catalog.open(host);
    await until(() => catalog.peek(host)?.complete === true, 4000);
    const seen: RegistryChange[] = [];
    catalog.onChange((change) => seen.push(change));
    memory.registryChange.fire({ registry: host, repository: 'b' });
    memory.registryChange.fire({ registry: host, repository: 'b' });
    assert.deepEqual(catalog.peek(host)?.names, ['a', 'b', 'c']);
    assert.deepEqual(seen, [{ registry: host }, { registry: host, repository: 'b' }]);
  });

  it('redraws a long list a few times, not for every page', async () => {
    const memory = inMemory();
    memory.pages.set(
      host,
      Array.from({ length: 100 }, (_, index) => [`r${index}`]),
    );
    let redrawn = 0;
    memory.app.catalog.onChange(() => {
      redrawn += 1;
    });
    await memory.app.catalog.open(host);
    await until(() => memory.app.catalog.peek(host)?.complete === true, 4000);
    assert.equal(memory.app.catalog.peek(host)?.names.length, 100);
    assert.ok(redrawn <= 2, `it was redrawn ${redrawn} times`);
  });

  it('has repositories that were added by name, by braces and by pattern, where there is no list', async () => {
    const memory = inMemory();
    memory.images.push({
      id: '1',
      tags: [`${host}/team/one:1`, `${host}/other/two:1`, 'team/three:1'],
      digests: [],
      created: 0,
      size: 0,
      labels: {},
    });
    memory.pages.set(host, [new RegistryError('no-catalog', 'It has no list.', { host })]);
    const { catalog } = memory.app;
    assert.deepEqual(await catalog.add(host, 'app/{web,api}'), ['app/web', 'app/api']);
    await catalog.add(host, 'team/*');
    await catalog.open(host);
    await until(() => catalog.peek(host)?.names.length === 3, 4000);
    const { names, noCatalog } = await catalog.open(host);
    assert.deepEqual([...names].sort(), ['app/api', 'app/web', 'team/one']);
    assert.equal(noCatalog, true);
    await assert.rejects(catalog.add(host, 'Not A Name'), { code: 'bad-reference' });
    await catalog.remove(host, 'app/web');
    assert.ok(!catalog.added(host).includes('app/web'));
    await assert.rejects(catalog.remove(host, 'app/web'), { code: 'not-added' });
  });

  it('forgets a registry that was removed', async () => {
    const memory = inMemory();
    memory.registries.push({ address: host, fromSetting: false });
    memory.registryChange.fire({});
    memory.pages.set(host, [['a']]);
    await memory.app.catalog.open(host);
    await until(() => memory.kept.has(host), 4000);
    memory.registries.length = 0;
    memory.registryChange.fire({});
    assert.equal(memory.app.catalog.peek(host), undefined);
    await until(() => !memory.kept.has(host), 4000);
  });
});

describe('lists on disk', () => {
  it('are written whole, read back, and passed over when they are damaged', async () => {
    const folder = temporaryFolder('kept');
    try {
      const problems: string[] = [];
      const kept = createKeptLists(join(folder, 'new'), (line) => problems.push(line));
      assert.equal(await kept.read(host), undefined);
      await Promise.all([1, 2, 3].map((at) => kept.write(host, { names: ['a', 'b'], at })));
      assert.deepEqual((await kept.read(host))?.names, ['a', 'b']);
      const [file = '', ...others] = readdirSync(join(folder, 'new'));
      assert.deepEqual(others, [], 'nothing unfinished is left');
      const path = join(folder, 'new', file);
      for (const damaged of [readFileSync(path, 'utf8').slice(0, -5), '[]', '{"names":[1],"at":1}', '']) {
        writeFileSync(path, damaged);
        assert.equal(await kept.read(host), undefined, damaged);
      }
      await kept.forget(host);
      assert.deepEqual(readdirSync(join(folder, 'new')), []);
      mkdirSync(path);
      await kept.write(host, { names: [], at: 1 });
      assert.equal(problems.length, 1, 'a list that cannot be kept is told to the log');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
