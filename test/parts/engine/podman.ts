// A private Podman service: own images, own containers, own socket, beside any other on the machine.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { howToInstall } from '../machine/packages.ts';
import { type Part, startInBackground } from '../machine/process.ts';
import { removeTemporary, temporaryFolder, unmount } from '../machine/temporary.ts';
import { until } from '../until.ts';
import { type DockerApi, dockerApi, removeAll } from './api.ts';
import { hiddenProgram } from './hidden.ts';

export interface Podman extends Part {
  /** `unix://…` */
  readonly url: string;
  readonly api: DockerApi;
  /** Ends the service at once, as a crash does; containers live on. */
  kill(): Promise<void>;
  /** Starts the service again after `kill`. */
  start(): Promise<void>;
}

/** Why no Podman can run here, in one sentence; undefined when one can. */
export function whyNoPodman(): string | undefined {
  const usable = process.platform === 'linux' && process.getuid?.() === 0;
  return usable && hiddenProgram('podman') ? undefined : howToInstall('podman');
}

/** `insecureRegistries` are reached over plain http, or over https with any certificate. */
export async function startPodman(insecureRegistries: readonly string[] = []): Promise<Podman> {
  const folder = temporaryFolder('podman');
  const file = (name: string) => join(folder, name);
  const url = `unix://${file('podman.sock')}`;
  const api = dockerApi(url);
  mkdirSync(file('networks'));
  writeFileSync(
    file('registries.conf'),
    insecureRegistries.map((place) => `[[registry]]\nlocation = "${place}"\ninsecure = true\n`).join('\n'),
  );
  writeFileSync(
    file('containers.conf'),
    [
      '[containers]',
      'log_driver = "k8s-file"',
      // What is asked for by default may be more than this machine allows.
      'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]',
      '[engine]',
      'cgroup_manager = "cgroupfs"',
      // Without a system journal, events go to a file.
      'events_logger = "file"',
      'runtime = "runc"',
      '[network]',
      `network_config_dir = "${file('networks')}"`,
      '',
    ].join('\n'),
  );
  writeFileSync(file('policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}');
  const env = {
    ...process.env,
    CONTAINERS_CONF: file('containers.conf'),
    CONTAINERS_REGISTRIES_CONF: file('registries.conf'),
    PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
  };
  const program = hiddenProgram('podman') ?? 'podman';
  const args = [
    ...['--root', file('root'), '--runroot', file('run'), '--tmpdir', file('tmp'), '--storage-driver', 'vfs'],
    ...['system', 'service', '--time=0', url],
  ];
  const launch = () => startInBackground(program, args, { log: file('podman.log'), env });
  const answer = () => until('Podman to answer', async () => Boolean(await api('GET', '/_ping')));
  let running = launch();
  const podman: Podman = {
    url,
    api,
    async kill() {
      running.signal('SIGKILL');
      await running.ended;
    },
    async start() {
      running = launch();
      await answer();
    },
    async stop() {
      const containers = await api('GET', '/containers/json?all=true').then(
        (answer) => answer.json<{ Id: string }[]>(),
        () => [],
      );
      await removeAll(
        api,
        containers.map(({ Id }) => `/containers/${Id}?force=true&v=true`),
      );
      await running.stop();
      await unmount(folder);
      await removeTemporary(folder);
    },
  };
  try {
    await answer();
  } catch (error) {
    await podman.stop();
    throw new Error(`${String(error)}\n${running.tail()}`);
  }
  return podman;
}
