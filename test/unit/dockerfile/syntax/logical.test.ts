// Logical lines, and their places in the text.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { instructionsOf, parseDockerfile } from '../../../../src/dockerfile/document.ts';
import { logicalOf, toLogical, toText } from '../../../../src/dockerfile/syntax/logical.ts';

/** The logical lines of the instructions. */
function lines(text: string): string[] {
  return instructionsOf(parseDockerfile(text)).map(({ instruction }) => logicalOf(instruction).text);
}

function slices(text: string, spans: readonly ({ start: number; end: number } | undefined)[]): (string | undefined)[] {
  return spans.map((span) => span && text.slice(span.start, span.end));
}

describe('dockerfile: logical lines', () => {
  for (const [text, expected] of [
    ['RUN a \\\n b\nRUN c', ['RUN a  b', 'RUN c']],
    ['RUN a \\\n# comment\n\n  b', ['RUN a   b']],
    ['RUN a \\  \t\nb', ['RUN a b']],
    ['RUN a \\\\\nRUN b', ['RUN a \\\\', 'RUN b']],
    ['RUN a \\\r\nb\r\nRUN c\r\n', ['RUN a b', 'RUN c']],
    ['# escape=`\nRUN a \\\nRUN b `\nc', ['RUN a \\', 'RUN b c']],
    ['\\\nRUN a', ['RUN a']],
    ['RU\\\nN a', ['RUN a']],
    ['RUN a \\', ['RUN a ']],
    ['RUN a # no comment', ['RUN a # no comment']],
    ['RUN a \\\n \\\nb', ['RUN a  b']],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(lines(text), expected));
  }

  it('map to the text and back', () => {
    const [placed] = instructionsOf(parseDockerfile('RUN a \\\n # x\n bb'));
    assert.ok(placed);
    const logical = logicalOf(placed.instruction);
    const at = logical.text.indexOf('bb');
    const span = toText(logical, { start: at, end: at + 2 });
    assert.deepEqual(slices(placed.instruction.text, [span]), ['bb']);
    assert.equal(toLogical(logical, span.start), at);
    assert.equal(toLogical(logical, placed.instruction.text.indexOf('#')), undefined);
    assert.equal(toLogical(logical, placed.instruction.text.indexOf('\\')), undefined);
  });
});
