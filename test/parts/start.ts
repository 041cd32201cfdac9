// `npm start`: the product, running, on real parts with a small sample. Ctrl-C ends everything that was started here.
//
//   npm start                     in a browser
//   npm start -- --desktop        in the desktop VS Code of this machine
//   npm start -- --locale zh-cn   with Simplified Chinese as the display language
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installCodeServer, startCodeServer, whyNoCodeServer } from './editor/codeServer.ts';
import { openDesktop, whyNoDesktop } from './editor/desktop.ts';
import { ensureVsix } from './editor/vsix.ts';
import type { DockerApi } from './engine/api.ts';
import { startEngine, whyNoPrivateEngine } from './engine/docker.ts';
import { existingEngine } from './engine/existing.ts';
import { installSystemPackages } from './machine/packages.ts';
import { alive, type Part, root } from './machine/process.ts';
import { endProcessesOf, sweepTemporary } from './machine/temporary.ts';
import { startRegistry, whyNoRegistry } from './registry/distribution.ts';
import { fillEngine, fillRegistry, makeWorkspace } from './sample/content.ts';

const { values: options } = parseArgs({
  options: { desktop: { type: 'boolean', default: false }, locale: { type: 'string' } },
});
/** What outlives a run, so that the next start takes seconds. */
const data = join(root, '.parts');
const workspace = join(data, 'workspace');
const claim = join(data, 'start.pid');
const parts: Part[] = [];

const interrupt = new AbortController();
const interrupted = new Promise<void>((resolve) => {
  interrupt.signal.addEventListener('abort', () => resolve());
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort());
}

claimCheckout();
let exitCode = 0;
const starting = start();
try {
  await Promise.race([starting.then(({ closed }) => closed), interrupted]);
} catch (error) {
  if (!interrupt.signal.aborted) {
    console.error(`Docknotes could not be started. ${error instanceof Error ? error.message : String(error)}`);
    exitCode = 1;
  }
}
interrupt.abort();
say('Ending what was started …');
// What is on its way up can be taken down only once it is up.
await Promise.race([starting.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 15_000))]);
for (const part of parts.reverse()) {
  await part.stop().catch((error: unknown) => say(String(error)));
}
rmSync(claim, { force: true });
process.exit(exitCode);

/** `closed` settles when the person has closed the desktop window; with a browser it never does. */
async function start(): Promise<{ closed: Promise<void> }> {
  // What a run that was killed has left behind.
  await endProcessesOf(data);
  await sweepTemporary();
  const existing = await existingEngine();
  await installSystemPackages(
    ['registry', ...(existing ? [] : (['engine'] as const)), ...(options.desktop ? [] : (['editor'] as const))],
    say,
  );
  const reason =
    (options.desktop ? whyNoDesktop() : whyNoCodeServer()) ?? (existing ? undefined : whyNoPrivateEngine());
  if (reason) {
    throw new Error(reason);
  }
  const [vsix] = await Promise.all([
    ensureVsix(say),
    startSample(existing),
    options.desktop ? undefined : installCodeServer(say),
  ]);
  interrupt.signal.throwIfAborted();
  return options.desktop ? await showDesktop(vsix) : await showBrowser(vsix);
}

/** The engine that is there or a private one, and a registry, both filled, and the workspace that points at them. */
async function startSample(existing: { url: string; api: DockerApi } | undefined): Promise<void> {
  say(existing ? `Using the engine at ${existing.url}.` : 'Starting a private engine …');
  const engine = existing ?? (await started(startEngine({ data: join(data, 'engine') })));
  const reason = whyNoRegistry({ engine: engine.api });
  if (reason) {
    throw new Error(reason);
  }
  interrupt.signal.throwIfAborted();
  const registry = await started(startRegistry({ data: join(data, 'registry'), port: 5000, engine: engine.api }));
  say(`The registry is at localhost:${registry.port}. Filling both with the sample …`);
  interrupt.signal.throwIfAborted();
  const [remove] = await Promise.all([fillEngine(engine.api), fillRegistry(registry)]);
  if (existing) {
    // A private engine keeps the sample for the next start.
    parts.push({ stop: remove });
  }
  makeWorkspace(workspace, { engine: engine.url, registries: [`localhost:${registry.port}`] });
}

async function showBrowser(vsix: { file: string; digest: string }): Promise<{ closed: Promise<void> }> {
  const folder = join(data, 'code');
  const installed = join(folder, 'installed.sha256');
  const current = existsSync(installed) && readFileSync(installed, 'utf8') === vsix.digest;
  say('Starting VS Code …');
  const server = await started(
    startCodeServer({
      data: folder,
      port: 8300,
      extensions: current ? [] : [vsix.file],
      ...(options.locale ? { locale: options.locale } : {}),
    }),
  );
  writeFileSync(installed, vsix.digest);
  console.log(`\n  Docknotes is ready: ${server.address(workspace)}\n\n  Ctrl-C ends it.\n`);
  return { closed: new Promise(() => undefined) };
}

async function showDesktop(vsix: { file: string }): Promise<{ closed: Promise<void> }> {
  say('Opening VS Code …');
  const desktop = await started(openDesktop({ workspace, vsix: vsix.file, data: join(data, 'desktop') }));
  console.log('\n  Docknotes is ready in the window that has opened.\n\n  Ctrl-C, or closing the window, ends it.\n');
  return { closed: desktop.closed };
}

async function started<T extends Part>(part: Promise<T>): Promise<T> {
  const value = await part;
  parts.push(value);
  return value;
}

/** The data of a private engine can be used by one process at a time. */
function claimCheckout(): void {
  mkdirSync(data, { recursive: true });
  const other = existsSync(claim) ? Number(readFileSync(claim, 'utf8')) : 0;
  if (other > 0 && alive(other)) {
    console.error(`Docknotes was started from this checkout already (process ${other}). End that one first.`);
    process.exit(1);
  }
  writeFileSync(claim, String(process.pid));
}

function say(line: string): void {
  console.log(line);
}
