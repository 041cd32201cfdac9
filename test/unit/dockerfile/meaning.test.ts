// What a file means: stages, values and their history, working directory, users, comments that describe.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Dockerfile, instructionsOf, type Placed, parseDockerfile } from '../../../src/dockerfile/document.ts';
import { docComment } from '../../../src/dockerfile/meaning/docComment.ts';
import { expand } from '../../../src/dockerfile/meaning/expand.ts';
import { type BaseFacts, stateAt } from '../../../src/dockerfile/meaning/scope.ts';
import { baseChain, findStage, stageAt, stagesOf, usesOf } from '../../../src/dockerfile/meaning/stages.ts';
import { createdBy } from '../../../src/dockerfile/meaning/users.ts';

function last(document: Dockerfile): Placed {
  const placed = instructionsOf(document).at(-1);
  assert.ok(placed);
  return placed;
}

/** The value of X at the end of a file: `unset`, `unknown` or the text. */
function valueOfX(text: string, base?: BaseFacts): string {
  const document = parseDockerfile(`${text}\nRUN end`);
  const state = stateAt(document, last(document), base);
  const value = state.values.get('X');
  return value ? (value.text ?? 'unknown') : state.open ? 'open' : 'unset';
}

describe('dockerfile: values', () => {
  for (const [text, expected] of [
    ['FROM scratch\nARG X=1', '1'],
    ['FROM scratch\nENV X=1', '1'],
    ['FROM scratch\nENV X one two', 'one two'],
    ['FROM scratch\nENV X="a b"\' c\'', 'a b c'],
    ['ARG X=1\nFROM scratch', 'unset'],
    ['ARG X=1\nFROM scratch\nARG X', '1'],
    ['ARG X=1\nARG X=2\nFROM scratch\nARG X', '2'],
    ['ARG X=1\nFROM scratch\nARG X=3', '3'],
    ['FROM scratch\nARG X', 'unknown'],
    ['FROM scratch\nENV X=1\nARG X', '1'],
    ['FROM scratch\nARG X=1\nENV X=2', '2'],
    ['FROM scratch\nARG TARGETOS\nENV X=$TARGETOS', 'unknown'],
    ['FROM scratch\nENV A=1\nENV A=2 X=$A', '1'],
    ['FROM scratch\nARG A=1 X=$A', '1'],
    ['FROM scratch AS a\nENV X=1\nFROM a', '1'],
    ['FROM scratch AS a\nARG X=1\nFROM a', '1'],
    ['FROM scratch AS a\nENV X=1\nFROM scratch', 'unset'],
    ['ARG B=a\nFROM scratch AS a\nENV X=1\nFROM $B', '1'],
    ['FROM alpine', 'open'],
    ['FROM alpine\nENV X=$PATH:/a', 'unknown'],
    ['FROM scratch\nENV X=$NOT_SET:/a', ':/a'],
    ['FROM scratch\nENV A=1 Aé=2\nENV X=$Aé', '2'],
    ['FROM scratch\nENV A=1\nENV X=$Aé', ''],
  ] as const) {
    it(`${JSON.stringify(text)}: ${expected}`, () => assert.equal(valueOfX(text), expected));
  }

  it('of the base image count when they are known', () => {
    assert.equal(valueOfX('FROM alpine\nENV X=$PATH:/a', { env: ['PATH=/bin'] }), '/bin:/a');
    assert.equal(valueOfX('FROM alpine', { env: ['X=1=2'] }), '1=2');
    assert.equal(valueOfX('FROM alpine', { env: [] }), 'unset');
  });

  it('know what they were made from', () => {
    const document = parseDockerfile('ARG V=1\nFROM scratch AS a\nARG V\nENV W=v$V\nFROM a\nRUN end');
    const value = stateAt(document, last(document)).values.get('W');
    const [own] = value?.from ?? [];
    const [global] = own?.from ?? [];
    assert.deepEqual([value?.origin, own?.origin, global?.origin], ['env', 'arg', 'global-arg']);
    assert.equal(value?.placed && stageAt(document, value.placed.index)?.name, 'a');
  });
});

describe('dockerfile: modifiers', () => {
  const values: Record<string, string> = { SET: 'value', EMPTY: '', PATH: '/usr/local/bin', FILE: 'a.tar.gz' };
  for (const [text, expected] of [
    ['${SET:-x}', 'value'],
    ['${EMPTY:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${NONE-x}', 'x'],
    ['${NONE:-${SET}}', 'value'],
    ['${SET:+x}', 'x'],
    ['${EMPTY:+x}', ''],
    ['${EMPTY+x}', 'x'],
    ['${SET:?no}', 'value'],
    ['${NONE:?no}', undefined],
    ['${PATH#*/}', 'usr/local/bin'],
    ['${PATH##*/}', 'bin'],
    ['${PATH%/*}', '/usr/local'],
    ['${PATH%%/*}', ''],
    ['${FILE%.tar.gz}', 'a'],
    ['${FILE/a/b}', 'b.tar.gz'],
    ['${PATH//\\//-}', '-usr-local-bin'],
    ['${FILE/?.t*/x}', 'x'],
    ["'$SET'", '$SET'],
    ['"$SET"', 'value'],
    ['\\$SET', '$SET'],
    ['a$NONE-b', 'a-b'],
    ['${UNKNOWN}', undefined],
    ['${UNKNOWN:+x}', undefined],
  ] as const) {
    it(`${text}: ${expected}`, () => {
      const lookup = (name: string) =>
        name === 'UNKNOWN' ? 'unknown' : name in values ? { text: values[name] ?? '' } : undefined;
      assert.equal(expand(text, { start: 0, end: text.length }, '\\', lookup).text, expected);
    });
  }

  it('stop where values would grow without bound', () => {
    const document = parseDockerfile(`FROM scratch\nENV X=ab\n${'ENV X=$X$X\n'.repeat(60)}RUN end`);
    assert.equal(stateAt(document, last(document)).values.get('X')?.text, undefined);
  });
});

describe('dockerfile: stages', () => {
  const document = parseDockerfile(
    [
      'FROM alpine AS Base',
      'FROM base AS build',
      'FROM scratch',
      'COPY --from=build /a /a',
      'COPY --from=0 /b /b',
      'RUN --mount=from=BUILD,target=/t ls',
      'ONBUILD COPY --from=build /c /c',
      'COPY --from=later /d /d',
      'FROM alpine AS later',
    ].join('\n'),
  );

  it('know their base down to the image', () => {
    const build = stagesOf(document)[1];
    assert.ok(build);
    assert.deepEqual(
      baseChain(build).map((stage) => stage.resolvedBase),
      ['base', 'alpine'],
    );
  });

  it('know who uses them', () => {
    const [base, build, , later] = stagesOf(document);
    assert.ok(base && build && later);
    assert.deepEqual(
      usesOf(document, build).map(({ how, placed }) => `${how} ${placed.index + 1}`),
      ['copy 4', 'mount 6', 'copy 7'],
    );
    assert.deepEqual(
      usesOf(document, base).map(({ how, placed }) => `${how} ${placed.index + 1}`),
      ['from 2', 'copy 5'],
    );
    assert.deepEqual(usesOf(document, later), []);
  });

  it('are found by name and number, before the place alone', () => {
    const third = stagesOf(document)[2];
    assert.equal(findStage(document, 'BASE', third)?.number, 0);
    assert.equal(findStage(document, '1', third)?.name, 'build');
    assert.equal(findStage(document, '2', third), undefined);
    assert.equal(findStage(document, 'later', third), undefined);
  });
});

describe('dockerfile: surroundings', () => {
  const workdirAt = (text: string, base?: BaseFacts): string | undefined => {
    const document = parseDockerfile(`${text}\nRUN end`);
    return stateAt(document, last(document), base).workdir;
  };

  it('the working directory is joined from all above it', () => {
    assert.equal(workdirAt('FROM scratch\nWORKDIR a\nWORKDIR ../b/./c'), '/b/c');
    assert.equal(workdirAt('FROM alpine\nWORKDIR a'), undefined);
    assert.equal(workdirAt('FROM alpine\nWORKDIR a', { workdir: '/srv' }), '/srv/a');
    assert.equal(workdirAt('FROM alpine AS x\nWORKDIR /x\nFROM x\nWORKDIR y'), '/x/y');
    assert.equal(workdirAt('FROM scratch\nENV D=d\nWORKDIR /$D'), '/d');
    assert.equal(workdirAt('FROM scratch\nWORKDIR a\nWORKDIR $UNKNOWN/b\nWORKDIR ../..'), '/');
    assert.equal(workdirAt('FROM alpine\nWORKDIR $UNKNOWN\nWORKDIR b'), undefined);
    assert.equal(workdirAt('FROM alpine\nWORKDIR $UNKNOWN\nWORKDIR /a\nWORKDIR b'), '/a/b');
    assert.equal(workdirAt('FROM alpine AS x\nWORKDIR /x\nFROM x AS y\nWORKDIR y\nFROM x\nWORKDIR z'), '/x/z');
    assert.equal(workdirAt('# escape=`\nFROM scratch\nWORKDIR C:\\a\nWORKDIR b'), 'C:\\a\\b');
    assert.equal(workdirAt('# escape=`\nFROM scratch\nWORKDIR C:\\a\nWORKDIR /b'), '/b');
    assert.equal(workdirAt('FROM scratch\nWORKDIR /a\nWORKDIR C:b'), '/a/C:b');
  });

  it('users are found where they are created', () => {
    const document = parseDockerfile('FROM a AS b\nRUN x && useradd -m app; adduser web\nFROM b\nUSER app');
    const found = createdBy(document, last(document), 'app');
    assert.equal(found?.text, 'useradd -m app');
    assert.equal(createdBy(document, last(document), 'web')?.text, 'adduser web');
    assert.equal(createdBy(document, last(document), 'x'), undefined);
  });

  it('comments right above describe an argument or a stage', () => {
    const about = (text: string) => docComment(parseDockerfile(text), last(parseDockerfile(text)), 'V');
    assert.equal(about('# V the version\nARG V'), 'the version');
    assert.equal(about('# V the version\n# more\nARG V'), 'the version');
    assert.equal(about('# V the version\n\nARG V'), undefined);
    assert.equal(about('# V the version\n#\nARG V'), undefined);
    assert.equal(about('# Version\nARG V'), undefined);
  });
});
