// Everything in these suites happens where there is no docker program, for our code and in the editor's terminals.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';

describe('without the docker program', () => {
  it('neither docker nor podman is on PATH in the extension host', () => {
    for (const program of ['docker', 'podman']) {
      const { error } = spawnSync(program, ['--version']);
      assert.ok(error && 'code' in error && error.code === 'ENOENT', `${program} can be run`);
    }
  });

  it('nor in the terminals of the window', async () => {
    const folder = mkdtempSync(join(tmpdir(), `docknotes-found-${process.pid}-`));
    const file = join(folder, 'found');
    const shellArgs = [
      '-c',
      'for p in docker podman sh; do command -v $p; done > "$1.part"; mv "$1.part" "$1"',
      '-',
      file,
    ];
    const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh', shellArgs });
    try {
      const found = await until(async () => read(file));
      assert.match(found, /^\/\S*\/sh\n$/);
    } finally {
      terminal.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
