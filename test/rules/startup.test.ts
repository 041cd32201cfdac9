// Nothing heavy is loaded before it is used: what the start of the extension imports, and with it all that this imports.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'mocha';
import { read } from './files.ts';

/** Loaded with `import()` by what needs them. */
const later = [
  /^src\/commands\//,
  /^src\/steps\//,
  /^src\/engine\/(api\/|connect\.ts$)/,
  /^src\/model\/run\/findLines\.ts$/,
  /^src\/registry\/(api\/client|change\/deferred|known\/(deferred|probe|tagFacts)|own\/setup)\.ts$/,
  /^src\/vscode\/language\/start\.ts$/,
];

describe('start of the extension', () => {
  it('loads no command, no connection to the engine or a registry, no language client, and no package', () => {
    const files = new Set(['src/extension.ts']);
    for (const file of files) {
      for (const wanted of importsOf(read(file))) {
        const path = wanted.startsWith('.') ? posix.join(posix.dirname(file), wanted) : wanted;
        const way = `${file} imports ${path}; use import() where it is needed, or import its types only`;
        assert.ok(path.startsWith('src/') || path.startsWith('node:') || path === 'vscode', way);
        assert.ok(!later.some((pattern) => pattern.test(path)), way);
        if (path.startsWith('src/')) {
          files.add(path);
        }
      }
    }
    assert.ok(files.size > 50, 'the imports of src/extension.ts were not found');
  });
});

/** What a module loads at once: no types, no `import()`. */
function importsOf(text: string): string[] {
  const statements = text.matchAll(/(?:^|\n)(?:import|export)\s+(?!type\b)([^'";]*?\bfrom\s*)?'([^']+)'/g);
  return [...statements].filter(([, names]) => !onlyTypes(names ?? '')).map(([, , path]) => path ?? '');
}

function onlyTypes(names: string): boolean {
  const list = /^\{([\s\S]*)\}\s*from/
    .exec(names.trim())?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return list?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false;
}
