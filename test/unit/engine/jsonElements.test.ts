import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jsonElements } from '../../../src/engine/jsonElements.ts';

/** What is taken of a text that comes in chunks of some bytes, and what its end gives. */
function read(text: string, size = text.length * 4 + 1): { parts: unknown[][]; end: unknown } {
  const parts: unknown[][] = [];
  const elements = jsonElements((part) => parts.push(part));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    elements.push(bytes.subarray(at, at + size));
  }
  return { parts, end: elements.end() };
}

describe('elements of a JSON array', () => {
  const value = [
    { Names: ['/a,b', '/"]'], Labels: { 'x\\"': '],[{' } },
    '\\',
    1.5,
    null,
    [],
    {},
    [[1, 2], { ü: '漢字 😀' }],
    true,
    'last',
  ];

  for (const space of [undefined, 2]) {
    it(`are the same however they are cut${space ? ', with blanks between them' : ''}`, () => {
      const text = ` \n${JSON.stringify(value, undefined, space)}\n`;
      for (let size = 1; size <= Buffer.byteLength(text); size++) {
        const { parts, end } = read(text, size);
        assert.deepEqual(parts.flat(), value, `in chunks of ${size}`);
        assert.equal(end, undefined);
      }
    });
  }

  it('are given on while the rest is on its way', () => {
    const parts: unknown[][] = [];
    const elements = jsonElements((part) => parts.push(part));
    elements.push(Buffer.from('[1,2,{"a":'));
    assert.deepEqual(parts, [[1, 2]]);
    elements.push(Buffer.from('3}]'));
    assert.deepEqual(parts, [[1, 2], [{ a: 3 }]]);
  });

  it('of an empty array are none, and what is no array is given as it is', () => {
    assert.deepEqual(read('[]\n'), { parts: [], end: undefined });
    assert.deepEqual(read('[ ]', 1), { parts: [], end: undefined });
    assert.deepEqual(read('\n'), { parts: [], end: undefined });
    assert.deepEqual(read('null'), { parts: [], end: null });
    assert.deepEqual(read('{"Volumes":[1]}', 3), { parts: [], end: { Volumes: [1] } });
  });

  for (const text of [
    '[1,',
    '[1',
    '[',
    '[1]x',
    '[1][2]',
    '[1}',
    '[,1]',
    '[1,,2]',
    '[1,]',
    '["a]',
    '{',
    'page',
    '[{]}',
  ]) {
    it(`are refused where the text is no JSON: ${text}`, () => {
      for (let size = 1; size <= text.length; size++) {
        assert.throws(() => read(text, size), SyntaxError, `in chunks of ${size}`);
      }
    });
  }
});
