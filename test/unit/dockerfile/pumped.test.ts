// Holds every parser and analysis of Dockerfiles to time in proportion to the text, whatever is pumped up in it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, describe, it } from 'mocha';
import { code, codes } from '../../../src/dockerfile/describe/markdown.ts';
import { type Dockerfile, instructionsOf, parseDockerfile, positionAt } from '../../../src/dockerfile/document.ts';
import { hoverAt } from '../../../src/dockerfile/hover.ts';
import { ignoredBy, parseIgnore } from '../../../src/dockerfile/ignore.ts';
import { joinPath } from '../../../src/dockerfile/meaning/directory.ts';
import { expand } from '../../../src/dockerfile/meaning/expand.ts';
import { replace, trimFinish, trimStart } from '../../../src/dockerfile/meaning/glob.ts';
import { parseNote } from '../../../src/dockerfile/note.ts';
import { readFlags, readOptions } from '../../../src/dockerfile/syntax/flags.ts';
import { parseJson } from '../../../src/dockerfile/syntax/json.ts';
import { isModifier, lex, unquote } from '../../../src/dockerfile/syntax/lex.ts';
import { countLines, findHeredocs, scanPrologue } from '../../../src/dockerfile/syntax/scan.ts';
import { blankWords, properties, quotedWords } from '../../../src/dockerfile/syntax/words.ts';
import { createTranslate } from '../../../src/model/l10n.ts';
import { msPerKilobyte, type Pumped, pumpedStrings, stopwatch } from '../../parts/pumped.ts';

/** Milliseconds that a parser may take for a kilobyte: some fifty times what they take, as other programs run beside. */
const MAX_MS_PER_KILOBYTE = 1;
/** What took no longer is not measured again. */
const ENOUGH = 0.5;
const context = { notes: { get: () => undefined }, t: createTranslate({}) };
const all = (text: string) => ({ start: 0, end: text.length });

/** Every exported function that reads a text, by its name; what comes after a comma is another way to call it. */
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseDockerfile,
  scanPrologue,
  countLines: (text) => countLines(text, 0, text.length),
  findHeredocs,
  unquote,
  isModifier,
  lex: (text) => lex(text, 0, text.length, { escape: 92, words: true }),
  'lex, a heredoc for a shell': (text) => lex(text, 0, text.length, { escape: 92, quotes: false, letters: 'ascii' }),
  parseJson: (text) => parseJson(`["${text}`, 0, text.length + 2),
  readFlags: (text) => readFlags(`--a=${text}`, 0, '\\'),
  readOptions: (text) => readOptions(text, all(text)),
  blankWords: (text) => blankWords(text, all(text)),
  quotedWords: (text) => quotedWords(text, all(text), '\\'),
  properties: (text) => properties(text, all(text), '\\', true),
  expand: (text) => expand(text, all(text), '\\', () => ({ text: 'abcabcabc' })),
  trimStart: (text) => trimStart(text.slice(0, 200), text.slice(0, 30), true),
  trimFinish: (text) => trimFinish(text.slice(0, 200), text.slice(0, 30), false),
  replace: (text) => replace(text.slice(0, 200), text.slice(0, 30), text, true),
  joinPath: (text) => joinPath(text, text),
  parseIgnore,
  'ignoredBy, the rules': (text) => ignoredBy(parseIgnore(text), 'a/b/c'),
  'ignoredBy, the path': (text) => ignoredBy(parseIgnore('a/**/b*c\n!*a\n**a*'), text),
  code,
  codes: (text) => codes([text, text]),
  parseNote: (text) => {
    try {
      parseNote('a', `# a\nb\n## Syntax\n${text}`, 'en');
    } catch {
      // It is no note.
    }
  },
};

/** What else the folder exports; the hovers below call all of it that reads a document. */
const READ_BY_HOVERS = new Set([
  ...['baseChain', 'baseFactsOf', 'commandOf', 'createdBy', 'describe', 'describeDefinition', 'describeImage'],
  ...['describeSource', 'describeStage', 'describeVariable', 'docComment', 'effectiveCommand', 'findArgument'],
  ...['findFlag', 'findImageOrStage', 'findInExecForm', 'findInScript', 'findInShellForm', 'findStage'],
  ...['findStageName', 'findVariable', 'findVariableInBody', 'flagsEnd', 'fullName', 'globalValues', 'globalsOf'],
  ...['heredocUse', 'hoverAt', 'instructionsOf', 'keyAt', 'lineOf', 'logicalOf', 'lookUp', 'nodeIndexAt', 'offsetAt'],
  ...['pointedAt', 'positionAt', 'rangeOf', 'scanBody', 'shebangLine', 'stageAt', 'stagesOf', 'standsAlone', 'stateAt'],
  ...['bottomFactsOf', 'compose', 'describeInstruction', 'describeUser', 'exposedPorts', 'folderSentences'],
  ...[
    'formSentences',
    'instructionsIn',
    'lastOfItsName',
    'newsOf',
    'portSentence',
    'portsOf',
    'shellAt',
    'sourceSentences',
  ],
  ...['startOf', 'stateAtEnd', 'inOneLine', 'link', 'listed'],
  ...[
    'openDockerfile',
    'usesOf',
    'variableKey',
    'argValues',
    'lookupIn',
    'joinSegments',
    'toLogical',
    'toText',
    'skipName',
  ],
  // No readers of texts.
  ...['atQuotes', 'holds', 'insideQuotes', 'isBlank', 'isSpace', 'memo', 'own', 'signTable', 'skipPlain', 'skipSpace'],
  ...['trimEnd', 'directoryAt', 'partitionPoint', 'pathOf', 'startSentences', 'step', 'update'],
]);

const TEXTS = [...pumpedStrings([4_000, 100_000])];
const SHORTER = [...pumpedStrings([1_000, 25_000])];

/** Where a text stands in a Dockerfile. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `# check=${text}\nFROM a\n`,
  (text) => `FROM a\n# check=${text}\nRUN b`,
  (text) => `FROM ${text}\nRUN b`,
  (text) => `FROM a AS ${text}\nCOPY --from=${text} b c`,
  (text) => `FROM a\nRUN ${text}\nRUN b`,
  (text) => `FROM a\nRUN b ${text}\nSHELL ["${text}"]`,
  (text) => `FROM a\nRUN --mount=type=bind,${text} b`,
  (text) => `FROM a\nRUN <<E\n${text}\nE\n`,
  (text) => `FROM a\nCOPY <<E /b\n${text}\nE\n`,
  (text) => `FROM a\nCMD ["sh", "-c", "${text}"]`,
  (text) => `FROM a\nHEALTHCHECK ${text}`,
  (text) => `FROM a\nENV A=${text} B=$A\nWORKDIR $B`,
  (text) => `FROM a\nENV ${text}\nLABEL ${text}`,
  (text) => `ARG ${text}\nFROM a\nARG ${text}`,
  (text) => `FROM scratch\nWORKDIR ${text}\nWORKDIR b`,
  (text) => `FROM a\nRUN useradd ${text}\nUSER ${text}`,
  (text) => `FROM a\nEXPOSE ${text}\nSTOPSIGNAL ${text}`,
  (text) => `FROM a\nCOPY ${text} /b`,
  (text) => `FROM a\nONBUILD ${text}`,
];

/** Lines that lead from one to the next; each is repeated together with each other one. */
const LINES = [
  ...['', 'FROM a AS b', 'FROM b AS a', 'FROM scratch', 'ARG A=$A', 'ARG A', 'ENV A=$A$A', 'ENV A=b B=$A', 'WORKDIR b'],
  ...['WORKDIR ../$A', 'USER c', 'RUN useradd c', 'COPY --from=b c d', 'RUN --mount=from=b,target=/c ls', 'RUN $A \\'],
  ...['# A b', 'SHELL ["a"]', 'RUN <<E\n$A\nE', 'ONBUILD ONBUILD \\', '\r', 'LABEL "a"=b'],
];

/** Hovers at the beginning, in the middle and at the end, and answers how many times. */
async function hoverEverywhere(document: Dockerfile): Promise<number> {
  const { length } = document.text;
  const instructions = instructionsOf(document);
  const last = instructions.at(-1);
  const start = last ? (document.offsets[last.index] ?? 0) : 0;
  const places = [8, length >> 1, length, start, start + 4, start + 12];
  for (const offset of places) {
    await hoverAt(document, positionAt(document, offset), context);
  }
  return places.length;
}

interface Found {
  readonly name: string;
  readonly ms: number;
}

describe('dockerfile: time for pumped texts', () => {
  let slowest = { name: '', ms: 0 };

  function check(name: string, worst: Found): void {
    assert.ok(worst.ms <= MAX_MS_PER_KILOBYTE, `${name} takes ${worst.ms.toFixed(2)} ms a KB for ${worst.name}`);
    slowest = worst.ms > slowest.ms ? { name: `${name}, for ${worst.name}`, ms: worst.ms } : slowest;
  }

  after(() => {
    console.log(`    The slowest: ${slowest.name}: ${slowest.ms.toFixed(2)} ms a KB`);
  });

  it('is taken for every exported function', async () => {
    const folder = new URL('../../../src/dockerfile/', import.meta.url);
    const known = new Set([...Object.keys(PARSERS).map((name) => name.split(',')[0]), ...READ_BY_HOVERS]);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    )) {
      const module = (await import(new URL(file, folder).href)) as Record<string, unknown>;
      for (const [name, value] of Object.entries(module)) {
        assert.ok(typeof value !== 'function' || known.has(name), `${name} of ${file} is not in this sweep`);
      }
    }
  });

  for (const [name, work] of Object.entries(PARSERS)) {
    it(`is in proportion to the text: ${name}`, function () {
      this.timeout(60_000);
      check(name, slowestOf(TEXTS, work));
    });
  }

  for (const [index, place] of PLACES.entries()) {
    it(`is in proportion to the text: hovers of ${JSON.stringify(place('…'))}`, async function () {
      this.timeout(60_000);
      // Each text stands in one place of four, since a hover does more than a parser.
      const texts = SHORTER.filter((_, each) => each % 4 === index % 4);
      check(`a hover of ${JSON.stringify(place('…'))}`, await slowestHover(texts, place));
    });
  }

  it('is in proportion to the text: hovers of lines again and again', async function () {
    this.timeout(60_000);
    const texts: Pumped[] = [];
    for (const first of LINES) {
      for (const second of LINES) {
        const lines = `${first}\n${second}\n`;
        texts.push({ name: JSON.stringify(lines), text: lines.repeat(20_000 / lines.length) });
      }
    }
    check('a hover', await slowestHover(texts, (text) => text));
    check('a hover below a stage', await slowestHover(texts, (text) => `FROM scratch AS b\n${text}`));
  });
});

/** The slowest of many texts. */
function slowestOf(texts: readonly Pumped[], work: (text: string) => unknown): Found {
  let worst = { name: '', ms: 0 };
  for (const { name, text } of texts) {
    const ms = msPerKilobyte(text, work, { enough: ENOUGH });
    worst = ms > worst.ms ? { name, ms } : worst;
  }
  return worst;
}

/** The same for a parse and the hovers that follow it: the time of one of them. */
async function slowestHover(texts: readonly Pumped[], place: (text: string) => string): Promise<Found> {
  let worst = { name: '', ms: 0 };
  for (const { name, text } of texts) {
    let ms = Number.POSITIVE_INFINITY;
    for (let run = 0; ms > ENOUGH && run < 10; run++) {
      const elapsed = stopwatch();
      const actions = 1 + (await hoverEverywhere(parseDockerfile(place(text))));
      ms = Math.min(ms, elapsed() / actions / (text.length / 1024));
    }
    worst = ms > worst.ms ? { name, ms } : worst;
  }
  return worst;
}
