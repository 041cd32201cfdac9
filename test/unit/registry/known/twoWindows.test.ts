// Registries of several windows: what one adds, removes or signs in to is in the others at once, and nothing is lost.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createAccountStore } from '../../../../src/registry/auth/accountStore.ts';
import { createCatalog } from '../../../../src/registry/known/catalog.ts';
import { createRegistries, type RegistryChange } from '../../../../src/registry/known/registries.ts';
import { createStateFiles } from '../../../../src/vscode/state/inFiles.ts';
import { withoutEditor } from '../../../parts/editor/absent.ts';
import { memorySecrets } from '../../../parts/editor/memento.ts';
import { removeTemporary, temporaryFolder } from '../../../parts/machine/temporary.ts';
import { collect, signal } from '../../../parts/registry/odd/client.ts';
import { oddRegistries } from '../../../parts/registry/odd/index.ts';
import { type RunningOdd, runOdd } from '../../../parts/registry/odd/server.ts';
import { until } from '../../../parts/until.ts';

const lena = { username: 'lena', password: 's3cret' };

describe('registries in several windows', () => {
  let folder: string;
  let secrets: ReturnType<typeof memorySecrets>;
  let running: RunningOdd[];
  const open: { dispose(): void }[] = [];
  beforeEach(async () => {
    folder = temporaryFolder('windows');
    secrets = memorySecrets();
    running = await Promise.all(Array.from({ length: 6 }, () => runOdd(oddRegistries['basic-upper-case'])));
  });
  afterEach(async () => {
    for (const part of open.splice(0)) {
      part.dispose();
    }
    await Promise.all(running.map((each) => each.stop()));
    await removeTemporary(folder);
  });

  function window() {
    const state = createStateFiles({ folder, before: () => undefined, problem: (line) => assert.fail(line) });
    const registries = createRegistries({ ...withoutEditor(), state, secrets });
    const savedLists = { read: async () => undefined, write: async () => {}, forget: async () => {} };
    const catalog = createCatalog({
      registries,
      savedLists,
      state,
      localImages: async () => [],
      log: { warn: () => {} },
    });
    const changes: RegistryChange[] = [];
    registries.onChange((change) => changes.push(change));
    catalog.onChange((change) => changes.push(change));
    open.push(catalog, registries, state);
    return { state, registries, catalog, changes, names: () => registries.list().map(({ address }) => address) };
  }
  const hosts = () => running.map(({ host }) => host).sort();

  it('keep all that are added at the same moment, with their logins', async () => {
    const [one, two] = [window(), window()];
    await Promise.all(
      hosts().map((host, index) => (index % 2 ? one : two).registries.add(`http://${host}`, lena, signal)),
    );
    for (const { registries, names } of [one, two, window()]) {
      await until('all of them', () => names().length === running.length);
      assert.deepEqual(names(), hosts());
      for (const host of hosts()) {
        assert.equal((await registries.login(host))?.account, 'lena');
      }
    }
  });

  it('keep all accounts of one host, and all names, that are added at the same moment', async () => {
    const [one, two] = [window(), window()];
    const [host = ''] = hosts();
    await one.registries.add(`http://${host}`, lena, signal);
    const users = Array.from({ length: 6 }, (_, index) => `user-${index}`);
    const accounts = [one, two].map(({ state }) => createAccountStore(secrets, state, assert.fail));
    await Promise.all(
      users.map((username, index) => accounts[index % 2]?.use(`http://${host}`, { username, password: 'x' })),
    );
    assert.deepEqual((await two.registries.accounts(host)).map(({ account }) => account).sort(), ['lena', ...users]);
    const names = Array.from({ length: 8 }, (_, index) => `team/n${index}`);
    await Promise.all(names.map((name, index) => [one, two][index % 2]?.catalog.add(host, name)));
    for (const { catalog } of [one, two]) {
      await until('all of them', () => catalog.added(host).length === names.length);
      assert.deepEqual([...catalog.added(host)].sort(), names);
    }
  });

  it('tell the other windows what is to be drawn anew', async () => {
    const [one, two] = [window(), window()];
    const [host = ''] = hosts();
    assert.deepEqual(two.names(), []);
    const heard = (what: Partial<RegistryChange>) =>
      until(JSON.stringify(what), () =>
        two.changes.some((change) => change.registry === what.registry && change.login === what.login),
      ).then(() => two.changes.splice(0));
    await one.registries.add(`http://${host}`, lena, signal);
    await heard({});
    assert.deepEqual(two.names(), [host]);
    assert.deepEqual(await collect(two.registries.repositories(host, signal)), ['team/app']);
    await two.registries.login(host);

    await one.registries.signOut(host);
    await heard({ registry: host, login: true });
    assert.equal(await two.registries.login(host), undefined);
    await assert.rejects(collect(two.registries.repositories(host, signal)), { code: 'unauthorized' });

    await one.registries.signIn(host, lena, signal);
    await heard({ registry: host, login: true });
    assert.deepEqual(await collect(two.registries.repositories(host, signal)), ['team/app']);

    two.catalog.added(host);
    await one.catalog.add(host, 'team/other');
    await heard({ registry: host });
    assert.deepEqual(two.catalog.added(host), ['team/other']);

    await one.registries.remove(host);
    await heard({});
    assert.deepEqual(two.names(), []);
    one.changes.splice(0);
    await two.registries.add(`http://${host}`, lena, signal);
    await until('the first to hear', () => one.changes.length > 0);
    assert.deepEqual(one.names(), [host]);
  });
});
