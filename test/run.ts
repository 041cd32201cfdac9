// The one test command. It starts the real parts that the stages need, runs the stages, and ends what it started.
//
//   node run.mjs test                        every stage; in CI also the oldest VS Code
//   node run.mjs test real ui                these stages
//   node run.mjs test real -- --grep push    with flags or files for Mocha
import { copyFileSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoBrowser } from './parts/editor/chromium.ts';
import { type Edition, installCodeServer, whyNoCodeServer } from './parts/editor/codeServer.ts';
import { dockerApi } from './parts/engine/api.ts';
import { startEngine, whyNoPrivateEngine } from './parts/engine/docker.ts';
import { existingEngine } from './parts/engine/existing.ts';
import { hideDocker } from './parts/engine/hidden.ts';
import { ensureShellLessImage } from './parts/engine/images.ts';
import { installSystemPackages, type SystemPart } from './parts/machine/packages.ts';
import { type Part, root } from './parts/machine/process.ts';
import { sweepTemporary } from './parts/machine/temporary.ts';
import { startRegistry, whyNoRegistry } from './parts/registry/distribution.ts';
import { joined, nothing, type StageResult } from './parts/run/reporter.ts';
import { endStages, runCounted, runMocha, runStep, runTool, say } from './parts/run/stages.ts';
import { type StageRun, summary } from './parts/run/summary.ts';
import { fillEngine, fillRegistry } from './parts/sample/content.ts';

interface Stage {
  /** System packages that it needs; they are installed first where that is possible. */
  packages: SystemPart[];
  /** Why it cannot run here, in one sentence; asked after the packages are installed. */
  why?: () => string | undefined | Promise<string | undefined>;
  run: () => Promise<StageResult>;
}

const parts: Part[] = [];

/** A copy of the VSIX, since a person may build again while the tests run. */
const vsix = join(root, 'out', 'test.vsix');
const built = once(async () => {
  await runStep('build', join(root, 'build.mjs'), ['--package', '--tests']);
  copyFileSync(join(root, 'dist', 'docknotes.vsix'), vsix);
});

/** The product is tried where neither docker nor podman is found. */
const withoutDocker = once(() => {
  const hiding = hideDocker();
  parts.push(hiding);
  return hiding;
});

const stages: Record<string, Stage> = {
  // By force, since what an update of a package changes is otherwise passed over.
  types: { packages: [], run: () => runTool('types', tool('typescript', 'bin', 'tsc'), ['-b', '--force']) },
  lint: { packages: [], run: () => runTool('lint', tool('@biomejs', 'biome', 'bin', 'biome'), ['check', '.']) },
  unit: { packages: [], run: unitStage },
  rules: { packages: [], run: () => mochaStage('rules', {}, 120_000) },
  real: {
    packages: ['engine', 'registry', 'ssh', 'podman'],
    why: async () => (await whyNoEngineOrRegistry()) ?? whyNoRegistry({ tls: true }),
    run: async () => mochaStage('real', (await startParts()).env, 1_800_000),
  },
  vscode: hostStage('vscode', 'newest'),
  // The suites of the extension host once more, in the first VS Code that the manifest admits.
  oldest: hostStage('oldest', 'oldest'),
  ui: {
    packages: ['engine', 'registry', 'editor', 'browser'],
    why: () => whyNoWorkbench(),
    run: async () => {
      const [env] = await Promise.all([sampleParts(), built(), installCodeServer((line) => say('ui', line))]);
      rmSync(join(root, 'out', 'screenshots'), { recursive: true, force: true });
      return mochaStage('ui', { ...env, DOCKNOTES_TEST_VSIX: vsix }, 1_500_000);
    },
  },
};

/**
 * The order in which stages begin. As many run side by side as two cores allow, and whichever ends makes room for the next: so
 * those that take longest stand before those that can fill what is left of the time.
 */
const order = ['ui', 'types', 'lint', 'unit', 'rules', 'real', 'oldest', 'vscode'];
const sideBySide = 2;
/** Left out at a desk unless it is named: installing that VS Code takes as long as the rest of the tests' parts together. */
const inCiOnly = ['oldest'];
const inCi = /^(1|true)$/.test(process.env.CI ?? '');

const words = process.argv.slice(2).filter((word) => word !== '--');
const mochaFlags = words.filter((word, index) => !(word in stages) || words[index - 1] === '--grep');
const wanted = words.filter((word) => !mochaFlags.includes(word));
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    endStages();
  });
}

const runs: StageRun[] = [];
let began = performance.now();
try {
  await sweepTemporary();
  const chosen = order.filter((name) => (wanted.length > 0 ? wanted.includes(name) : inCi || !inCiOnly.includes(name)));
  await installSystemPackages(
    chosen.flatMap((name) => stages[name]?.packages ?? []),
    (line) => say('system', line),
  );
  began = performance.now();
  const waiting = [...chosen];
  await Promise.all(Array.from({ length: sideBySide }, () => runLane(waiting)));
} finally {
  for (const part of parts.reverse()) {
    await part.stop().catch((error: unknown) => say('end', String(error)));
  }
  // Parts that tests started themselves and could not end.
  await sweepTemporary();
}
const { lines, good } = summary({ stages: runs, seconds: secondsSince(began), whole: wanted.length === 0, inCi });
console.log(lines.join('\n'));
process.exit(good && !interrupted ? 0 : 1);

/** Runs one stage after the other, each the first of those that still wait. */
async function runLane(waiting: string[]): Promise<void> {
  for (let name = waiting.shift(); name && !interrupted; name = waiting.shift()) {
    const stage = stages[name];
    if (stage) {
      const start = performance.now();
      const result = await runStage(name, stage);
      runs.push({ name, seconds: secondsSince(start), result });
    }
  }
}

/** What cannot run here counts as skipped, and what fails before its tests begin as failed. */
async function runStage(name: string, { why, run }: Stage): Promise<StageResult> {
  const reason = await why?.();
  if (reason) {
    say(name, `- skipped: ${reason}`);
    return { ...nothing, skipped: 1 };
  }
  try {
    return await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(name, `✖ ${message}`);
    return { ...nothing, failed: 1, failures: [{ title: name, message }] };
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

function mochaStage(name: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<StageResult> {
  return runMocha(name, [...flagsOf(name), ...filesOf(name)], env, limitMs);
}

/** The unit tests in two processes, of which each takes every other file: a person waits for them between two changes. */
async function unitStage(): Promise<StageResult> {
  const files = filesOf('unit');
  const halves = [0, 1].map((half) => files.filter((_, index) => index % 2 === half)).filter((half) => half.length > 0);
  return joined(
    await Promise.all(
      halves.map((half, index) => runMocha(`unit ${index + 1}`, [...flagsOf('unit'), ...half], {}, 300_000)),
    ),
  );
}

/** The files of a stage, or those of them that were named. */
function filesOf(name: string): string[] {
  const named = mochaFlags.filter((flag) => flag.includes(`test/${name}/`));
  return named.length > 0 ? named : globSync(`test/${name}/**/*.test.ts`, { cwd: root }).sort();
}

function flagsOf(name: string): string[] {
  const timeout = name === 'unit' || name === 'rules' ? '5000' : '60000';
  return ['--timeout', timeout, ...mochaFlags.filter((flag) => !/^test\/.*\.ts$/.test(flag))];
}

/** The suites of the extension host, in one edition of VS Code. */
function hostStage(name: string, edition: Edition): Stage {
  return {
    packages: ['engine', 'registry', 'editor', 'browser'],
    why: () => whyNoWorkbench(edition),
    run: async () => {
      const install = installCodeServer((line) => say(name, line), edition);
      const [env] = await Promise.all([sampleParts(), built(), install]);
      const script = join(root, 'test', 'vscode', 'run.ts');
      return runCounted(name, script, [], { ...env, DOCKNOTES_TEST_EDITION: edition }, 480_000);
    },
  };
}

/** An engine and registries of a stage's own, and the environment variables that name them (`parts/run/environment.ts` reads them). */
async function startParts() {
  const users = { alice: 's3cret' };
  const engine = await testEngine();
  const all = !whyNoRegistry({ users, tls: true });
  const [plain, login, tls] = await Promise.all([
    started(startRegistry({ engine: engine.api })),
    all ? started(startRegistry({ users })) : undefined,
    all ? started(startRegistry({ users, tls: true })) : undefined,
  ]);
  const env = {
    ...withoutDocker().env,
    DOCKNOTES_TEST_ENGINE: engine.url,
    DOCKNOTES_TEST_REGISTRY: plain.address,
    DOCKNOTES_TEST_REGISTRY_AUTH: login?.address,
    DOCKNOTES_TEST_REGISTRY_USER: 'alice',
    DOCKNOTES_TEST_REGISTRY_PASSWORD: users.alice,
    DOCKNOTES_TEST_REGISTRY_TLS: tls?.address,
    DOCKNOTES_TEST_REGISTRY_CA: tls?.certificates?.ca,
  };
  return { engine, plain, env };
}

/** The same with the sample in the engine and in the registry that asks for no login, for a stage that shows a workbench. */
async function sampleParts(): Promise<NodeJS.ProcessEnv> {
  const { engine, plain, env } = await startParts();
  const [remove] = await Promise.all([fillEngine(engine.api), fillRegistry(plain), ensureShellLessImage(engine.api)]);
  parts.push({ stop: remove });
  // As a person types it.
  return { ...env, DOCKNOTES_TEST_REGISTRY: `localhost:${plain.port}` };
}

/** A private engine where one can run, else the one that the machine has. */
async function testEngine() {
  if (!whyNoPrivateEngine()) {
    return await started(startEngine());
  }
  const existing = await existingEngine();
  if (!existing) {
    throw new Error(whyNoPrivateEngine());
  }
  return { url: existing.url, api: dockerApi(existing.url) };
}

async function whyNoEngineOrRegistry(): Promise<string | undefined> {
  const reason = whyNoPrivateEngine();
  const existing = reason ? await existingEngine() : undefined;
  return existing || !reason ? whyNoRegistry(existing && { engine: existing.api }) : reason;
}

async function whyNoWorkbench(edition?: Edition): Promise<string | undefined> {
  return (await whyNoEngineOrRegistry()) ?? whyNoCodeServer(edition) ?? whyNoBrowser();
}

async function started<T extends Part>(part: Promise<T>): Promise<T> {
  const value = await part;
  parts.push(value);
  return value;
}

function once<T>(work: () => T): () => T {
  let result: T | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

function tool(...path: string[]): string {
  return join(root, 'node_modules', ...path);
}
