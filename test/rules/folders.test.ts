// Where files are: no folder holds more than one can take in, no name says again what its folder says, and the unit tests
// stand where the code stands.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { filesIn, root } from './files.ts';
import { floors, openNames, openTests, testsOfFolders } from './rooms.ts';

const maxFiles = 20;

const sources = filesIn('src', '.ts');

describe('folders', () => {
  it(`of src hold ${maxFiles} files at most`, () => {
    const sizes = [...new Set(sources.map(dirname))].map((folder) => ({
      folder,
      length: sources.filter((file) => dirname(file) === folder).length,
    }));
    assert.deepEqual(
      sizes
        .filter(({ length }) => length > maxFiles)
        .map(({ folder, length }) => `${folder} has ${length} files: give those that belong together a folder`),
      [],
    );
  });

  it('are not named again by the files in them', () => {
    // A command's file has the name of the command.
    const named = sources.filter((file) => !file.startsWith('src/commands/') && repeatsFolder(file));
    assert.deepEqual(
      named
        .filter((file) => !openNames.includes(file))
        .map((file) => `${file} repeats its folder: name it by what it is among the others there`),
      [],
    );
    goneFrom(openNames, named);
  });

  it('of src/commands hold every command', () => {
    assert.deepEqual(
      sources
        .filter((file) => dirname(file) === 'src/commands' && basename(file) !== 'index.ts')
        .map((file) => `${file} is in no room: move it to the folder of its noun, as src/commands/images`),
      [],
    );
  });

  it('of src and of test/unit are the same', () => {
    const elsewhere = filesIn('test/unit', '.ts').filter((file) => !mirrors(file) && !testsOfFolders.includes(file));
    assert.deepEqual(
      elsewhere
        .filter((file) => !openTests.includes(file))
        .map(
          (file) =>
            `${file} is named as no file and no folder of src: put it as what it tests, or list it among testsOfFolders of test/rules/rooms.ts`,
        ),
      [],
    );
    goneFrom(openTests, elsewhere);
  });

  it('at the top of src are the floors', () => {
    const known = [...Object.keys(floors), 'extension.ts', 'platform.d.ts'];
    const strangers = new Set(sources.map((file) => file.split('/')[1] ?? '').filter((top) => !known.includes(top)));
    assert.deepEqual(
      [...strangers].map((top) => `src/${top} is no floor: move it to one, or give it its line in test/rules/rooms.ts`),
      [],
    );
  });
});

/** A test is about `src/a/b.ts` or all of `src/a/b`; what tests share stands in a folder that src has. */
function mirrors(file: string): boolean {
  const path = join(root, file.replace(/^test\/unit\b/, 'src'));
  return file.endsWith('.test.ts')
    ? existsSync(path.replace(/\.test\.ts$/, '.ts')) || existsSync(path.replace(/\.test\.ts$/, ''))
    : existsSync(dirname(path));
}

/** Whether a word of the name is the folder's, in the singular or the plural. */
function repeatsFolder(file: string): boolean {
  const folder = singular(basename(dirname(file)).toLowerCase());
  const words = basename(file, '.ts').split(/(?=[A-Z])/);
  return [...words, words.join('')].some((word) => singular(word.toLowerCase()) === folder);
}

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/s$/, '');
}

/** Fails where what is listed as still open is mended. */
function goneFrom(open: readonly string[], found: readonly string[]): void {
  assert.deepEqual(
    open
      .filter((file) => !found.includes(file))
      .map((file) => `${file} is mended: take its line off the list in test/rules/rooms.ts`),
    [],
  );
}
