// What the tests of files share: a client of the engine at the end of a way, and containers that are removed afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../../src/engine/connect.ts';
import { createFiles } from '../../../src/engine/files/operations.ts';
import type { Files } from '../../../src/engine/files/types.ts';
import type { FileOwner } from '../../../src/model/files/entry.ts';
import { type DockerApi, removeAll } from '../../parts/engine/api.ts';
import { baseReference, ensureBaseImage, ensureShellLessImage, shellLessReference } from '../../parts/engine/images.ts';
import type { Way } from '../ways.ts';

export interface World {
  api: DockerApi;
  connection: Connection;
  files: Files;
  /** A folder of this run on the local disk. */
  folder: string;
  /** A container of the base image that runs, and goes on running; all tests of a suite share it. */
  shared(): Promise<FileOwner & { id: string }>;
  /** A container that sleeps; `image` is the base image, unless it is the one without a shell. */
  container(options?: {
    image?: 'base' | 'shell-less';
    start?: boolean;
    host?: object;
  }): Promise<FileOwner & { id: string }>;
  volume(): Promise<FileOwner & { name: string }>;
  /** Output of a script in a running container. */
  sh(owner: { id: string }, script: string): Promise<string>;
  end(): Promise<void>;
}

let count = 0;

/** On the engine at the end of a way. */
export async function createWorld(way: Way): Promise<World> {
  const { url, api } = await way.backend();
  await ensureBaseImage(api);
  await ensureShellLessImage(api);
  const door = await way.to(url);
  const connection = await door.connect();
  const files = createFiles(connection.client.containers, connection.transport);
  const folder = mkdtempSync(join(tmpdir(), 'docknotes-files-'));
  const containers: string[] = [];
  const volumes: string[] = [];
  let shared: ReturnType<World['container']> | undefined;

  const world: World = {
    api,
    connection,
    files,
    folder,
    shared() {
      shared ??= world.container();
      return shared;
    },
    async container({ image = 'base', start = true, host = {} } = {}) {
      const body = {
        ...(image === 'base' ? { Image: baseReference, Cmd: ['sleep', '86400'] } : { Image: shellLessReference }),
        StopSignal: 'SIGKILL',
        HostConfig: host,
      };
      const { Id: id } = (await api('POST', '/containers/create', body)).json<{ Id: string }>();
      containers.push(id);
      if (start) {
        await api('POST', `/containers/${id}/start`);
      }
      return { type: 'container', id };
    },
    async volume() {
      const name = `Files.test_${process.pid}-${count++}`;
      await api('POST', '/volumes/create', { Name: name });
      volumes.push(name);
      return { type: 'volume', name };
    },
    async sh({ id }, script) {
      const session = await connection.client.containers.exec(id, { command: ['sh', '-c', script], user: '0' });
      const chunks: Uint8Array[] = [];
      session.onOutput((data) => chunks.push(data));
      await session.ended;
      return Buffer.concat(chunks).toString();
    },
    async end() {
      await Promise.all(volumes.map((volume) => files.release(volume)));
      await files.dispose();
      await removeAll(
        api,
        containers.map((id) => `/containers/${id}?force=1&v=1`),
      );
      await removeAll(
        api,
        volumes.map((name) => `/volumes/${name}?force=1`),
      );
      connection.dispose();
      await door.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** For `assert.rejects`: an error with this code. */
export function code(expected: string): (error: unknown) => true {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === expected) {
      return true;
    }
    throw error;
  };
}
