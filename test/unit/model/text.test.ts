// Text from outside, made safe to show.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addressPath, pathOf } from '../../../src/model/files/uri.ts';
import { escapeMarkdown, inert, plain, unlinked } from '../../../src/model/text.ts';
import { acting, icon, link } from './actingText.ts';

describe('text', () => {
  it('makes text plain', () => {
    assert.equal(plain('a\u001b[31;1mb\u001b[0mc\u001b]0;title\u0007d\u009b2Je\nf\tg\u202eh\u200bi'), 'abcde f ghi');
    assert.equal(plain('a\u00adb\u3164c\u{e0041}d\u{e0100}e\u206af\u034fg'), 'abcdefg');
    assert.equal(plain('👩‍👧 می‌خواهم ❤️'), '👩‍👧 می‌خواهم ❤️', 'emoji and scripts need joiners and selectors');
    assert.equal(plain('x'.repeat(10), 5), 'xxxx…');
    assert.equal(plain('😀😀😀', 2), '😀…');
    assert.equal(plain(`${'\u001b[0m'.repeat(10)}end`, 3), 'end');
  });

  it('makes Markdown inert', () => {
    const escaped = escapeMarkdown(
      '**b** [l](command:x) <img src=x> $(trash) `c` # h\n- i ![a](b) https://a.b www.a.b',
    );
    for (const live of ['**b**', '](', '<img', '$(', '://', 'www.', '\n', '`c`']) {
      assert.ok(!escaped.replaceAll(/\\./g, '').includes(live), `${live} in ${escaped}`);
    }
  });
});

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
        // The least of some, since the first has the code compiled, and another program may have the processor meanwhile.
        const times = [1, 2, 3].map(() => {
          const started = performance.now();
          inert(text);
          pathOf(addressPath(text));
          return performance.now() - started;
        });
        return Math.min(...times) / kilobytes;
      });
      assert.ok(Math.max(...perKilobyte) < 1, `${JSON.stringify(piece)}: ${perKilobyte.join(', ')} ms a KB`);
    }
  });
});
