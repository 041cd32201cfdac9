// What the builder makes of variables and their modifiers.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Dockerfile, instructionsOf, type Placed, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { expand } from '../../../../src/dockerfile/meaning/expand.ts';
import { stateAt } from '../../../../src/dockerfile/meaning/scope.ts';

function last(document: Dockerfile): Placed {
  const placed = instructionsOf(document).at(-1);
  assert.ok(placed);
  return placed;
}

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
