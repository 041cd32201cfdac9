#!/usr/bin/env node
// A stand-in for the `code` program in extension tests, for @vscode/test-electron's runTests: takes
// `FOLDER --extensionDevelopmentPath=… --extensionTestsPath=…` among its arguments, runs the tests in the extension host
// of code-server, opened in a browser without a window, and exits with their code.
import { resolve } from 'node:path';
import { format } from 'node:util';
import type { Part } from '../machine/process.ts';
import { startBrowser } from './chromium.ts';
import { startCodeServer } from './codeServer.ts';

const limitMs = 7 * 60_000;

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('-'));
const development = option('extensionDevelopmentPath');
const tests = option('extensionTestsPath');
if (!folder || !development || !tests) {
  console.error('Usage: launcher.ts FOLDER --extensionDevelopmentPath=PATH --extensionTestsPath=PATH');
  process.exit(2);
}

const parts: Part[] = [];
let ending: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => end().then(() => process.exit(1)));
}
try {
  const code = await runTests(resolve(folder), resolve(development), resolve(tests));
  await end();
  process.exit(code);
} catch (error) {
  console.error(error);
  await end();
  process.exit(1);
}

async function runTests(workspace: string, extension: string, suite: string): Promise<number> {
  // `--locale` is VS Code's own flag for the display language.
  const locale = option('locale');
  const edition = process.env.DOCKNOTES_TEST_EDITION === 'oldest' ? 'oldest' : 'newest';
  const server = await startCodeServer({ edition, smokeTestDriver: true, ...(locale ? { locale } : {}) });
  parts.push(server);
  const browser = await startBrowser();
  parts.push(browser);
  await browser.reach(server.port);
  const page = await browser.browser.newPage();
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(suite)],
    ['skipWelcome', 'true'],
  ]);
  // The workbench calls the two functions when extension tests run in a browser.
  await page.exposeFunction('codeAutomationLog', (_type: string, values: unknown[]) => {
    // The workbench complains of much that a machine without a network lacks.
    if (process.env.DOCKNOTES_TEST_VERBOSE) {
      console.log(format(...values));
    }
  });
  const code = new Promise<number>((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.once('crash', () => reject(new Error('The browser page has crashed.')));
    setTimeout(() => reject(new Error(`The tests did not end in ${limitMs / 1000} s.`)), limitMs).unref();
  });
  await page.goto(`${server.address(workspace)}&payload=${encodeURIComponent(payload)}`);
  return await code;
}

/** Ends what was started, the last first; a second signal waits for the first one's work. */
function end(): Promise<void> {
  ending ??= (async () => {
    for (const part of parts.reverse()) {
      await part.stop().catch(() => undefined);
    }
  })();
  return ending;
}

function option(name: string): string | undefined {
  return args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}
