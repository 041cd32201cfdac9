// Runs the suites of test/vscode in the extension host of a real VS Code: of code-server, or of a desktop one.
//
//   DOCKNOTES_TEST_VSCODE=desktop   downloads the desktop VS Code and uses that (Windows, macOS, or with a display)
//   DOCKNOTES_TEST_VSCODE=/path     uses this program
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from '../parts/machine/process.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { makeWorkspace } from '../parts/sample/content.ts';

const folder = temporaryFolder('vscode');
const workspace = join(folder, 'workspace');
const output = join(folder, 'output.txt');
const engine = process.env.DOCKNOTES_TEST_ENGINE ?? '';
const registry = process.env.DOCKNOTES_TEST_REGISTRY;
makeWorkspace(workspace, { engine, registries: registry ? [registry] : [] });
const following = follow(output);
try {
  const code = await runTests({
    ...program(),
    extensionTestsEnv: { DOCKNOTES_TEST_OUTPUT: output },
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'out', 'test-vscode', 'index'),
    launchArgs: [workspace, '--disable-extensions'],
  });
  process.exitCode = code;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  following.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Prints what the reporter in the extension host writes into a file, as it comes. */
function follow(file: string): { end(): void } {
  let printed = 0;
  const print = () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    process.stdout.write(text.slice(printed));
    printed = text.length;
  };
  const timer = setInterval(print, 300);
  return {
    end: () => {
      clearInterval(timer);
      print();
    },
  };
}

function program(): { vscodeExecutablePath?: string } {
  const wanted = process.env.DOCKNOTES_TEST_VSCODE;
  if (wanted === 'desktop') {
    return {};
  }
  return { vscodeExecutablePath: wanted ?? join(root, 'test', 'parts', 'editor', 'launcher.ts') };
}
