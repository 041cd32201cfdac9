// Variables in logical lines.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lex } from '../../../../src/dockerfile/syntax/lex.ts';

function slices(text: string, spans: readonly ({ start: number; end: number } | undefined)[]): (string | undefined)[] {
  return spans.map((span) => span && text.slice(span.start, span.end));
}

describe('dockerfile: substitutions', () => {
  for (const [text, expected, broken] of [
    ['$A ${B} x', ['$A', '${B}'], false],
    ['${A:-$B}', ['${A:-$B}', '$B'], false],
    ['${A#x} ${A//b/c} ${A?e}', ['${A#x}', '${A//b/c}', '${A?e}'], false],
    ['\'$A\' "$B"', ['$B'], false],
    ['\\$A \\\\$B', ['$B'], false],
    ['${A', ['${A'], true],
    ['${A^^}', ['${A^^}'], true],
    ['${}', [], true],
    ["'a", [], true],
    ['"$A', ['$A'], true],
    ['$Aé-$é1 ${中_2:-x}', ['$Aé', '$é1', '${中_2:-x}'], false],
    ['$A٣ $٣a $A𝒜b$A😀', ['$A٣', '$٣', '$A𝒜b', '$A'], false],
    ['$A\u0301 $A\ud800', ['$A', '$A'], false],
  ] as const) {
    it(text, () => {
      const lexed = lex(text, 0, text.length, { escape: 92 });
      assert.deepEqual(slices(text, lexed.variables), expected);
      assert.equal(lexed.broken, broken);
    });
  }

  it('have names of ASCII letters where a shell reads them', () => {
    const { variables } = lex('$Aé ${é}', 0, 8, { escape: 92, letters: 'ascii' });
    assert.deepEqual(
      variables.map(({ name }) => name),
      ['A'],
    );
  });
});
