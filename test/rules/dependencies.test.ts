// The dependency rule: which folder of src may import what. A breach is printed with the import that makes it.
import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { describe, it } from 'mocha';
import { filesIn, read } from './files.ts';

/** For each folder: the folders and packages that it may import, besides itself. */
const allowed: Record<string, string[]> = {
  model: [],
  local: ['model', 'node'],
  engine: ['model', 'local', 'node'],
  registry: ['model', 'local', 'node', 'engine/types.ts'],
  dockerfile: ['model'],
  server: ['dockerfile', 'model', 'local', 'node', 'vscode-jsonrpc', 'vscode-languageserver-protocol'],
  steps: ['app', 'app.ts', 'model', 'engine/types.ts'],
  commands: ['app', 'app.ts', 'model', 'steps', 'engine/types.ts'],
  views: ['app', 'app.ts', 'model', 'engine/types.ts'],
  vscode: [
    'app',
    'app.ts',
    'model',
    'local',
    'commands',
    'views',
    'engine/types.ts',
    'dockerfile/context.ts',
    'vscode',
    'vscode-languageclient',
    'node',
  ],
  webview: ['model'],
  app: ['model', 'engine/types.ts'],
  'app.ts': [
    'app',
    'model',
    'engine/types.ts',
    'registry/known/catalog.ts',
    'registry/change/editing.ts',
    'registry/known/registries.ts',
    'registry/own/lazy.ts',
  ],
  'api.ts': ['app.ts', 'model'],
};
/** What is imported as types only, besides: the registry's interfaces, and the table of commands. */
const registryTypes = [
  'registry/types.ts',
  'registry/change/cleanup.ts',
  'registry/change/deletion.ts',
  'registry/change/editing.ts',
  'registry/known/catalog.ts',
  'registry/known/registries.ts',
  'registry/own/lazy.ts',
  'registry/own/setup.ts',
];
const typesOnly: Record<string, string[]> = {
  app: ['commands/index.ts'],
  steps: registryTypes,
  commands: registryTypes,
  views: registryTypes,
  vscode: registryTypes,
};
/** Single files that may import more: the door to a package, and the place where all parts meet. */
const exceptions: Record<string, string[]> = {
  'engine/connect.ts': ['dockerode'],
  'registry/trust/hostsToml.ts': ['smol-toml'],
  'registry/own/certificate.ts': ['@peculiar/asn1-schema', '@peculiar/asn1-x509'],
  'registry/own/passwordFile.ts': ['bcryptjs'],
  'extension.ts': ['*'],
};

const imports =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g;

describe('dependency rule', () => {
  for (const file of filesIn('src', '.ts').map((path) => path.slice('src/'.length))) {
    const top = file.split('/')[0] ?? file;
    it(file, () => {
      if (exceptions[file]?.includes('*')) {
        return;
      }
      assert.ok(allowed[top], `src/${top} is not a folder of the house; see DESIGN in CONTRIBUTING.md`);
      for (const match of read(`src/${file}`).matchAll(imports)) {
        const wanted = match[1] ?? match[2] ?? match[3] ?? '';
        const types = /^\s*import type\b/.test(match[0]) ? (typesOnly[top] ?? []) : [];
        const permitted = [...(allowed[top] ?? []), ...(exceptions[file] ?? []), ...types];
        const breach = breachOf(file, top, wanted, permitted);
        assert.equal(breach, undefined, `src/${file} imports '${wanted}': ${breach}`);
      }
    });
  }

  it('commands never import one another', () => {
    for (const file of filesIn('src/commands', '.ts').filter((path) => !path.endsWith('/index.ts'))) {
      const others = [...read(file).matchAll(imports)]
        .map((m) => m[1] ?? '')
        .filter(
          (path) =>
            path.startsWith('.') &&
            !path.includes('/../') &&
            !/^\.\.\/\.\.\/(\.\.\/)?(app|model|steps|engine|registry)\b/.test(path),
        );
      assert.deepEqual(others, [], `${file} imports another command; move what they share to src/steps`);
    }
  });

  it('the language has no Node in it, so that it can run in a web worker', () => {
    for (const file of [...filesIn('src/dockerfile', '.ts'), ...filesIn('src/model', '.ts')]) {
      const found = /(?<![\w.'"`])(process|Buffer|require|__dirname|setImmediate)\s*[.(]/.exec(
        withoutComments(read(file)),
      );
      assert.equal(found?.[1], undefined, `${file} uses ${found?.[1]}`);
    }
  });
});

function breachOf(file: string, top: string, wanted: string, permitted: string[]): string | undefined {
  if (wanted.startsWith('.')) {
    const path = posix.join(posix.dirname(file), wanted);
    const folder = path.split('/')[0] ?? path;
    return folder === top || permitted.includes(folder) || permitted.includes(path)
      ? undefined
      : `${top} may import ${permitted.join(', ') || 'nothing'}`;
  }
  if (wanted.startsWith('node:') || builtinModules.includes(wanted)) {
    return permitted.includes('node') ? undefined : `${top} must do without Node`;
  }
  const name = wanted.startsWith('@') ? wanted.split('/').slice(0, 2).join('/') : (wanted.split('/')[0] ?? wanted);
  return permitted.includes(name) ? undefined : `${top} may not import the package ${name}`;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
