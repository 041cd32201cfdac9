// Streams of the engine in pieces of any size: JSON lines, frames, progress.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'mocha';
import { followProgress } from '../../../../src/engine/api/progress.ts';
import { demultiplex } from '../../../../src/engine/connection/demux.ts';
import { jsonLines } from '../../../../src/engine/connection/jsonLines.ts';
import type { LayerProgress } from '../../../../src/engine/types.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';

/** The same bytes cut into pieces of one length. */
function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

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

describe('followProgress', () => {
  const follow = (lines: object[], onProgress?: (line: LayerProgress) => void) =>
    followProgress(
      Readable.from([Buffer.from(lines.map((line) => `${JSON.stringify(line)}\r\n`).join(''))]),
      onProgress,
    );
  const digest = `sha256:${'a1'.repeat(32)}`;

  it('reports layers and finds the digest of a push', async () => {
    const seen: LayerProgress[] = [];
    const done = await follow(
      [
        { status: 'The push refers to repository [x]' },
        { id: 'aa', status: 'Pushing', progressDetail: { current: 5, total: 10 }, progress: '[=>]' },
        { id: 'aa', status: 'Pushed', progressDetail: {} },
        { aux: { Tag: '1', Digest: digest, Size: 1 } },
      ],
      (line) => seen.push(line),
    );
    assert.deepEqual(done, { digest });
    assert.deepEqual(seen[1], { layer: 'aa', status: 'Pushing', current: 5, total: 10 });
    assert.equal(seen.length, 3);
  });

  it('finds the digest of a pull', async () => {
    assert.deepEqual(await follow([{ status: `Digest: ${digest}` }, { status: 'Status: Downloaded' }]), { digest });
  });

  it('rejects with the words of a refusal anywhere in the stream', async () => {
    for (const line of [{ errorDetail: { message: 'denied: no' }, error: 'old' }, { error: 'denied: no' }]) {
      await assert.rejects(follow([{ status: 'Preparing' }, line, { status: 'more' }]), (error) => {
        assert.ok(error instanceof EngineError);
        assert.equal(error.message, 'denied: no');
        return true;
      });
    }
  });

  it("makes the engine's words plain", async () => {
    const seen: LayerProgress[] = [];
    await follow([{ id: '\u001b[31mred', status: 'a\u0007b' }], (line) => seen.push(line));
    assert.deepEqual(seen, [{ layer: 'red', status: 'a b' }]);
  });
});
