// Measures the extension inside the extension host; test/bench/product.ts starts it and reads the figures.

import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { until } from '../parts/until.ts';
import { api, engineApi } from './suite/support.ts';

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('docknotes.docknotes');
  const output = process.env.DOCKNOTES_BENCH_OUTPUT;
  if (!extension || !output) {
    throw new Error('The extension or DOCKNOTES_BENCH_OUTPUT is missing.');
  }
  // What activating any extension costs here: the way through the editor's processes and back.
  const others = vscode.extensions.all.filter(
    ({ id, isActive, packageJSON }) => id.startsWith('vscode.') && !isActive && packageJSON.main,
  );
  const small: number[] = [];
  for (const other of others.slice(0, 5)) {
    small.push(await timed(() => other.activate()));
  }
  const builtIn = small.sort((a, b) => a - b)[Math.floor(small.length / 2)] ?? Number.NaN;
  const before = process.memoryUsage().rss;
  const activation = await timed(() => extension.activate());
  let containers = 0;
  const rows = await timed(async () => {
    containers = (await (await api()).containers()).length;
  });
  await vscode.commands.executeCommand('docknotes.containers.focus');
  await (await api()).images();
  const rawList = await timed(() => engineApi('GET', '/containers/json?all=1'));
  const memory = (process.memoryUsage().rss - before) / 2 ** 20;
  const document = await vscode.workspace.openTextDocument({ language: 'dockerfile', content: 'FROM busybox\n' });
  const hoverReady = await timed(() =>
    until(async () => {
      const at = new vscode.Position(0, 1);
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      return found.length > 0;
    }),
  );
  writeFileSync(output, JSON.stringify({ activation, builtIn, memory, rows, rawList, containers, hoverReady }));
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
