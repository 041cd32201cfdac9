// What the tests of files share: a client of the engine under test, and containers that are removed afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, connect } from '../../../src/engine/client.ts';
import { createFiles } from '../../../src/engine/files.ts';
import type { Files } from '../../../src/engine/fileTypes.ts';
import type { FileOwner } from '../../../src/model/files.ts';
import { type DockerApi, dockerApi } from '../../parts/dockerApi.ts';
import { realParts } from '../../parts/environment.ts';
import { baseReference, ensureBaseImage, ensureShellLessImage, shellLessReference } from '../../parts/images.ts';

export interface World {
  api: DockerApi;
  connection: Connection;
  files: Files;
  /** A folder of this run on the local disk. */
  folder: string;
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

export async function createWorld(): Promise<World> {
  const url = realParts().engine;
  const api = dockerApi(url);
  await ensureBaseImage(api);
  await ensureShellLessImage(api);
  const connection = await connect({ url, source: 'setting' });
  const files = createFiles(connection.client, connection.transport);
  const folder = mkdtempSync(join(tmpdir(), 'docknotes-files-'));
  const containers: string[] = [];
  const volumes: string[] = [];

  return {
    api,
    connection,
    files,
    folder,
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
      const session = await connection.client.exec(id, { command: ['sh', '-c', script], user: '0' });
      const chunks: Uint8Array[] = [];
      session.onOutput((data) => chunks.push(data));
      await session.ended;
      return Buffer.concat(chunks).toString();
    },
    async end() {
      await Promise.all(volumes.map((volume) => files.release(volume)));
      await files.dispose();
      for (const id of containers) {
        await api('DELETE', `/containers/${id}?force=1&v=1`).catch(() => undefined);
      }
      for (const name of volumes) {
        await api('DELETE', `/volumes/${name}?force=1`).catch(() => undefined);
      }
      connection.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
