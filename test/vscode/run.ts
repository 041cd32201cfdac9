// Runs the suites of test/vscode in the extension host of a real VS Code: of code-server, or of a desktop one.
//
//   DOCKNOTES_TEST_VSCODE=desktop   downloads the desktop VS Code and uses that (Windows, macOS, or with a display)
//   DOCKNOTES_TEST_VSCODE=/path     uses this program
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from '../parts/process.ts';
import { makeWorkspace } from '../parts/sample.ts';
import { temporaryFolder } from '../parts/temporary.ts';

const workspace = temporaryFolder('workspace');
const engine = process.env.DOCKNOTES_TEST_ENGINE ?? '';
const registry = process.env.DOCKNOTES_TEST_REGISTRY;
makeWorkspace(workspace, { engine, registries: registry ? [registry] : [] });
try {
  const code = await runTests({
    ...program(),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'out', 'test-vscode', 'index'),
    launchArgs: [workspace, '--disable-extensions'],
  });
  process.exitCode = code;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
}

function program(): { vscodeExecutablePath?: string } {
  const wanted = process.env.DOCKNOTES_TEST_VSCODE;
  if (wanted === 'desktop') {
    return {};
  }
  return { vscodeExecutablePath: wanted ?? join(root, 'test', 'parts', 'codeServerLauncher.ts') };
}
