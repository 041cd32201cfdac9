// What must agree: manifest, code, README tables and both translations. Each failure says what to add where.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filesIn, read, readJson } from './files.ts';

interface Manifest {
  contributes: {
    commands: { command: string; title: string; icon?: string }[];
    menus: Record<string, { command?: string; submenu?: string; when?: string }[]>;
    submenus: { id: string }[];
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string }[];
    configuration: { properties: Record<string, unknown> };
  };
}

const manifest = readJson('package.json') as unknown as Manifest;
const { commands, menus, submenus, views, viewsWelcome, configuration } = manifest.contributes;
const ids = commands.map(({ command }) => command.replace('docknotes.', '')).sort();
const english = readJson('package.nls.json');
const chinese = readJson('package.nls.zh-cn.json');
const bundle = readJson('l10n/bundle.l10n.zh-cn.json');

describe('manifest', () => {
  it('has exactly the commands of src/commands/index.ts, and each is in a file of its name', () => {
    const exported = [...read('src/commands/index.ts').matchAll(/export \{ (\w+) \} from '\.\/(?:\w+\/)+(\w+)\.ts'/g)];
    for (const [, name, file] of exported) {
      assert.equal(name, file, `src/commands/${file}.ts must export ${file}`);
    }
    const names = exported.map(([, name]) => name ?? '').sort();
    assert.deepEqual(
      ids,
      names,
      'add what is missing to contributes.commands in package.json, or to src/commands/index.ts',
    );
    const files = filesIn('src/commands', '.ts')
      .map((path) => path.replace(/^.*\/|\.ts$/g, ''))
      .filter((f) => f !== 'index')
      .sort();
    assert.deepEqual(files, names, 'every file of src/commands has its line in src/commands/index.ts');
  });

  it('uses only commands and views that it declares, in menus and welcome texts', () => {
    for (const [menu, entries] of Object.entries(menus)) {
      for (const { command, submenu } of entries) {
        const declared = submenu
          ? submenus.some(({ id }) => id === submenu)
          : ids.includes(command?.replace('docknotes.', '') ?? '');
        assert.ok(declared, `${menu}: ${command ?? submenu} is not in contributes.commands or contributes.submenus`);
      }
    }
    const declared = Object.values(views)
      .flat()
      .map(({ id }) => id);
    for (const { view } of viewsWelcome) {
      assert.ok(declared.includes(view), `viewsWelcome: ${view} is not in contributes.views`);
    }
    for (const text of [...Object.values(english), ...Object.values(chinese)].map(String)) {
      for (const [, id] of text.matchAll(/\(command:docknotes\.(\w+)/g)) {
        assert.ok(
          id && ids.includes(id),
          `a welcome text links to docknotes.${id}, which is not in contributes.commands`,
        );
      }
    }
  });

  it('has the views that the code shows', () => {
    const shown = filesIn('src/views', '.ts').flatMap((file) =>
      [...read(file).matchAll(/^\s+id: '(\w+)',/gm)].map(([, id]) => `docknotes.${id}`),
    );
    assert.deepEqual(
      Object.values(views)
        .flat()
        .map(({ id }) => id)
        .sort(),
      shown.sort(),
    );
  });

  it('has the settings that the code reads', () => {
    const used = [...read('src/vscode/settings.ts').matchAll(/\.get<[^>]+>\('([\w.]+)'\)/g)].map(
      ([, key]) => `docknotes.${key}`,
    );
    assert.deepEqual(Object.keys(configuration.properties).sort(), [...new Set(used)].sort());
  });
});

describe('README', () => {
  const readme = read('README.md');

  it('has every command in its table, with options and result', () => {
    // Settings have a table of two columns.
    const rows = [...readme.matchAll(/^\| `docknotes\.(\w+)` (?:\|.*){3}\|$/gm)].map(([, id]) => id ?? '').sort();
    assert.deepEqual(rows, ids, 'the command table of README.md must have one row for each command of the manifest');
  });

  it('names every setting', () => {
    for (const key of Object.keys(configuration.properties)) {
      assert.ok(readme.includes(`\`${key}\``), `README.md does not explain ${key}`);
    }
  });
});

describe('translations', () => {
  it('of the manifest: both files have exactly the keys that it uses', () => {
    const used = [...new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''))].sort();
    assert.deepEqual(Object.keys(english).sort(), used, 'package.nls.json');
    assert.deepEqual(Object.keys(chinese).sort(), used, 'package.nls.zh-cn.json');
  });

  it('of the messages: the Chinese bundle has exactly the messages of the code', () => {
    const used = [...new Set(filesIn('src', '.ts').flatMap((file) => messagesIn(read(file))))].sort();
    const missing = used.filter((message) => !(message in bundle));
    const unused = Object.keys(bundle).filter((message) => !used.includes(message));
    assert.deepEqual(missing, [], 'add these to l10n/bundle.l10n.zh-cn.json');
    assert.deepEqual(unused, [], 'remove these from l10n/bundle.l10n.zh-cn.json: nothing says them any more');
  });

  it('of the messages: every place of a message is in its translation', () => {
    for (const [message, translation] of Object.entries(bundle)) {
      const places = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).sort();
      assert.deepEqual([...new Set(places(String(translation)))], [...new Set(places(message))], message);
    }
  });
});

/** The literal first arguments of t(…), also of context.t(…). */
function messagesIn(source: string): string[] {
  const quoted = /\bt\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`)/g;
  return [...source.matchAll(quoted)].map(([, single, double, back]) =>
    (single ?? double ?? back ?? '')
      .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/\\n/g, '\n')
      .replace(/\\(.)/g, '$1'),
  );
}
