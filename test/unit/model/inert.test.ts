// Text that VS Code would read as a link or an icon, made harmless without being changed for the eye.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addressPath, pathOf } from '../../../src/model/files/uri.ts';
import { inert, plain, unlinked } from '../../../src/model/text.ts';

/** What VS Code makes a link of (1.100 and 1.139): brackets, and at once in parentheses an address of these schemes. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: (["']).+?\1)?\)/i;
/** What it makes an icon of. */
const icon = /\$\([a-z\d-]+(?:~[a-z]+)?\)/i;

const acting = [
  '[Fix it](command:docknotes.runImage?%5B%22busybox%22%5D)',
  'denied: [a](COMMAND:x) and [b](command:y "Title") and [c](file:///etc/passwd)',
  '[page](https://evil.test/x) [page](http://evil.test "Sign in")',
  '[[nested](command:a)](command:b)',
  '[](command:a)[b](command:c)',
  '[a\u2060](command:a)',
  '$(trash) all is gone $(sync~spin)',
  '$($(x)) [$(x)](command:a)',
];

describe('inert text', () => {
  it('holds nothing that VS Code would make a link or an icon of', () => {
    for (const text of acting) {
      assert.match(text, new RegExp(`${link.source}|${icon.source}`, 'i'), 'the text acts before');
      assert.doesNotMatch(inert(text), link);
      assert.doesNotMatch(inert(text), icon);
    }
  });

  it('reads as before', () => {
    for (const text of acting) {
      assert.equal(plain(inert(text)), plain(text));
    }
  });

  it('is the very same text where nothing would act', () => {
    for (const text of [
      '',
      'exec: "[1,2](3)": not found',
      'f[0](x) [a] (command:x) [a]: command:x',
      '/srv/app/[id]/(group)/page.tsx',
      'costs $5 (or less), $HOME, ${X}',
      'see https://example.test/a_(b) and <command:x>',
    ]) {
      assert.equal(inert(text), text);
    }
  });

  it('keeps what a shell reads where only links would act', () => {
    assert.equal(unlinked('use $(pwd), ${X} or [a](b)'), 'use $(pwd), ${X} or [a](b)');
    assert.doesNotMatch(unlinked(acting[0] ?? ''), link);
  });

  it('stays as it is when it goes through once more', () => {
    for (const text of acting) {
      assert.equal(inert(inert(text)), inert(text));
    }
  });

  it('takes time in proportion to its length', () => {
    for (const piece of [
      '[',
      ']',
      '](',
      '](a',
      '](<',
      '] (',
      '[a](command:',
      '$',
      '$(',
      '$(a',
      '\u2060',
      ']\u2060',
      '](\n',
      'a',
      '(',
    ]) {
      const perKilobyte = [20, 200].map((kilobytes) => {
        const text = piece.repeat((kilobytes * 1024) / piece.length);
        const started = performance.now();
        inert(text);
        pathOf(addressPath(text));
        return (performance.now() - started) / kilobytes;
      });
      assert.ok(Math.max(...perKilobyte) < 1, `${JSON.stringify(piece)}: ${perKilobyte.join(', ')} ms a KB`);
    }
  });
});

describe('paths in addresses', () => {
  const paths = [
    '/a',
    '/x/[Fix it](command:a)',
    '/]\u2060(b',
    '/]\u2060\u2060(b',
    '/](',
    '/]](((',
    '/[id]/(group)',
    '/\u2060(',
  ];

  it('lead back to the file, whatever its name', () => {
    for (const path of paths) {
      assert.equal(pathOf(addressPath(path)), path);
    }
    assert.equal(new Set(paths.map(addressPath)).size, paths.length);
  });

  it('are no links', () => {
    for (const text of acting) {
      assert.doesNotMatch(addressPath(text), link);
    }
  });
});
