// Every probe is answered with the right key and range, every key is reached, and silence is kept elsewhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'mocha';
import { HOVER_KEYS } from '../../../src/dockerfile/catalog.ts';
import { offsetAt, parseDockerfile, positionAt } from '../../../src/dockerfile/document.ts';
import { type HoverContext, hoverAt } from '../../../src/dockerfile/hover.ts';
import { keyAt, pointedAt } from '../../../src/dockerfile/locate/keyAt.ts';
import type { Position } from '../../../src/dockerfile/lsp.ts';
import { type NoteLanguage, parseNote } from '../../../src/dockerfile/note.ts';
import { createTranslate } from '../../../src/model/l10n.ts';
import { needCorpus, readCorpus } from './corpus.ts';
import { PROBES, SILENT } from './probes.ts';
import { random, randomText } from './random.ts';

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

describe('dockerfile: a hover between two characters', () => {
  for (const [marked, covers] of [
    // Just behind a word, where the cursor is after typing.
    ['FROM¦ alpine', 'FROM'],
    ['FROM alpine¦', 'alpine'],
    ['FROM alpine¦\nRUN ls', 'alpine'],
    ['FROM alpine¦ AS b', 'alpine'],
    ['FROM alpine AS¦ b', 'AS'],
    ['FROM alpine\nRUN¦', 'RUN'],
    ['FROM alpine\nCO\\\nPY¦ a /b', 'CO\\\nPY'],
    ['FROM alpine\nCO¦\\\nPY a /b', 'CO\\\nPY'],
    ['FROM alpine\nENV V=1 W="$V¦"', '$V'],
    ['FROM alpine\nENV V=1 W=$V¦', '$V'],
    ['FROM alpine\nENV V=1\nRUN echo $V¦ \\\n  x', '$V'],
    ['FROM alpine\nENV V=1\nRUN <<E\necho $V¦\nE', '$V'],
    ['FROM alpine\nWORKDIR $V¦/x', '$V'],
    ['FROM alpine:$V¦-slim', '$V'],
    ['FROM alpine\nRUN --mount¦=type=cache,target=/c ls', '--mount'],
    ['FROM alpine\nRUN --mount=type¦=cache,target=/c ls', 'type'],
    ['FROM alpine\nRUN --mount=type=cache¦,target=/c ls', 'cache'],
    ['FROM alpine\nEXPOSE 80¦', '80'],
    ['FROM alpine\nEXPOSE 80¦/udp', '80'],
    ['FROM alpine\nSTOPSIGNAL SIGTERM¦', 'SIGTERM'],
    ['FROM alpine\nRUN apt-get¦ update', 'apt-get'],
    ['# syntax=docker/dockerfile:1¦\nFROM alpine', 'docker/dockerfile:1'],
    // The builder's names have letters of any script, a shell's have those of ASCII.
    ['FROM alpine\nENV A=1 B=$¦Aé', '$Aé'],
    ['FROM alpine\nENV A¦é=1', 'Aé'],
    ['FROM alpine\nRUN echo $¦Aé', '$A'],
    ['FROM alpine\nRUN <<E\necho $¦Aé\nE', '$A'],
    ['FROM alpine\nCOPY <<E /a\n$¦Aé\nE', '$Aé'],
    // The backslash is no escape character here.
    ['# escape=`\nFROM alpine\nRUN --mount=type=bind,target=C:\\src\\ apt-¦get update', 'apt-get'],
    ['FROM alpine\nONBUILD ONBUILD RUN apt-¦get update', 'apt-get'],
    ['FROM alpine\nONBUILD ONB¦UILD RUN apt-get update', 'ONBUILD'],
    // What begins there comes first.
    ['FROM alpine\nENV A=1 B=2 C=$A¦$B', '$B'],
    ['FROM alpine\n¦RUN ls', 'RUN'],
    // The quotes are part of the word that they are around.
    ['FROM alpine\nLABEL ¦"baz"="bat"', '"baz"'],
    ['FROM alpine\nLABEL "¦baz"="bat"', 'baz'],
    ['FROM alpine\nLABEL "baz"¦="bat"', '"baz"'],
    ['FROM ¦"alpine" AS a', '"alpine"'],
    ['FROM "alp¦ine" AS a', 'alpine'],
    ['FROM alpine\nSTOPSIGNAL ¦"SIGTERM"', '"SIGTERM"'],
    ['FROM alpine\nENV ¦"A"=1', '"A"'],
    ['FROM alpine AS a\nFROM alpine\nCOPY --from=¦"a" /b /c', '"a"'],
  ] as const) {
    it(`${JSON.stringify(marked)} is about ${JSON.stringify(covers)}`, async () => {
      const { text, at } = read(marked);
      const document = parseDockerfile(text);
      const position = positionAt(document, at);
      const hover = await hoverAt(document, position, context);
      assert.ok(hover, 'there is no hover');
      assert.equal(text.slice(offsetAt(document, hover.range.start), offsetAt(document, hover.range.end)), covers);
    });
  }

  it('has a range that holds the position, whatever is hovered', async () => {
    const next = random(4);
    const texts = [
      ...PROBES.map(({ text }) => read(text).text),
      ...Array.from({ length: 200 }, () => randomText(next, 200)),
    ];
    for (const text of texts) {
      const document = parseDockerfile(text);
      for (let offset = 0; offset <= text.length; offset++) {
        // The editor knows no position within a line end.
        const position = positionAt(document, offsetAt(document, positionAt(document, offset)));
        const hover = await hoverAt(document, position, context);
        const { start, end } = hover?.range ?? { start: position, end: position };
        const holds = !isAfter(start, position) && !isAfter(position, end);
        assert.ok(holds, `${JSON.stringify(text)} at ${offset}: ${JSON.stringify(hover?.range)}`);
      }
    }
  });

  describe('in real files', () => {
    before(function () {
      needCorpus(this);
    });

    it('has a range that holds the position', () => {
      for (const { name, text } of readCorpus()) {
        const document = parseDockerfile(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const span = pointedAt(document, offset)?.span ?? { start: offset, end: offset };
          assert.ok(span.start <= offset && offset <= span.end, `${name} at ${offset}`);
        }
      }
    });
  });
});

function isAfter(one: Position, other: Position): boolean {
  return one.line > other.line || (one.line === other.line && one.character > other.character);
}
