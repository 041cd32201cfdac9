// Holds the parser and the hover to their promise for any text: no throw, no hang, nothing lost.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Dockerfile, parseDockerfile, positionAt } from '../../../src/dockerfile/document.ts';
import { hoverAt } from '../../../src/dockerfile/hover.ts';
import { keyAt } from '../../../src/dockerfile/locate/keyAt.ts';
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
