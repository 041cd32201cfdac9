// Flags of instructions, and the options in them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { instructionsOf, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { commandOf } from '../../../../src/dockerfile/syntax/command.ts';
import { readFlags, readOptions } from '../../../../src/dockerfile/syntax/flags.ts';
import { logicalOf } from '../../../../src/dockerfile/syntax/logical.ts';

function slices(text: string, spans: readonly ({ start: number; end: number } | undefined)[]): (string | undefined)[] {
  return spans.map((span) => span && text.slice(span.start, span.end));
}

describe('dockerfile: flags', () => {
  it('flags end at the first word without dashes, or at --', () => {
    const line = 'COPY --from="a b" --link -- --x y';
    const { flags, end } = readFlags(line, 4, '\\');
    assert.deepEqual(
      flags.map(({ name, value }) => [name, value]),
      [
        ['from', 'a b'],
        ['link', undefined],
      ],
    );
    assert.equal(line.slice(end), '--x y');
  });

  for (const [line, sign, expected] of [
    ['RUN --mount=type=bind,target=C:\\src\\ apt-get', '`', ['mount', 'type=bind,target=C:\\src\\', 'apt-get']],
    ['RUN --mount=type=bind,target=C:\\src\\ apt-get', '\\', ['mount', 'type=bind,target=C:src apt-get', '']],
    ['RUN --mount=target=/a` b c', '`', ['mount', 'target=/a b', 'c']],
    ['RUN --mount=target=/a` b c', '\\', ['mount', 'target=/a`', 'b c']],
    [`RUN --a='x"y' b`, '\\', ['a', 'x"y', 'b']],
    [`RUN --a="x'y z" b`, '\\', ['a', "x'y z", 'b']],
    [`RUN --'a="b' c`, '\\', ['a', '"b', 'c']],
    ['RUN --a="x\\"y" b', '\\', ['a', 'x"y', 'b']],
    ['RUN --a=x\\', '\\', ['a', 'x', '']],
    ['RUN --a="x', '\\', ['a', 'x', '']],
  ] as const) {
    it(`the flag of ${line} with the escape character ${sign}`, () => {
      const { flags, end } = readFlags(line, 3, sign);
      assert.deepEqual([flags[0]?.name, flags[0]?.value, line.slice(end)], expected);
    });
  }

  it('the escape directive counts for flags, with what follows them', () => {
    const text = '# escape=`\nFROM a\nRUN --mount=type=bind,target=C:\\src\\ cat <<EOF\nb\nEOF\n';
    const [, run] = instructionsOf(parseDockerfile(text));
    assert.ok(run);
    const { args, flags } = commandOf(run.instruction);
    assert.deepEqual(slices(logicalOf(run.instruction).text, [args]), ['cat <<EOF']);
    assert.equal(flags.length, 1);
    assert.equal(run.instruction.heredocs.length, 1);
    const json = '# escape=`\nFROM a\nRUN --mount=target=C:\\ ["cat", "<<EOF"]\nCMD b\n';
    assert.deepEqual(
      instructionsOf(parseDockerfile(json)).map(({ instruction }) => instruction.name),
      ['from', 'run', 'cmd'],
    );
  });

  it('mount options have keys and values with their places', () => {
    const line = '--mount=type=cache,"target=/a b",ro';
    const options = readOptions(line, { start: 8, end: line.length });
    assert.deepEqual(
      options.map(({ key, value }) => [key, value]),
      [
        ['type', 'cache'],
        ['target', '/a b'],
        ['ro', undefined],
      ],
    );
    assert.deepEqual(
      slices(
        line,
        options.map(({ keySpan }) => keySpan),
      ),
      ['type', 'target', 'ro'],
    );
  });
});
