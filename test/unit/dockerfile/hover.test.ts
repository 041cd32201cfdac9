// Every probe is answered with the right key and range, every key is reached, and silence is kept elsewhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { HOVER_KEYS } from '../../../src/dockerfile/catalog.ts';
import { parseDockerfile, positionAt } from '../../../src/dockerfile/document.ts';
import { type HoverContext, hoverAt } from '../../../src/dockerfile/hover.ts';
import { keyAt } from '../../../src/dockerfile/locate/keyAt.ts';
import { type NoteLanguage, parseNote } from '../../../src/dockerfile/note.ts';
import { createTranslate } from '../../../src/model/l10n.ts';
import { PROBES, SILENT } from './probes.ts';

/** Notes that hold nothing but their key. */
const notes: HoverContext['notes'] = {
  get: (key) => ({ key, title: key, summary: 'Summary.', field: [], links: [{ text: 'Page', url: 'https://x.org/' }] }),
};
const context: HoverContext = { notes, t: createTranslate({}) };

function read(marked: string): { text: string; at: number } {
  const at = marked.indexOf('¦');
  return { text: marked.slice(0, at) + marked.slice(at + 1), at };
}

describe('dockerfile: hover probes', () => {
  it('there are at least 150', () => {
    assert.ok(PROBES.length >= 150, `only ${PROBES.length}`);
  });

  it('ask for the right key with the exact range', async () => {
    const wrong: string[] = [];
    for (const { text: marked, key, covers } of PROBES) {
      const { text, at } = read(marked);
      const document = parseDockerfile(text);
      const hover = await hoverAt(document, positionAt(document, at), context);
      const target = keyAt(document, at);
      const covered = target && text.slice(target.span.start, target.span.end);
      if (target?.key !== key || covered !== covers || !hover) {
        wrong.push(`${JSON.stringify(marked)}: ${target?.key} ${JSON.stringify(covered)}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  for (const language of ['en', 'zh-cn'] satisfies NoteLanguage[]) {
    it(`are answered from the notes that ship: ${language}`, async () => {
      const shipped: HoverContext['notes'] = {
        get: (key) => {
          const file = new URL(`../../../media/notes/${language}/${key}.md`, import.meta.url);
          return parseNote(key, readFileSync(file, 'utf8'), language);
        },
      };
      for (const { text: marked, key } of PROBES) {
        const { text, at } = read(marked);
        const document = parseDockerfile(text);
        const hover = await hoverAt(document, positionAt(document, at), { ...context, notes: shipped });
        assert.ok(hover?.contents.value.includes(shipped.get(key)?.summary ?? '\0'), `${marked}: ${key}`);
      }
    });
  }

  it('reach every key that has a note', () => {
    const reached = new Set(PROBES.map(({ key }) => key));
    assert.deepEqual(
      HOVER_KEYS.filter((key) => !reached.has(key)),
      [],
    );
    assert.deepEqual(
      [...reached].filter((key) => !HOVER_KEYS.includes(key)),
      [],
    );
  });

  it('find nothing where nothing is known', async () => {
    const found: string[] = [];
    for (const marked of SILENT) {
      const { text, at } = read(marked);
      const document = parseDockerfile(text);
      const target = keyAt(document, at);
      if (target || (await hoverAt(document, positionAt(document, at), context))) {
        found.push(`${JSON.stringify(marked)}: ${target?.key}`);
      }
    }
    assert.deepEqual(found, []);
  });
});
