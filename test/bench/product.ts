// The size of the package, and what the extension costs in a real extension host.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { dockerApi } from '../parts/engine/api.ts';
import { startEngine } from '../parts/engine/docker.ts';
import { ensureBaseImage } from '../parts/engine/images.ts';
import { capture, root } from '../parts/machine/process.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { makeWorkspace } from '../parts/sample/content.ts';
import { median, type Row } from './row.ts';

/** What test/vscode/bench.ts writes: milliseconds and MiB. */
interface HostFigures {
  activation: number;
  /** The same for small extensions that come with the editor. */
  builtIn: number;
  memory: number;
  rows: number;
  rawList: number;
  containers: number;
  hoverReady: number;
}

const runs = 3;

export async function benchProduct(): Promise<Row[]> {
  await capture(process.execPath, [join(root, 'build.mjs'), '--package', '--tests']);
  const size = statSync(join(root, 'dist', 'docknotes.vsix')).size / 1000;
  const figures = await hostFigures();
  const middle = (key: keyof HostFigures) => median(figures.map((figure) => figure[key]));
  const peerName = 'Container Tools 2.5, measured elsewhere';
  return [
    { name: 'VSIX', value: size, unit: 'KB', goal: 450, peer: 1019, peerName },
    { name: 'activation', value: middle('activation'), unit: 'ms', goal: 40, peer: 292, peerName },
    {
      name: 'activation of a small built-in extension',
      value: middle('builtIn'),
      unit: 'ms',
      note: 'what the way through the editor costs',
    },
    {
      name: `activated -> rows of ${figures[0]?.containers} containers`,
      value: middle('rows'),
      unit: 'ms',
      goal: 400 + middle('rawList'),
      peer: middle('rawList'),
      peerName: 'one bare list call',
      note: 'loads the engine client, connects, lists',
    },
    { name: 'memory of the extension host, views open', value: middle('memory'), unit: 'MiB', goal: 60, note: 'added' },
    { name: 'Dockerfile opened -> first hover', value: middle('hoverReady'), unit: 'ms', note: 'starts the server' },
  ];
}

async function hostFigures(): Promise<HostFigures[]> {
  const engine = await startEngine();
  const folder = temporaryFolder('bench');
  try {
    const api = dockerApi(engine.url);
    await ensureBaseImage(api);
    for (let index = 0; index < 500; index++) {
      await api('POST', `/containers/create?name=bench-${index}`, { Image: 'busybox', Cmd: ['true'] });
    }
    const figures: HostFigures[] = [];
    for (let run = 0; run < runs; run++) {
      figures.push(await measure(join(folder, String(run)), engine.url));
    }
    return figures;
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure(folder: string, engine: string): Promise<HostFigures> {
  const workspace = join(folder, 'workspace');
  const output = join(folder, 'figures.json');
  makeWorkspace(workspace, { engine, registries: [] });
  await runTests({
    vscodeExecutablePath: join(root, 'test', 'parts', 'editor', 'launcher.ts'),
    extensionTestsEnv: { DOCKNOTES_BENCH_OUTPUT: output, DOCKNOTES_TEST_ENGINE: engine },
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'out', 'test-vscode', 'bench'),
    launchArgs: [workspace, '--disable-extensions'],
  });
  if (!existsSync(output)) {
    throw new Error('The extension host gave no figures.');
  }
  return JSON.parse(readFileSync(output, 'utf8')) as HostFigures;
}
