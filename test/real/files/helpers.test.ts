// Which images helper containers run, and what they are given: on an engine of its own, whose images are known.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Connection, connect } from '../../../src/engine/connect.ts';
import { createFiles } from '../../../src/engine/files/operations.ts';
import { helperLabel } from '../../../src/model/containers/helpers.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import { type PrivateEngine, startEngine, whyNoPrivateEngine } from '../../parts/engine/docker.ts';
import { baseFiles, importImage } from '../../parts/engine/images.ts';
import { tar } from '../../parts/machine/tar.ts';
import { aroundSuite } from '../../parts/run/suite.ts';
import { code } from './world.ts';

interface Helper {
  State: { Status: string; StartedAt: string };
  Image: string;
  Config: { User: string };
  HostConfig: Record<string, unknown>;
  Mounts: { Type: string; Name: string; RW: boolean }[];
}

describe('helper containers', function () {
  this.timeout(60_000);
  let engine: PrivateEngine;
  let connection: Connection;
  aroundSuite(begin, end, () => whyNoPrivateEngine());

  async function begin(): Promise<void> {
    engine = await startEngine();
    const files = await baseFiles();
    assert.ok(files);
    // With a shell and a name that ends as an official one does.
    await importImage(engine.api, 'evil/alpine:latest', tar(files));
    connection = await connect({ url: engine.url, source: 'setting' });
    await engine.api('POST', '/volumes/create', { Name: 'data' });
  }

  async function end(): Promise<void> {
    connection?.dispose();
    await engine?.stop();
  }

  const volume = { type: 'volume' as const, name: 'data' };
  const put = { create: true, overwrite: true };

  async function helpers(): Promise<Helper[]> {
    const filters = encodeURIComponent(JSON.stringify({ label: [`${helperLabel}=true`] }));
    const list = (await engine.api('GET', `/containers/json?all=1&filters=${filters}`)).json<{ Id: string }[]>();
    return Promise.all(list.map(async ({ Id }) => (await engine.api('GET', `/containers/${Id}/json`)).json<Helper>()));
  }

  it('run no image but official ones before a person has agreed', async () => {
    const asked: string[] = [];
    let answer = false;
    const confirm = async (...question: string[]) => {
      asked.push(question.join('\n'));
      if (!answer) {
        throw new Cancelled();
      }
    };
    let files = createFiles(connection.client.containers, connection.transport, confirm);
    // The engine alone can do this: nothing of the image is run, and nobody is asked.
    await files.createFolder(volume, '/d');
    assert.equal((await files.list(volume, '/')).entries.length, 1);
    assert.deepEqual(asked, []);
    await assert.rejects(files.remove(volume, '/d', { recursive: true }), (error: Error) => {
      assert.match(error.message, /Nothing of evil\/alpine:latest was run/);
      return code('foreign-helper')(error);
    });
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /evil\/alpine:latest.*root.*change the volume data/s);
    const unsafe: string[] = [];
    const askUnsafe = async (why: string) => void unsafe.push(why);
    await files.write(volume, '/f', Buffer.from('1'), put);
    await files.write(volume, '/f', Buffer.from('2'), { ...put, askUnsafe });
    assert.deepEqual(unsafe, ['no-helper']);
    assert.equal(asked.length, 1, 'a no is remembered');
    const all = await helpers();
    assert.ok(all.length > 0);
    for (const { State } of all) {
      assert.deepEqual([State.Status, State.StartedAt], ['created', '0001-01-01T00:00:00Z']);
    }
    await files.dispose();

    answer = true;
    asked.length = 0;
    files = createFiles(connection.client.containers, connection.transport, confirm);
    await Promise.all([
      files.remove(volume, '/d', { recursive: true }),
      files.rename(volume, '/f', '/g', { overwrite: false }),
    ]);
    assert.equal(asked.length, 1);
    assert.deepEqual(
      (await files.list(volume, '/')).entries.map(({ name }) => name),
      ['g'],
    );
    await files.dispose();

    // Nobody to ask: nothing is run.
    const alone = createFiles(connection.client.containers, connection.transport);
    await assert.rejects(alone.remove(volume, '/g', { recursive: true }), code('foreign-helper'));
    await alone.dispose();
  });

  it('run an official image without a question, and get no more than they need', async () => {
    await engine.api('POST', '/images/evil/alpine:latest/tag?repo=busybox&tag=latest');
    const files = createFiles(connection.client.containers, connection.transport, async () => assert.fail('asked'));
    await files.write(volume, '/own', Buffer.from('x'), put);
    await files.list(volume, '/');
    const found = await helpers();
    const picture = found
      .map(({ State, HostConfig, Mounts, Config }) => ({
        status: State.Status,
        user: Config.User,
        mounts: Mounts.map(({ Type, Name, RW }) => [Type, Name, RW]),
        host: ['NetworkMode', 'CapDrop', 'CapAdd', 'SecurityOpt', 'ReadonlyRootfs', 'Privileged', 'Binds'].map(
          (name) => HostConfig[name],
        ),
      }))
      .sort((a, b) => a.status.localeCompare(b.status));
    const host = (capabilities: string[]) => ['none', ['ALL'], capabilities, ['no-new-privileges'], true, false, null];
    assert.deepEqual(picture, [
      { status: 'created', user: '0:0', mounts: [['volume', 'data', false]], host: host(['DAC_OVERRIDE']) },
      {
        status: 'running',
        user: '0:0',
        mounts: [['volume', 'data', true]],
        host: host(['DAC_OVERRIDE', 'CHOWN', 'FOWNER', 'FSETID']),
      },
    ]);
    await files.dispose();
    assert.deepEqual(await helpers(), []);
  });
});
