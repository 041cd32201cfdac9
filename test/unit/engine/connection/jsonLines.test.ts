// Lines of JSON in pieces of any size.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jsonLines } from '../../../../src/engine/connection/jsonLines.ts';
import { pieces } from '../pieces.ts';

describe('jsonLines', () => {
  const bytes = Buffer.from('{"a":"ä€😀"}\r\n\r\n{"b":2}\nno json\n[1]\n{"last":true}');

  for (const length of [1, 2, 3, 7, 1000]) {
    it(`puts values together from pieces of ${length} bytes`, () => {
      const values: unknown[] = [];
      const bad: string[] = [];
      const lines = jsonLines(
        (value) => values.push(value),
        (line) => bad.push(line),
      );
      for (const piece of pieces(bytes, length)) {
        lines.push(piece);
      }
      lines.end();
      assert.deepEqual(values, [{ a: 'ä€😀' }, { b: 2 }, [1], { last: true }]);
      assert.deepEqual(bad, ['no json']);
    });
  }

  it('gives up a line without end, and reads on', () => {
    const values: unknown[] = [];
    const bad: string[] = [];
    const lines = jsonLines(
      (value) => values.push(value),
      (line) => bad.push(line),
    );
    const block = Buffer.alloc(1024 * 1024, '9');
    for (let megabytes = 0; megabytes < 20; megabytes++) {
      lines.push(block);
    }
    lines.push(Buffer.from('\n{"next":1}\n'));
    assert.deepEqual(values, [{ next: 1 }]);
    assert.equal(bad.length, 1);
  });
});
