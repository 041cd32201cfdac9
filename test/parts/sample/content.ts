// The small real sample that `npm start` and the UI tests show: containers, images, repositories with tags.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiError, type DockerApi } from '../engine/api.ts';
import { baseFiles, baseReference, ensureBaseImage, sampleLabel } from '../engine/images.ts';
import { root } from '../machine/process.ts';
import type { TarEntry } from '../machine/tar.ts';
import { uploadImage } from '../registry/content.ts';
import type { Registry } from '../registry/distribution.ts';

const labels = { [sampleLabel]: 'true' };

/** The sample's containers; `web` serves a page at a free port, `worker` writes a line now and then, `migrate` has ended. */
const containers: { name: string; body: Record<string, unknown> }[] = [
  {
    name: 'sample-web',
    body: {
      Cmd: ['httpd', '-f', '-v', '-h', '/var/www'],
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
    },
  },
  {
    name: 'sample-worker',
    // The trap ends the shell at once when it is stopped; as process 1 it would ignore the signal.
    body: { Cmd: ['sh', '-c', 'trap "exit 0" TERM; while :; do date; echo "waiting for work"; sleep 15 & wait; done'] },
  },
  { name: 'sample-migrate', body: { Cmd: ['sh', '-c', 'echo "3 migrations applied"'] } },
];

/**
 * Makes the sample's containers and the base image where they are missing, and starts the two that run.
 * Gives a function that removes what was made now and nothing that was there before.
 */
export async function fillEngine(api: DockerApi): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = [];
  if (await ensureBaseImage(api)) {
    undo.push(() => api('DELETE', `/images/${baseReference}`));
  }
  for (const { name, body } of containers) {
    try {
      await api('POST', `/containers/create?name=${name}`, { Image: baseReference, Labels: labels, ...body });
      undo.push(() => api('DELETE', `/containers/${name}?force=1&v=1`));
      await api('POST', `/containers/${name}/start`);
    } catch (error) {
      // It is there from an earlier start.
      if (!(error instanceof ApiError && error.status === 409)) {
        throw error;
      }
      if (name !== 'sample-migrate') {
        await api('POST', `/containers/${name}/start`);
      }
    }
  }
  return async () => {
    for (const step of undo.reverse()) {
      await step().catch(() => undefined);
    }
  };
}

/** Fills the registry with three repositories of several tags each; does nothing where they are there. */
export async function fillRegistry(registry: Registry): Promise<void> {
  const { text } = await registry.request('GET', '/v2/_catalog');
  if ((JSON.parse(text) as { repositories: string[] }).repositories.includes('team/web')) {
    return;
  }
  const base = (await baseFiles()) ?? [{ path: 'README', content: 'A sample image without a shell.\n' }];
  const page = (version: string): TarEntry[] => [
    ...base.filter((entry) => entry.path !== 'var/www/index.html'),
    { path: 'var/www/index.html', content: `<!doctype html>\n<title>Sample</title>\n<p>Version ${version}.\n` },
  ];
  const images: [repository: string, version: string, tags: string[], daysAgo: number][] = [
    ['team/web', '1.0.0', ['1.0.0'], 90],
    ['team/web', '1.1.0', ['1.1.0'], 30],
    ['team/web', '1.2.0', ['1.2.0', 'latest'], 2],
    ['team/api', '2.3.0', ['2.3.0'], 14],
    ['team/api', '2.3.1', ['2.3.1', 'stable'], 7],
    ['tools/box', '2026.10', ['2026.10'], 40],
    ['tools/box', '2026.11', ['2026.11', 'latest'], 9],
  ];
  for (const [repository, version, tags, daysAgo] of images) {
    const created = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
    await uploadImage(registry, { repository, tags, created, files: page(version), labels: { ...labels, version } });
  }
}

/** Makes the sample workspace in `folder`, with settings that point at the engine and the registry; what a person changed in it stays. */
export function makeWorkspace(folder: string, settings: { engine: string; registries: string[]; more?: object }): void {
  cpSync(join(root, 'test', 'parts', 'sample', 'workspace'), folder, { recursive: true, force: false });
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(
    join(folder, '.vscode', 'settings.json'),
    `${JSON.stringify(
      {
        'docknotes.engine.host': settings.engine,
        'docknotes.registries': settings.registries,
        'workbench.startupEditor': 'none',
        'workbench.secondarySideBar.defaultVisibility': 'hidden',
        'chat.disableAIFeatures': true,
        'git.openRepositoryInParentFolders': 'never',
        ...settings.more,
      },
      undefined,
      2,
    )}\n`,
  );
}
