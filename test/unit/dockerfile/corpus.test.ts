// Compares our parser with an independent one and with BuildKit's own answers, on real files.
import assert from 'node:assert/strict';
import { DockerfileParser } from 'dockerfile-ast';
import { before, describe, it } from 'mocha';
import { type Dockerfile, instructionsOf, parseDockerfile } from '../../../src/dockerfile/document.ts';
import { keyAt } from '../../../src/dockerfile/locate/keyAt.ts';
import { stagesOf } from '../../../src/dockerfile/meaning/stages.ts';
import { commandOf, effectiveCommand } from '../../../src/dockerfile/syntax/command.ts';
import { logicalOf } from '../../../src/dockerfile/syntax/logical.ts';
import { properties } from '../../../src/dockerfile/syntax/words.ts';
import { needCorpus, readCorpus, readExpected } from './corpus.ts';

/**
 * Where the independent parser and ours differ, and why ours is what BuildKit does.
 * A file that is not named here must agree in every instruction.
 */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'crafted/copy-heredoc-unterminated':
    'It counts the empty line after the last line end to an instruction that the end of the file cuts off.',
  'crafted/run-heredoc-fd': 'It does not know heredocs with a file descriptor; BuildKit builds the file.',
  'moby__buildkit/frontend/dockerfile/parser/testfiles/env/Dockerfile':
    'It counts the empty line after the last line end to an instruction that the end of the file cuts off.',
  'moby__buildkit/frontend/dockerfile/parser/testfiles/flags/Dockerfile':
    'It takes the -- that ends the flags for a flag, and does not look for flags of CMD, which BuildKit splits off.',
  'moby__buildkit/frontend/dockerfile/parser/testfiles/trailing-backslash/Dockerfile':
    'It takes an escaped backslash at the end of a line for a continuation; BuildKit warns of ENV on lines 7 and 8.',
};

/** The instructions that each of BuildKit's warnings is about. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  LegacyKeyValueFormat: ['env', 'label'],
  MaintainerDeprecated: ['maintainer'],
  JSONArgsRecommended: ['cmd', 'entrypoint'],
  StageNameCasing: ['from'],
  FromAsCasing: ['from'],
  DuplicateStageName: ['from'],
  ReservedStageName: ['from'],
  UndefinedArgInFrom: ['from'],
  InvalidDefaultArgInFrom: ['from'],
  RedundantTargetPlatform: ['from'],
  FromPlatformFlagConstDisallowed: ['from'],
  WorkdirRelativePath: ['workdir'],
  SecretsUsedInArgOrEnv: ['arg', 'env'],
  ExposeInvalidFormat: ['expose'],
  ExposeProtoCasing: ['expose'],
  MultipleInstructionsDisallowed: ['cmd', 'entrypoint', 'healthcheck'],
};

/** Each instruction as keyword, first and last line, flags and heredocs. */
function outline(document: Dockerfile): string[] {
  return instructionsOf(document).map(({ index, instruction }) => {
    const first = (document.lines[index] ?? 0) + 1;
    const last = first + instruction.lines - (instruction.text.endsWith('\n') ? 1 : 0);
    const { flags } = effectiveCommand(commandOf(instruction));
    return `${instruction.name} ${first}-${last} ${flags.length} flags ${instruction.heredocs.length} heredocs`;
  });
}

/** What only some of the peer's instructions have. */
interface PeerParts {
  getTriggerInstruction?(): PeerParts | null;
  getFlags?(): unknown[];
  getHeredocs?(): unknown[];
}

function peerOutline(text: string): string[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => {
      // Its types keep some of these protected.
      const own = instruction as object as PeerParts;
      const parts = own.getTriggerInstruction?.() ?? own;
      const { start, end } = instruction.getRange();
      const flags = parts.getFlags?.().length ?? 0;
      const heredocs = parts.getHeredocs?.().length ?? 0;
      const keyword = instruction.getKeyword().toLowerCase();
      return `${keyword} ${start.line + 1}-${end.line + 1} ${flags} flags ${heredocs} heredocs`;
    });
}

describe('dockerfile: corpus', () => {
  before(function () {
    needCorpus(this);
  });
  const files = readCorpus();
  const documents = new Map(files.map(({ name, text }) => [name, parseDockerfile(text)]));

  it('is there', () => {
    assert.equal(files.length, 466);
  });

  it('comes back byte for byte', () => {
    for (const { name, text } of files) {
      assert.equal(
        documents
          .get(name)
          ?.nodes.map((node) => node.text)
          .join(''),
        text,
        name,
      );
    }
  });

  it('has the instructions that an independent parser finds, except where a reason is given', () => {
    const differing: string[] = [];
    for (const { name, text } of files) {
      const ours = outline(documents.get(name) ?? parseDockerfile(text));
      if (ours.join('\n') !== peerOutline(text).join('\n')) {
        differing.push(name);
      }
    }
    assert.deepEqual(differing.sort(), Object.keys(DIFFERENCES).sort());
  });

  it('has an instruction of the right kind wherever BuildKit warns', () => {
    let checked = 0;
    for (const { file, warnings } of readExpected()) {
      const document = documents.get(file);
      assert.ok(document, `${file} is not there`);
      for (const { rule, line } of warnings) {
        const about = ABOUT[rule];
        const placed = instructionsOf(document).find(({ index }) => document.lines[index] === line - 1);
        if (!about) {
          continue;
        }
        assert.ok(placed && about.includes(placed.instruction.name), `${file}:${line} ${rule}`);
        const command = commandOf(placed.instruction);
        if (rule === 'JSONArgsRecommended') {
          assert.equal(command.json, undefined, `${file}:${line} ${rule}`);
        }
        if (rule === 'LegacyKeyValueFormat') {
          const text = logicalOf(placed.instruction).text;
          const [first] = properties(text, command.args, placed.instruction.escape, true);
          assert.ok(first && !text.slice(first.key.start, first.value?.start).includes('='), `${file}:${line} ${rule}`);
        }
        checked++;
      }
    }
    assert.ok(checked > 300, `only ${checked} warnings checked`);
  });

  it('has a blank line within an instruction exactly where BuildKit warns of one', () => {
    for (const { file, error, warnings } of readExpected()) {
      const document = documents.get(file);
      if (error === undefined && document) {
        const expected = warnings.filter(({ rule }) => rule === 'NoEmptyContinuation').length;
        const found = instructionsOf(document).filter(({ instruction }) => instruction.emptyContinuation).length;
        assert.equal(found, expected, file);
      }
    }
  });

  it('has no unknown keyword and no open heredoc where BuildKit builds the file', () => {
    for (const { file, error } of readExpected()) {
      const document = documents.get(file);
      if (error !== undefined || !document) {
        continue;
      }
      for (const { instruction } of instructionsOf(document)) {
        assert.ok(keyAt(parseDockerfile(instruction.name), 0), `${file}: ${instruction.name}`);
        assert.ok(
          instruction.heredocs.every((heredoc) => heredoc.terminator),
          `${file}: heredoc`,
        );
      }
      assert.ok(stagesOf(document).length > 0, `${file}: no stage`);
    }
  });

  it('answers or stays silent at every offset of a sample', () => {
    for (const { text } of files.filter((_, index) => index % 20 === 0)) {
      const document = parseDockerfile(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const target = keyAt(document, offset);
        assert.ok(!target || (target.span.start <= offset && offset < target.span.end));
      }
    }
  });
});
