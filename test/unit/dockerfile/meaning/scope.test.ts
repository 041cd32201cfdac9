// What holds at a place of a stage: values with their history, and the working directory.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Dockerfile, instructionsOf, type Placed, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { type BaseFacts, stateAt } from '../../../../src/dockerfile/meaning/scope.ts';
import { stageAt } from '../../../../src/dockerfile/meaning/stages.ts';

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

describe('dockerfile: the working directory', () => {
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
});
