// The notes: every one of the agreed form, in both languages, reachable, and none missing.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HOVER_KEYS } from '../../src/dockerfile/catalog.ts';
import { parseNote } from '../../src/dockerfile/note.ts';
import { createTranslate } from '../../src/model/l10n.ts';
import { withSourcesWritten } from '../../src/model/notes/citations.ts';
import { filesIn, read } from './files.ts';

const languages = ['en', 'zh-cn'] as const;
const keysIn = (language: string) =>
  filesIn(`media/notes/${language}`, '.md').map((path) => path.replace(/^.*\/|\.md$/g, ''));
const keys = keysIn('en');

/** Families that a hover never asks for by itself: error help, the run form, and the chapters that notes and views link to. */
const otherFamilies = ['error', 'run', 'image', 'registry', 'engine'];
/** Families whose notes show by example how it is done. */
const needExample = ['instruction', 'flag', 'mount', 'topic', 'shell'];

describe('notes', () => {
  it('exist in both languages', () => {
    assert.deepEqual(keysIn('zh-cn'), keys, 'media/notes/en and media/notes/zh-cn must hold the same files');
  });

  it('exist for every key that a hover can ask for', () => {
    const missing = HOVER_KEYS.filter((key) => !keys.includes(key));
    assert.deepEqual(missing, [], 'write these notes in media/notes/en and media/notes/zh-cn');
  });

  it('can all be reached', () => {
    const hovered = new Set(HOVER_KEYS);
    const unreachable = keys.filter((key) => !hovered.has(key) && !otherFamilies.includes(key.split('.')[0] ?? ''));
    assert.deepEqual(unreachable, [], 'nothing leads to these notes: add their keys to src/dockerfile/catalog.ts');
  });

  it('that the code and the welcome texts link to exist', () => {
    const sources = [...filesIn('src', '.ts'), 'package.nls.json', 'package.nls.zh-cn.json'].map(read).join('\n');
    const linked = [...sources.matchAll(/note: '([a-z0-9.-]+)'|openNote\?%5B%22([a-z0-9.-]+)%22%5D/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    );
    assert.deepEqual(
      linked.filter((key) => !keys.includes(key)),
      [],
    );
  });

  it('have sources that pages describe as the table for contributors does', () => {
    const table = read('media/notes/README.md').matchAll(/^\| `\[(00\d)\]` \| (\w+) \| (.*) \|$/gm);
    const rows = [...table].map(([, number, language, strength]) => ({ number, text: `in ${language}: ${strength}` }));
    assert.ok(rows.length >= 5);
    for (const { number, text } of rows) {
      const page = withSourcesWritten(`[${number}]`, createTranslate({}));
      assert.ok(
        page.includes(`- Set ${Number(number)}, ${text}\n`),
        `src/model/notes/citations.ts says otherwise: ${page}`,
      );
    }
  });

  for (const language of languages) {
    describe(language, () => {
      for (const key of keys) {
        it(key, () => check(key, language));
      }
    });
  }
});

function check(key: string, language: 'en' | 'zh-cn'): void {
  const text = read(`media/notes/${language}/${key}.md`);
  const note = parseNote(key, text, language);
  const family = key.split('.')[0] ?? '';
  const longest = family === 'instruction' ? 2000 : 1500;
  assert.ok(text.length <= longest, `is ${text.length} characters long; at most ${longest} fit into a hover`);
  assert.ok(note.summary.length <= 300, `its summary is ${note.summary.length} characters long; at most 300`);
  assert.ok(note.links.length > 0, 'needs a link to the reference');
  for (const { url } of note.links) {
    assert.match(url, /^https:\/\//);
  }
  for (const lesson of note.field) {
    assert.match(lesson, /(\[00[0-4]\])+[.。]?$/, `name the source of the lesson, such as [003]: ${lesson}`);
  }
  if (needExample.includes(family)) {
    assert.ok(note.example, 'needs an example');
  }
  assert.doesNotMatch(
    text.replace(/```[\s\S]*?```|`[^`]*`/g, ''),
    /<[a-z/!]|\]\(command:|!\[/i,
    'no HTML, images or command links',
  );
  if (language === 'zh-cn') {
    assert.doesNotMatch(text, /您/);
    assert.match(note.summary, /[\u4e00-\u9fff]/, 'is not in Chinese');
  }
}
