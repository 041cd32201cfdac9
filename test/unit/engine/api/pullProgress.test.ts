// The stream of a pull or a push: layers, the digest and refusals.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'mocha';
import { followProgress } from '../../../../src/engine/api/pullProgress.ts';
import type { LayerProgress } from '../../../../src/engine/types.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';

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
