// An engine that dies and comes back, comes late, or is another one: the model follows, and nothing is left over.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/current.ts';
import type { EngineStatus } from '../../../src/engine/types.ts';
import { UserError } from '../../../src/model/errors.ts';
import { dockerApi } from '../../parts/engine/api.ts';
import { type PrivateEngine, startEngine, whyNoPrivateEngine } from '../../parts/engine/docker.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';
import { realParts } from '../../parts/run/environment.ts';
import { aroundSuite } from '../../parts/run/suite.ts';
import { until } from '../../parts/until.ts';
import { engineOn, proxyTo, record, untilListed } from './support.ts';

describe('an engine that comes and goes', function () {
  this.timeout(120_000);
  let own: PrivateEngine;

  aroundSuite(
    async () => {
      own = await startEngine();
      await ensureBaseImage(own.api);
    },
    async () => own?.stop(),
    whyNoPrivateEngine,
  );

  const create = async (name: string) =>
    (await own.api('POST', `/containers/create?name=${name}`, { Image: 'busybox', Cmd: ['sleep', '600'] })).json<{
      Id: string;
    }>().Id;

  it('is followed through kill -9 and return', async () => {
    const engine = engineOn(own.url);
    const { inventory } = engine;
    try {
      const kept = await create('kept');
      await inventory.all('containers');
      await inventory.all('images');
      const before = inventory.peek('containers', kept);
      const statuses: EngineStatus[] = [];
      inventory.onStatus((status) => statuses.push(status));
      const client = await engine.client();
      const running = await create('running');
      await client.containers.start(running);
      const session = await client.containers.exec(running, { command: ['sleep', '600'], terminal: true, input: true });
      session.onOutput(() => {});
      for (let round = 0; round < 3; round++) {
        const seen = record(inventory);
        await own.kill();
        await until('the loss to be noticed', () => inventory.status.state === 'unreachable', 2000);
        assert.equal(await session.ended, undefined);
        await assert.rejects(inventory.all('containers'), (error) => {
          assert.ok(error instanceof UserError);
          assert.equal(error.code, 'engine-not-running');
          return true;
        });
        await own.start();
        const name = `came-${round}`;
        await create(name);
        const took = await untilListed(inventory, 'containers', (all) => all.some((each) => each.name === name));
        assert.ok(took < 2000, `${took} ms`);
        assert.equal(inventory.status.state, 'connected');
        assert.equal(inventory.peek('containers', kept), before);
        assert.ok(seen.changes.every(({ reset, changed }) => !reset && !changed.includes(kept)));
        seen.dispose();
      }
      const last = statuses.findLast(({ state }) => state === 'unreachable');
      assert.ok(last?.state === 'unreachable' && last.problem === 'not-running', JSON.stringify(last));
    } finally {
      engine.dispose();
    }
  });

  it('is found when its socket comes, with nothing configured', async () => {
    await create('there');
    const home = temporaryFolder('home');
    const folder = join(home, '.docker', 'run');
    mkdirSync(folder, { recursive: true });
    const socket = join(folder, 'docker.sock');
    const environment = {
      ...machine,
      env: {},
      home,
      // The machine may have an engine of its own.
      exists: (file: string) => file === socket && machine.exists(file),
    };
    const engine = createEngine({ setting: () => undefined, environment, log: () => {} });
    const { inventory } = engine;
    try {
      await assert.rejects(inventory.all('containers'), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, 'engine-no-endpoint');
        return true;
      });
      assert.equal(inventory.status.state, 'unreachable');
      const { symlink } = await import('node:fs/promises');
      await symlink(own.url.replace('unix://', ''), socket);
      await until('the engine to be found', () => inventory.status.state === 'connected', 2000);
      assert.ok((await inventory.all('containers')).length > 0);
    } finally {
      engine.dispose();
      rmSync(home, { recursive: true });
    }
  });

  it('is switched over when the setting changes, and leaves nothing behind', async () => {
    const parts = realParts();
    await ensureBaseImage(dockerApi(parts.engine));
    const [one, two] = [await proxyTo(own.url), await proxyTo(parts.engine)];
    let setting = one.url;
    const engine = createEngine({
      setting: () => setting,
      environment: { ...machine, env: {}, home: '/nowhere' },
      log: () => {},
    });
    const { inventory } = engine;
    await create('here');
    try {
      const first = await inventory.all('containers');
      assert.ok(first.some(({ name }) => name === 'here'));
      const seen = record(inventory);
      setting = two.url;
      engine.reconnect();
      const second = await inventory.all('containers');
      assert.ok(!second.some(({ name }) => name === 'here'));
      assert.ok(seen.changes.some(({ kind, reset }) => kind === 'containers' && reset));
      await until('the old connections to be closed', () => one.open() === 0);
      setting = 'nonsense';
      engine.reconnect();
      await assert.rejects(inventory.all('containers'), /nonsense/);
      await until('the old connections to be closed', () => two.open() === 0);
      setting = one.url;
      engine.reconnect();
      await engine.client();
      const requests = one.requests.length;
      engine.reconnect();
      await engine.client();
      assert.equal(one.requests.length, requests, 'the same endpoint is kept');
    } finally {
      engine.dispose();
      await until('all connections to be closed', () => one.open() + two.open() === 0);
      await Promise.all([one.stop(), two.stop()]);
    }
  });
});
