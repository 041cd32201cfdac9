// A private Docker Engine, beside any other on the machine: own data, own socket, own network bridge.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { howToInstall } from '../machine/packages.ts';
import { alive, type Background, capture, type Part, programOnPath, startInBackground } from '../machine/process.ts';
import { bridgeName, removeTemporary, temporaryFolder, unmount } from '../machine/temporary.ts';
import { GiveUp, until } from '../until.ts';
import { type DockerApi, dockerApi, removeAll } from './api.ts';

export interface PrivateEngine extends Part {
  /** `unix://…` */
  readonly url: string;
  readonly api: DockerApi;
  /** Folder of the socket, the log and the running state. */
  readonly folder: string;
  /** Ends dockerd at once, as a crash does; containers may outlive it until `start` or `stop`. */
  kill(): Promise<void>;
  /** Starts dockerd again after `kill` or `shutDown`, on the same data and socket. */
  start(): Promise<void>;
  /** Ends dockerd in order (SIGTERM), keeping its data, as `systemctl stop docker` does. */
  shutDown(): Promise<void>;
}

/** Why no private engine can run here, in one sentence; undefined when one can. */
export function whyNoPrivateEngine(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return `A private engine needs Linux and root. ${howToInstall('engine')}`;
  }
  const missing = ['dockerd', 'containerd', 'runc', 'ip'].filter((name) => !programOnPath(name));
  return missing.length > 0 ? `Not found on PATH: ${missing.join(', ')}. ${howToInstall('engine')}` : undefined;
}

/**
 * Starts a private dockerd and waits until it answers.
 * `data` keeps images and containers for the next start; without it they go with `stop`. `more` are flags for dockerd.
 */
export async function startEngine(options: { data?: string; more?: readonly string[] } = {}): Promise<PrivateEngine> {
  const reason = whyNoPrivateEngine();
  if (reason) {
    throw new Error(reason);
  }
  // A unix socket's path may have 107 bytes, so the folder is always a short one.
  const folder = temporaryFolder('engine');
  const bridge = await createBridge(folder);
  const url = `unix://${join(folder, 'docker.sock')}`;
  const api = dockerApi(url);
  const data = options.data ?? join(folder, 'data');
  let daemon: Background | undefined;

  const startOnce = async () => {
    // A killed dockerd leaves its pid files, and waits in vain for a process that has ended but was not yet reaped.
    for (const file of [join(folder, 'docker.pid'), join(folder, 'exec', 'containerd', 'containerd.pid')]) {
      if (!alive(Number(read(file)) || -1)) {
        rmSync(file, { force: true });
      }
    }
    const running = runDaemon(folder, data, url, bridge, options.more);
    daemon = running;
    const ended = running.ended.then((code) => ({ code }));
    await until(
      'the private engine to answer',
      async () => {
        const outcome = await Promise.race([ended, api('GET', '/_ping').then(() => undefined)]);
        if (outcome) {
          throw new GiveUp(`dockerd ended with ${outcome.code}:\n${running.tail()}`);
        }
        return true;
      },
      60_000,
    );
  };
  /** dockerd 20.10 that follows a killed one may wait for the other's containerd until it gives up; the next one starts. */
  const start = async () => {
    try {
      await startOnce();
    } catch (error) {
      if (!(error instanceof GiveUp && error.message.includes('timeout waiting for containerd'))) {
        throw error;
      }
      await startOnce();
    }
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const running = daemon;
    daemon = undefined;
    if (running) {
      running.signal(signal);
      await running.stop();
    }
  };
  const engine: PrivateEngine = {
    url,
    api,
    folder,
    start,
    // Only dockerd itself: containerd and the containers outlive a crash.
    kill: async () => {
      const running = daemon;
      daemon = undefined;
      if (running) {
        process.kill(running.pid, 'SIGKILL');
        await running.ended;
      }
    },
    shutDown: () => end('SIGTERM'),
    stop: async () => {
      if (daemon) {
        await emptyEngine(api, options.data !== undefined);
        await end('SIGTERM');
      }
      await removeTemporary(folder);
      // dockerd mounts its data on itself, and leaves that behind when it was killed.
      await unmount(data);
    },
  };
  try {
    await start();
  } catch (error) {
    await end('SIGKILL');
    await removeTemporary(folder);
    throw error;
  }
  return engine;
}

function runDaemon(
  folder: string,
  data: string,
  url: string,
  bridge: Bridge,
  more: readonly string[] = [],
): Background {
  mkdirSync(data, { recursive: true });
  const args = [
    ...['--host', url],
    ...['--data-root', data],
    ...['--exec-root', join(folder, 'exec')],
    ...['--pidfile', join(folder, 'docker.pid')],
    // The machine's own /etc/docker/daemon.json is not ours to follow.
    ...['--config-file', join(folder, 'daemon.json')],
    ...['--bridge', bridge.name],
    ...['--default-address-pool', `base=${bridge.network}.128.0/17,size=24`],
    '--iptables=false',
    '--ip6tables=false',
    ...['--insecure-registry', '127.0.0.0/8'],
    ...['--shutdown-timeout', '5'],
    ...more,
  ];
  writeFileSync(join(folder, 'daemon.json'), '{}');
  const dockerd = programOnPath('dockerd') ?? 'dockerd';
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  return startInBackground(dockerd, args, { log: join(folder, 'dockerd.log'), env, graceMs: 20_000 });
}

interface Bridge {
  name: string;
  /** First two numbers of its network, e.g. `10.201`. */
  network: string;
}

/** A bridge of its own: two engines on docker0 would give the same address to two containers. */
async function createBridge(folder: string): Promise<Bridge> {
  const name = bridgeName(folder);
  const taken = await capture('ip', ['-o', '-4', 'addr']);
  const free = Array.from({ length: 100 }, (_, index) => `10.${128 + ((index + process.pid) % 100)}`);
  const network = free.find((candidate) => !taken.includes(` ${candidate}.`));
  if (!network) {
    throw new Error('No network between 10.128 and 10.227 is free for a private engine.');
  }
  await capture('ip', ['link', 'add', 'name', name, 'type', 'bridge']);
  await capture('ip', ['addr', 'add', `${network}.0.1/17`, 'dev', name]);
  await capture('ip', ['link', 'set', name, 'up']);
  return { name, network };
}

/** Ends the containers quickly; when the data goes too, removes networks, whose bridges would stay behind. */
async function emptyEngine(api: DockerApi, keep: boolean): Promise<void> {
  try {
    const containers = (await api('GET', `/containers/json?all=${!keep}`)).json<{ Id: string }[]>();
    if (keep) {
      for (const { Id } of containers) {
        await api('POST', `/containers/${Id}/kill`).catch(() => undefined);
      }
    } else {
      await removeAll(
        api,
        containers.map(({ Id }) => `/containers/${Id}?force=1&v=1`),
      );
      await api('POST', '/swarm/leave?force=1').catch(() => undefined);
      await api('POST', '/networks/prune');
    }
  } catch {
    // An engine that does not answer any more is ended the hard way below.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
