// The engines that can be chosen, on real ones: asked only when wanted, added by hand, chosen for a workspace.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { chosenKey, createEngines } from '../../../src/engine/choices.ts';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/current.ts';
import type { FoundEngine } from '../../../src/model/engines/endpoint.ts';
import { UserError } from '../../../src/model/errors.ts';
import { memoryState } from '../../parts/editor/memento.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';
import { type EngineProxy, proxyTo } from '../engine/support.ts';

describe('engines', function () {
  this.timeout(30_000);
  const home = temporaryFolder('home');
  let one: EngineProxy;
  let two: EngineProxy;

  before(async () => {
    [one, two] = [await proxyTo(realParts().engine), await proxyTo(realParts().engine)];
    const folder = join(home, '.docker', 'contexts', 'meta', createHash('sha256').update('lab').digest('hex'));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'meta.json'), JSON.stringify({ Name: 'lab', Endpoints: { docker: { Host: two.url } } }));
    writeFileSync(join(home, '.docker', 'config.json'), '{}');
  });

  after(async () => {
    await Promise.all([one?.stop(), two?.stop()]);
    rmSync(home, { recursive: true, force: true });
  });

  const memento = () => {
    const values = new Map<string, unknown>();
    return {
      values,
      get: (key: string) => values.get(key),
      update: async (key: string, value: unknown) => {
        values.set(key, value);
      },
    };
  };

  function start() {
    const [global, workspace, log] = [memoryState(), memento(), [] as string[]];
    const environment = { ...machine, env: {}, home, exists: () => false };
    const setting = () => one.url;
    const engine = createEngine({
      setting,
      environment,
      chosen: () => workspace.get(chosenKey) as string | undefined,
      log: (line) => log.push(line),
    });
    const engines = createEngines({ engine, setting, global, workspace, environment, log: (line) => log.push(line) });
    const find = (id: string): FoundEngine | undefined => engines.list().find((each) => each.id === id);
    const settled = (id: string) =>
      until(`${id} to answer`, () => {
        const found = find(id);
        return found && found.state !== 'unknown' && found.state !== 'asking' ? found : undefined;
      });
    const dispose = () => {
      engines.dispose();
      engine.dispose();
    };
    return { engine, engines, global, workspace, find, settled, dispose };
  }

  it('are found without asking any, and asked once', async () => {
    two.requests.splice(0);
    const { engines, settled, dispose } = start();
    try {
      const before = one.requests.length + two.requests.length;
      assert.deepEqual(
        engines.list().map(({ id, state }) => [id, state]),
        [
          ['setting', 'unknown'],
          ['context/lab', 'unknown'],
        ],
      );
      assert.equal(one.requests.length + two.requests.length, before);
      engines.ask();
      engines.ask();
      const { facts } = await settled('context/lab');
      assert.ok(facts?.version && facts.storageDriver && facts.dataRoot.startsWith('/'));
      await settled('setting');
      const asked = one.requests.length + two.requests.length;
      engines.ask();
      assert.equal(one.requests.length + two.requests.length, asked);
      assert.equal(two.requests.filter((line) => line.includes('/info')).length, 1);
      engines.refresh();
      engines.ask();
      await settled('context/lab');
      assert.equal(two.requests.filter((line) => line.includes('/info')).length, 2);
      await until('all connections to be closed', () => one.open() + two.open() === 0);
    } finally {
      dispose();
    }
  });

  it('are chosen for a workspace, without a change in the docker configuration', async () => {
    const { engine, engines, workspace, find, dispose } = start();
    const files = () =>
      readdirSync(join(home, '.docker'), { recursive: true })
        .map(String)
        .sort()
        .map((name) => [name, name.endsWith('.json') ? readFileSync(join(home, '.docker', name), 'utf8') : '']);
    const before = files();
    try {
      await engine.inventory.all('containers');
      assert.equal(find('setting')?.inUse, true);
      await engines.use('context/lab');
      await engine.inventory.all('containers');
      assert.equal(find('context/lab')?.inUse, true);
      assert.equal(engines.chosen, 'context/lab');
      await until('the one before to be left', () => one.open() === 0);
      await engines.use(undefined);
      await engine.inventory.all('containers');
      assert.equal(find('setting')?.inUse, true);
      assert.equal(workspace.get(chosenKey), undefined);
      assert.deepEqual(files(), before);
    } finally {
      dispose();
    }
    await until('all connections to be closed', () => one.open() + two.open() === 0);
  });

  it('are added when they answer, and removed', async () => {
    const { engine, engines, find, dispose } = start();
    const path = realParts().engine.replace('unix://', '');
    try {
      await assert.rejects(engines.add('/nowhere/docker.sock', {}), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, 'engine-not-running');
        return true;
      });
      await assert.rejects(engines.add('no address', { unchecked: true }), /no address/);
      assert.equal(engines.list().length, 2);
      const { id } = await engines.add(path, {});
      assert.equal(id, realParts().engine);
      assert.equal((await engines.add('/nowhere/docker.sock', { unchecked: true })).source, 'added');
      await engines.use(id);
      await engine.inventory.all('containers');
      assert.equal(find(id)?.inUse, true);
      await engines.remove(id);
      await engine.inventory.all('containers');
      assert.equal(find(id), undefined);
      assert.equal(find('setting')?.inUse, true);
    } finally {
      dispose();
    }
  });

  it('say when their data lies elsewhere than before', async () => {
    const { engines, global, settled, dispose } = start();
    try {
      await global.change('engines.dataRoots', () => ({ setting: '/srv/old' }));
      engines.ask();
      assert.equal((await settled('setting')).dataRootBefore, '/srv/old');
      assert.equal((await settled('context/lab')).dataRootBefore, undefined);
      engines.refresh();
      engines.ask();
      assert.equal((await settled('setting')).dataRootBefore, '/srv/old');
      assert.notEqual((global.get('engines.dataRoots') as { setting?: string }).setting, '/srv/old');
    } finally {
      dispose();
    }
  });
});
