// Frames of a process's output in pieces of any size.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { demultiplex } from '../../../../src/engine/connection/demux.ts';
import { pieces } from '../pieces.ts';

describe('demultiplex', () => {
  function frame(kind: number, text: string): Buffer {
    const payload = Buffer.from(text);
    const header = Buffer.alloc(8);
    header[0] = kind;
    header.writeUInt32BE(payload.length, 4);
    return Buffer.concat([header, payload]);
  }
  const bytes = Buffer.concat([
    frame(1, 'out 1\n'),
    frame(2, 'err €\n'),
    frame(1, ''),
    frame(0, 'in'),
    frame(1, 'out 2'),
  ]);

  for (const length of [1, 3, 8, 11, 1000]) {
    it(`takes frames apart from pieces of ${length} bytes`, () => {
      const parts: Record<string, Buffer[]> = { stdout: [], stderr: [] };
      const read = demultiplex((data, stream) => parts[stream]?.push(Buffer.from(data)));
      for (const piece of pieces(bytes, length)) {
        read(piece);
      }
      assert.equal(Buffer.concat(parts.stdout ?? []).toString(), 'out 1\ninout 2');
      assert.equal(Buffer.concat(parts.stderr ?? []).toString(), 'err €\n');
    });
  }

  it('passes on what is no frame', () => {
    let seen = '';
    const read = demultiplex((data) => {
      seen += Buffer.from(data).toString();
    });
    read(Buffer.from('plain te'));
    read(Buffer.from('xt, no frame'));
    assert.equal(seen, 'plain text, no frame');
  });
});
