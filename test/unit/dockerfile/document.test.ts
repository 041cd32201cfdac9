// Versions of a document, and places in it.
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
import type { Position } from '../../../src/dockerfile/lsp.ts';
import { createTranslate } from '../../../src/model/l10n.ts';
import { readCorpus } from './corpus.ts';
import { random } from './random.ts';

const context = { notes: { get: () => undefined }, t: createTranslate({}) };

/** The nodes without what is derived. */
function shape(document: Dockerfile): unknown {
  return { nodes: document.nodes, offsets: document.offsets, lines: document.lines, escape: document.escape };
}

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
