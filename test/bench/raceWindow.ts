// Windows of a real VS Code in which a sidebar is opened, and what that takes on the screen and in the extension host.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../parts/editor/chromium.ts';
import { startCodeServer } from '../parts/editor/codeServer.ts';
import { capture, type Part, root } from '../parts/machine/process.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { makeWorkspace } from '../parts/sample/content.ts';
import { until } from '../parts/until.ts';

/** Whose sidebar is opened: the product's, or one that shows fixed rows. */
export type Racer = 'Docknotes' | 'Floor';

export interface Opened {
  /** Milliseconds from the click until the first rows are drawn. */
  time: number;
  /** MiB by which the extension host's resident memory has grown once it rests again. */
  growth: number;
  /** Milliseconds of processor time that the extension host took until then. */
  work: number;
}

export interface RaceWindow {
  readonly page: Page;
  /** Clicks the racer's icon and waits for its rows, and until the extension host rests. */
  open(): Promise<Opened>;
  /** Milliseconds of processor time that the extension host takes for `work` and until it rests again. */
  workOf(work: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

export interface Racecourse extends Part {
  /** A new window with an extension host of its own, at rest. */
  window(racer: Racer, engine: string, rows: number): Promise<RaceWindow>;
}

/** Where profiles of the extension host are written, when they are wanted. */
const profiles = process.env.DOCKNOTES_BENCH_PROFILES;

/** What a view needs at the least: rows of the same look, all known beforehand. */
const floor = `
const vscode = require('vscode');
exports.activate = () => {
  const count = vscode.workspace.getConfiguration('floor').get('rows');
  const rows = Array.from({ length: count }, (_, index) => 'race-' + String(index).padStart(5, '0'));
  vscode.window.createTreeView('floor.rows', {
    treeDataProvider: {
      getChildren: (row) => (row === undefined ? rows : []),
      getTreeItem: (row) => {
        const item = new vscode.TreeItem(row, vscode.TreeItemCollapsibleState.Collapsed);
        item.description = 'created';
        item.iconPath = new vscode.ThemeIcon('vm-outline');
        item.contextValue = 'container.created';
        return item;
      },
    },
  });
};`;
const floorManifest = {
  main: 'main.js',
  contributes: {
    viewsContainers: { activitybar: [{ id: 'floor', title: 'Floor', icon: 'icon.svg' }] },
    views: { floor: [{ id: 'floor.rows', name: 'Rows' }] },
    configuration: { properties: { 'floor.rows': { type: 'number', default: 0 } } },
  },
};

/** Tells which process the extension host is, and records what it does where that is wanted. */
const probe = `
const { createServer } = require('node:http');
const { Session } = require('node:inspector');
const { join } = require('node:path');
const vscode = require('vscode');
const session = new Session();
session.connect();
const post = (method, parameters) =>
  new Promise((resolve, reject) => session.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result))));
const answers = {
  '/host': async () => ({ pid: process.pid, memory: process.memoryUsage() }),
  '/start': async () => {
    await post('Profiler.enable');
    await post('Profiler.setSamplingInterval', { interval: 200 });
    await post('Profiler.start');
  },
  '/stop': async () => (await post('Profiler.stop')).profile,
};
exports.activate = () => {
  const [folder] = vscode.workspace.workspaceFolders;
  const server = createServer(async ({ url }, response) => response.end(JSON.stringify((await answers[url]()) ?? null)));
  server.listen(join(folder.uri.fsPath, 'probe.sock'));
};`;
const probeManifest = { main: 'main.js', activationEvents: ['onStartupFinished'] };

/** Starts the editor with the packed extension, the fixed rows and the probe in it. */
export async function startRacecourse(): Promise<Racecourse> {
  const folder = temporaryFolder('race');
  const vsix = join(root, 'dist', 'docknotes.vsix');
  const extensions = [
    vsix,
    await pack(folder, 'floor', floorManifest, floor),
    await pack(folder, 'probe', probeManifest, probe),
  ];
  const [server, browser] = await Promise.all([startCodeServer({ extensions }), startBrowser()]);
  await browser.reach(server.port);
  let count = 0;

  return {
    async window(racer, engine, rows) {
      const workspace = join(folder, String(++count));
      mkdirSync(workspace);
      makeWorkspace(workspace, { engine, registries: [], more: { 'floor.rows': rows } });
      const context = await browser.browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await page.goto(server.address(workspace));
      const tab = page.locator(`.activitybar .action-item:has([aria-label^="${racer}"])`);
      await tab.waitFor({ timeout: 60_000 });
      const ask = askProbe(join(workspace, 'probe.sock'));
      const { pid } = await until('the extension host to start', () => ask<{ pid: number }>('/host'), 60_000);
      await untilAtRest(pid);
      const workOf = async (work: () => Promise<void>) => {
        const before = workBy(pid);
        await work();
        await untilAtRest(pid);
        return workBy(pid) - before;
      };
      return {
        page,
        workOf,
        async open() {
          if (profiles) {
            await ask('/start');
          }
          const before = memoryOf(pid);
          let time = Number.NaN;
          const work = await workOf(async () => {
            const drawn = page.evaluate<number>(firstRows);
            await tab.click();
            time = await drawn;
          });
          const growth = memoryOf(pid) - before;
          if (profiles) {
            mkdirSync(profiles, { recursive: true });
            const profile = JSON.stringify(await ask('/stop'));
            writeFileSync(join(profiles, `${racer}-${rows}-${count}.cpuprofile`), profile);
          }
          return { time, growth, work };
        },
        async close() {
          await context.close();
          rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
        },
      };
    },
    async stop() {
      await browser.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** In the page: the milliseconds from the next click to the frame that shows a container's row. */
const firstRows = `new Promise((resolve) => {
  addEventListener('click', ({ timeStamp }) => {
    const look = () => {
      const rows = document.querySelectorAll('.sidebar .monaco-list-row .label-name');
      if ([...rows].some(({ textContent }) => textContent.startsWith('race-'))) {
        resolve(performance.now() - timeStamp);
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });
})`;

async function pack(parent: string, name: string, manifest: object, code: string): Promise<string> {
  const folder = join(parent, name);
  mkdirSync(folder);
  const about = { name, publisher: 'race', version: '1.0.0', engines: { vscode: '^1.100.0' }, ...manifest };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  writeFileSync(join(folder, 'main.js'), code);
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const program = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const file = join(parent, `${name}.vsix`);
  const quietly = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '-o', file];
  await capture(process.execPath, [program, 'package', ...quietly], { cwd: folder });
  return file;
}

function askProbe(socketPath: string): <T>(path: string) => Promise<T> {
  return (path) =>
    new Promise((resolve, reject) => {
      const asking = request({ socketPath, path }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) {
          chunks.push(chunk as Buffer);
        }
        resolve(JSON.parse(Buffer.concat(chunks).toString()));
      });
      asking.on('error', reject).end();
    });
}

/** Milliseconds of processor time in a tenth of a second that are rest; recording takes some itself. */
const restingWork = profiles ? 40 : 3;

/** Waits until the process has done next to nothing for a second. */
async function untilAtRest(pid: number): Promise<void> {
  let before = workBy(pid);
  let quiet = 0;
  await until(
    'the extension host to rest',
    () => {
      const now = workBy(pid);
      quiet = now - before < restingWork ? quiet + 1 : 0;
      before = now;
      return quiet >= 10;
    },
    60_000,
  );
}

/** Milliseconds of processor time of all threads of a process so far. */
function workBy(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(folder).map((thread) => {
    try {
      return Number(readFileSync(join(folder, thread, 'schedstat'), 'utf8').split(' ')[0]);
    } catch {
      // The thread has ended meanwhile.
      return 0;
    }
  });
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** MiB of resident memory. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
