import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jsonElements } from '../../../../src/engine/connection/jsonElements.ts';

/** What is taken of a text that comes in chunks of some bytes, and what its end gives. */
function read(text: string, size: number, part = 1): { parts: unknown[][]; end: unknown } {
  const parts: unknown[][] = [];
  const elements = jsonElements((some) => parts.push(some), part);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    elements.push(bytes.subarray(at, at + size));
  }
  return { parts, end: elements.end() };
}

describe('elements of a JSON array', () => {
  const value = [
    { Names: ['/a},{b', '/"]'], Labels: { 'x\\"': '],[{' } },
    { Mounts: [{ a: 1 }, { b: 2 }], text: '\\"},{"' },
    { ü: '漢字 😀' },
    {},
    { last: [[{}, {}], { a: [{}, {}] }] },
    [{}, {}],
    'text',
    null,
  ];

  for (const space of [undefined, 2]) {
    it(`are the same however they are cut${space ? ', with blanks between them' : ''}`, () => {
      const text = ` \n${JSON.stringify(value, undefined, space)}\n`;
      for (const part of [1, 7, 50, 1000]) {
        for (let size = 1; size <= Buffer.byteLength(text); size++) {
          const { parts, end } = read(text, size, part);
          assert.deepEqual(parts.flat(), value, `in chunks of ${size} and parts of ${part}`);
          assert.equal(end, undefined);
        }
      }
    });
  }

  it('are given on while the rest is on its way', () => {
    const parts: unknown[][] = [];
    const elements = jsonElements((part) => parts.push(part), 10);
    elements.push(Buffer.from('[{"a":1},{"a":2},{"a":'));
    assert.deepEqual(parts, [[{ a: 1 }, { a: 2 }]]);
    elements.push(Buffer.from('3}]'));
    elements.end();
    assert.deepEqual(parts, [[{ a: 1 }, { a: 2 }], [{ a: 3 }]]);
  });

  it('of an empty array are none, and what is no array is given as it is', () => {
    assert.deepEqual(read('[]\n', 9), { parts: [], end: undefined });
    assert.deepEqual(read('[ ]', 1), { parts: [], end: undefined });
    assert.deepEqual(read('\n', 1), { parts: [], end: undefined });
    assert.deepEqual(read('null', 1), { parts: [], end: null });
    assert.deepEqual(read('{"Volumes":[{},{}]}', 3), { parts: [], end: { Volumes: [{}, {}] } });
  });

  for (const text of [
    '[{},',
    '[{},{}',
    '[',
    '[{}]x',
    '[{},{}][{},{}]',
    '[{},{}}',
    '[,{},{}]',
    '[{},,{}]',
    '{',
    '[{]}',
  ]) {
    it(`are refused where the text is no JSON: ${text}`, () => {
      for (let size = 1; size <= text.length; size++) {
        assert.throws(() => read(text, size), SyntaxError, `in chunks of ${size}`);
      }
    });
  }

  it('take time in proportion, also where nothing can be cut', () => {
    const took = (text: string) => {
      const start = performance.now();
      assert.throws(() => read(text, 65_536, 65_536), SyntaxError);
      return performance.now() - start;
    };
    const hostile = (megabytes: number) => `["${'},{'.repeat((megabytes * 2 ** 20) / 3)}`;
    took(hostile(1));
    assert.ok(took(hostile(16)) < 5_000);
  });
});
