// The one test command. It starts the real parts that the stages need, runs the stages, and ends what it started.
//
//   node run.mjs test                        every stage; in CI also the oldest VS Code
//   node run.mjs test real ui                these stages
//   node run.mjs test real -- --grep push    with flags or files for Mocha
import { copyFileSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoBrowser } from './parts/browser.ts';
import { type Edition, installCodeServer, whyNoCodeServer } from './parts/codeServer.ts';
import { dockerApi } from './parts/dockerApi.ts';
import { startEngine, whyNoPrivateEngine } from './parts/engine.ts';
import { existingEngine } from './parts/existing.ts';
import { ensureShellLessImage } from './parts/images.ts';
import { type Part, root } from './parts/process.ts';
import { startRegistry, whyNoRegistry } from './parts/registry.ts';
import { type Failure, nothing, type StageResult } from './parts/reporter.ts';
import { fillEngine, fillRegistry } from './parts/sample.ts';
import { endStages, runCounted, runMocha, runStep, runTool, say } from './parts/stages.ts';
import { installSystemPackages, type SystemPart } from './parts/system.ts';
import { sweepTemporary } from './parts/temporary.ts';
import { hideDocker } from './parts/withoutDocker.ts';

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
  unit: { packages: [], run: () => mochaStage('unit', {}, 120_000) },
  rules: { packages: [], run: () => mochaStage('rules', {}, 60_000) },
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

/** Stages of one lane run one after the other; the lanes side by side, as two cores allow. */
const lanes = [
  ['types', 'lint', 'unit', 'rules', 'real'],
  ['vscode', 'ui', 'oldest'],
];
/** Left out at a desk unless it is named: installing that VS Code takes as long as the rest of the tests' parts together. */
const inCiOnly = ['oldest'];
const inCi = /^(1|true)$/.test(process.env.CI ?? '');

/** Lines of each failure that are said again at the end, where they are found first. */
const mostLines = 25;

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

const results: StageResult[] = [];
try {
  await sweepTemporary();
  const chosen = Object.keys(stages).filter((name) =>
    wanted.length > 0 ? wanted.includes(name) : inCi || !inCiOnly.includes(name),
  );
  await installSystemPackages(
    chosen.flatMap((name) => stages[name]?.packages ?? []),
    (line) => say('system', line),
  );
  await Promise.all(lanes.map((lane) => runLane(lane.filter((name) => chosen.includes(name)))));
} finally {
  for (const part of parts.reverse()) {
    await part.stop().catch((error: unknown) => say('end', String(error)));
  }
  // Parts that tests started themselves and could not end.
  await sweepTemporary();
}
report();

async function runLane(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const stage = stages[name];
    if (!stage || interrupted) {
      return;
    }
    const reason = await stage.why?.();
    if (reason) {
      say(name, `- skipped: ${reason}`);
      results.push({ ...nothing, skipped: 1 });
      continue;
    }
    try {
      results.push(await stage.run());
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      say(name, `✖ ${message}`);
      results.push({ ...nothing, failed: 1, failures: [{ title: name, message }] });
    }
  }
}

/** Ends with exactly one line of counts. What could not run fails in CI, where nothing may be missing. */
function report(): void {
  sayAgain(
    'Run once more, since it failed:',
    results.flatMap((result) => result.repeated),
  );
  sayAgain(
    'Failed:',
    results.flatMap((result) => result.failures),
  );
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[key], 0);
  const bad = interrupted || sum('failed') > 0 || (inCi && sum('skipped') > 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exit(bad ? 1 : 0);
}

function sayAgain(heading: string, failures: readonly Failure[]): void {
  if (failures.length > 0) {
    console.log(`\n${heading}`);
  }
  for (const { title, message } of failures) {
    const lines = message.split('\n').slice(0, mostLines);
    console.log([`  ${title}`, ...lines.map((line) => `      ${line}`)].join('\n'));
  }
}

function mochaStage(name: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<StageResult> {
  const named = mochaFlags.filter((flag) => flag.includes(`test/${name}/`));
  const flags = mochaFlags.filter((flag) => !/^test\/.*\.ts$/.test(flag));
  const files = named.length > 0 ? named : globSync(`test/${name}/**/*.test.ts`, { cwd: root }).sort();
  const timeout = name === 'unit' || name === 'rules' ? '5000' : '60000';
  // Real parts on a busy machine miss a click or a limit now and then; what fails twice has failed.
  const retries = name === 'ui' || name === 'real' ? ['--retries', '1'] : [];
  return runMocha(name, ['--timeout', timeout, ...retries, ...flags, ...files], env, limitMs);
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

/** An engine and registries of a stage's own, and the environment variables that name them (`parts/environment.ts` reads them). */
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
