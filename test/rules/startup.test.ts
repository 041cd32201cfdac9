// Nothing heavy is loaded before it is used: what the start of the extension imports, and with it all that this imports.
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type Import, readImports } from './imports.ts';

/** Loaded with `import()` by what needs them. */
const later = [
  /^src\/commands\//,
  /^src\/steps\//,
  /^src\/engine\/(api\/|connect\.ts|connection\/(dockerode|exchange|reach|ssh)\.ts)/,
  /^src\/model\/run\/findLines\.ts$/,
  /^src\/registry\/(api\/client|change\/deferred|known\/(loadedLater|probe|tagFacts)|own\/setup)\.ts$/,
  /^src\/vscode\/language\/startClient\.ts$/,
];

describe('start of the extension', () => {
  let imports: readonly Import[];
  before(function () {
    this.timeout(60_000);
    imports = readImports().filter(({ kind }) => kind === 'load');
  });

  it('loads no command, no connection to the engine or a registry, no language client, and no package', () => {
    const files = new Set(['src/extension.ts']);
    for (const file of files) {
      for (const { to } of imports.filter(({ from }) => from === file)) {
        const way = `${file} imports ${to}; use import() where it is needed, or import its types only`;
        assert.ok(to.startsWith('src/') || to.startsWith('node:') || to === 'vscode', way);
        assert.ok(!later.some((pattern) => pattern.test(to)), way);
        if (to.startsWith('src/')) {
          files.add(to);
        }
      }
    }
    assert.ok(files.size > 50, 'the imports of src/extension.ts were not found');
  });
});
