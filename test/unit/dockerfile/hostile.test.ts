// Holds the parser and the hover to their promise for any text: no throw, no hang, nothing lost.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type Dockerfile,
  MAX_LENGTH,
  offsetAt,
  openDockerfile,
  parseDockerfile,
  positionAt,
  update,
} from '../../../src/dockerfile/document.ts';
import { hoverAt } from '../../../src/dockerfile/hover.ts';
import { keyAt } from '../../../src/dockerfile/locate/keyAt.ts';
import type { Position } from '../../../src/dockerfile/lsp.ts';
import { createTranslate } from '../../../src/model/l10n.ts';
import { readCorpus } from './corpus.ts';
import { PROBES } from './probes.ts';
import { random, randomText } from './random.ts';

const context = { notes: { get: () => undefined }, t: createTranslate({}) };

/** Parses, reads the text back and points at some places. */
function survive(text: string, places: readonly number[] = [0, 1, 7, text.length >> 1, text.length]): Dockerfile {
  const document = parseDockerfile(text);
  assert.ok(document.nodes.map((node) => node.text).join('') === text, 'the text does not come back');
  for (const place of places) {
    keyAt(document, place);
  }
  return document;
}

/** The nodes without what is derived. */
function shape(document: Dockerfile): unknown {
  return { nodes: document.nodes, offsets: document.offsets, lines: document.lines, escape: document.escape };
}

describe('dockerfile: any text whatever', () => {
  it('is parsed: random characters, NUL, lone surrogates', () => {
    const next = random(1);
    for (let round = 0; round < 400; round++) {
      const text = randomText(next, 200);
      const document = survive(text);
      for (let offset = 0; offset <= text.length; offset++) {
        keyAt(document, offset);
      }
    }
  });

  it('is parsed when cut off at every offset', () => {
    const texts = readCorpus()
      .filter((_, index) => index % 60 === 3)
      .map(({ text }) => text.slice(0, 2500));
    for (const text of [...texts, ...PROBES.map((probe) => probe.text.replace('¦', ''))]) {
      for (let length = 0; length <= text.length; length++) {
        survive(text.slice(0, length), [length - 1, length]);
      }
    }
  });

  it('is answered by hover without a throw', async () => {
    const next = random(2);
    for (let round = 0; round < 60; round++) {
      const document = parseDockerfile(randomText(next, 300));
      for (let offset = 0; offset < document.text.length; offset += 3) {
        await hoverAt(document, positionAt(document, offset), context);
      }
    }
  });

  for (const [name, text] of [
    ['a line of 10 MB', `FROM alpine\nRUN echo ${'x '.repeat(5_000_000)}`],
    ['a word of 10 MB', `FROM alpine\nENV A=${'x'.repeat(10_000_000)}`],
    ['100,000 open substitutions', `FROM alpine\nENV A=${'${a:-'.repeat(100_000)}`],
    ['100,000 closed substitutions', `FROM alpine\nENV A=${'${a:-'.repeat(100_000)}${'}'.repeat(100_000)}`],
    ['100,000 substitutions in a shell', `FROM alpine\nRUN echo ${'$('.repeat(100_000)}`],
    ['100,000 brackets', `FROM alpine\nRUN ${'['.repeat(100_000)}`],
    ['100,000 nested triggers', 'ONBUILD '.repeat(100_000)],
    ['100,000 flags', `FROM alpine\nRUN ${'--mount=type=cache '.repeat(100_000)}ls`],
    ['100,000 heredocs', `FROM alpine\nRUN ${'<<E '.repeat(100_000)}\n${'E\n'.repeat(100_000)}`],
    ['100,000 quotes', `FROM alpine\nENV A=${'"'.repeat(100_001)}`],
    ['100,000 continuations', `FROM alpine\nRUN ${'a \\\n'.repeat(100_000)}`],
    ['100,000 stages', 'FROM a AS b\n'.repeat(100_000)],
    ['a chain of 20,000 stages', Array.from({ length: 20_000 }, (_, i) => `FROM s${i} AS s${i + 1}\n`).join('')],
    ['a pattern of 10 MB', `FROM alpine\nENV A=b B=\${A/${'x'.repeat(10_000_000)}}\nENV C=$B`],
    [
      'patterns full of stars',
      `FROM alpine\nENV A=${'a'.repeat(250)}\n${`ENV B=\${A//${'*a'.repeat(14)}b/}\n`.repeat(500)}RUN $B`,
    ],
    ['100,000 names without a value', `FROM alpine\nARG ${'name '.repeat(100_000)}\nRUN echo $name`],
    ['a comment of blanks', `# check=a${' '.repeat(100_000)}b\nFROM a\n# check=a${' '.repeat(100_000)}b\nFROM b`],
    ['50,000 stages of one name', 'FROM a AS b\nCOPY --from=b /c /d\n'.repeat(50_000)],
    ['16,000 relative WORKDIRs', `FROM scratch\n${'WORKDIR ab\n'.repeat(16_000)}WORKDIR ab`],
    ['1 MB of lone carriage returns', 'RUN a\r'.repeat(170_000)],
    ['1 MB of lone carriage returns in one instruction', `FROM alpine\nRUN a \\\n${'#a\r'.repeat(340_000)}\n b`],
    ['variables that double', `FROM alpine\nENV A=x\n${'ENV A=$A$A\n'.repeat(200)}ENV B=$A`],
  ] as const) {
    it(`is parsed and answered in time: ${name}`, async function () {
      this.timeout(4000);
      const document = survive(text);
      for (const offset of [text.length - 1, text.length >> 1, 40]) {
        await hoverAt(document, positionAt(document, offset), context);
      }
    });
  }
});

describe('dockerfile: an edit', () => {
  it('gives what parsing the new text gives', () => {
    const next = random(3);
    const pieces = [
      ...[
        '',
        'x',
        '\n',
        '\\\n',
        '# c\n',
        'RUN <<EOF\n',
        'EOF\n',
        'FROM a AS b\n',
        ' \\',
        '\r\n',
        '# escape=`\n',
        '`\n',
      ],
      ...['\r', '"', '<<', '\ufeff', 'RUN a \\\n  b\n', '\n\n'],
    ];
    for (const { text } of readCorpus().filter((_, index) => index % 25 === 7)) {
      let document = parseDockerfile(text.slice(0, 4000));
      for (let round = 0; round < 60; round++) {
        const from = next(document.text.length + 1);
        const to = Math.min(document.text.length, from + (next(3) === 0 ? next(40) : 0));
        const range = { start: positionAt(document, from), end: positionAt(document, to) };
        const changed = update(document, [{ range, text: pieces[next(pieces.length)] ?? '' }]);
        assert.deepEqual(shape(changed), shape(parseDockerfile(changed.text)));
        document = changed;
      }
    }
  });

  it('leaves the nodes elsewhere as they are', () => {
    const document = parseDockerfile('FROM alpine\nRUN a\nRUN b\nRUN c\nRUN d\n');
    const position = { line: 2, character: 5 };
    const changed = update(document, [{ range: { start: position, end: position }, text: '2' }]);
    assert.equal(changed.text, 'FROM alpine\nRUN a\nRUN b2\nRUN c\nRUN d\n');
    assert.deepEqual(
      changed.nodes.map((node, index) => node === document.nodes[index]),
      [true, true, false, true, true],
    );
  });

  it('without a range replaces the text; several are made in turn', () => {
    const at = (line: number, character: number) => ({ line, character });
    const document = update(parseDockerfile('FROM a'), [
      { text: 'FROM alpine\nRUN a\n' },
      { range: { start: at(1, 4), end: at(1, 5) }, text: 'b' },
      { range: { start: at(9, 0), end: at(9, 9) }, text: 'CMD ["c"]' },
    ]);
    assert.equal(document.text, 'FROM alpine\nRUN b\nCMD ["c"]');
  });
});

describe('dockerfile: a document that is too long', () => {
  const line = 'RUN echo $A hello\n';
  const long = `FROM alpine\nRUN <<E\n${line.repeat(MAX_LENGTH / line.length)}E\n`;
  const said = 'This Dockerfile is longer than 2 MB, too long to be explained.';
  const at = (lineNumber: number, character: number) => ({ line: lineNumber, character });

  async function hoverText(document: Dockerfile, position: Position): Promise<string | undefined> {
    return (await hoverAt(document, position, context))?.contents.value;
  }

  it('is not parsed, and a hover says so', async () => {
    const document = openDockerfile(long);
    assert.equal(document.text, long);
    assert.deepEqual(await hoverAt(document, at(5, 3), context), {
      contents: { kind: 'markdown', value: said },
      range: { start: at(5, 3), end: at(5, 3) },
    });
    assert.ok((await hoverText(openDockerfile(long.slice(0, MAX_LENGTH)), at(0, 8)))?.includes('In full'));
  });

  it('is explained once an edit makes it short enough, and no more once one makes it too long', async () => {
    const cut = update(openDockerfile(long), [{ range: { start: at(2, 0), end: at(5, 0) }, text: '' }]);
    assert.equal(cut.text, long.slice(0, 20) + long.slice(20 + 3 * line.length));
    assert.ok((await hoverText(cut, at(0, 8)))?.includes('In full'));
    const again = update(cut, [{ range: { start: at(2, 0), end: at(2, 0) }, text: line.repeat(3) }]);
    assert.equal(again.text, long);
    assert.equal(await hoverText(again, at(0, 8)), said);
    assert.equal(await hoverText(update(cut, [{ text: long }]), at(0, 8)), said);
  });

  it('of 50 MB is answered at once', async function () {
    this.timeout(4000);
    const document = openDockerfile(`FROM alpine\nRUN <<E\n${line.repeat(2_800_000)}E\n`);
    assert.equal(
      await hoverText(update(document, [{ range: { start: at(1, 0), end: at(1, 0) }, text: '\n' }]), at(3, 5)),
      said,
    );
  });

  it('has the lines of any other, whatever ends them', () => {
    const text = `FROM a\r\nRUN b\rc\n${'x'.repeat(MAX_LENGTH)}`;
    const document = openDockerfile(text);
    for (const offset of [0, 3, 8, 13, 14, 15, 16, 17, text.length]) {
      assert.equal(offsetAt(document, positionAt(document, offset)), offset);
    }
    assert.deepEqual(positionAt(document, 17), at(3, 1));
  });
});

describe('dockerfile: positions', () => {
  it('go to offsets and back, whatever ends the lines', () => {
    for (const text of ['', 'a', 'FROM a\r\nRUN b\rc\n\n# d', '\ufeffFROM a\nRUN b', 'RUN <<E\na\r\nE\nRUN c']) {
      const document = parseDockerfile(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const inLineEnd = text.charAt(offset - 1) === '\r' && text.charAt(offset) === '\n';
        if (!inLineEnd) {
          assert.equal(offsetAt(document, positionAt(document, offset)), offset, JSON.stringify(text));
        }
      }
    }
    const document = parseDockerfile('FROM a\nRUN b\n');
    assert.equal(offsetAt(document, { line: 0, character: 99 }), 6);
    assert.equal(offsetAt(document, { line: 99, character: 0 }), 13);
  });
});
