// What a process writes, read to its end: frames of both streams in pieces of any size.

import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'mocha';
import type { Log } from '../../../../src/app/index.ts';
import type { Ui } from '../../../../src/app/ui.ts';
import type { Runs } from '../../../../src/app/workspace.ts';
import { viewLogs } from '../../../../src/commands/logs/viewLogs.ts';
import { runRegistry } from '../../../../src/commands/registries/runRegistry.ts';
import { createSession } from '../../../../src/engine/exec/session.ts';
import type { Container, ContainerDetails, ImageDetails } from '../../../../src/engine/types.ts';
import { readToEnd } from '../../../../src/model/containers/output.ts';
import type { Registries } from '../../../../src/registry/known/registries.ts';
import type { OwnRegistry } from '../../../../src/registry/own/lazy.ts';
import { runToEnd } from '../../../../src/steps/containers/openShell.ts';
import { double } from '../../../parts/double.ts';
import { engineDouble } from '../../../parts/engine/double.ts';

const [out, error] = [Buffer.from('a日本👍é'), Buffer.from('Fehler: größer 語')];

/** Frames of one byte each, the two streams in turns: every character is cut, with the other stream between its parts. */
function interleaved(): Buffer[] {
  const longest = Math.max(out.length, error.length);
  return Array.from({ length: longest }, (_, index) =>
    [
      [1, out[index]],
      [2, error[index]],
    ].flatMap(([kind, byte]) => (byte === undefined ? [] : [Buffer.from([kind ?? 0, 0, 0, 0, 0, 0, 0, 1, byte])])),
  ).flat();
}

function session(pieces: readonly Buffer[], exitCode = 0) {
  const stream = new PassThrough();
  for (const piece of pieces) {
    stream.write(piece);
  }
  stream.end();
  return createSession({ stream, terminal: false, exitCode: async () => exitCode });
}

describe('the output of a session', () => {
  it('is never cut inside a character', async () => {
    const output = await readToEnd(session(interleaved(), 3), { limit: 1000 });
    assert.equal(output.exitCode, 3);
    assert.equal(output.text('stdout'), out.toString());
    assert.equal(output.text('stderr'), error.toString());
    assert.doesNotMatch(output.text(), /\ufffd/);
    assert.deepEqual([...output.text()].sort(), [...`${out}${error}`].sort());
    assert.deepEqual(Buffer.from(output.bytes('stdout')), out);
  });

  it('is bounded for each stream, and tells who wants to leave', async () => {
    const full: string[] = [];
    const output = await readToEnd(session(interleaved()), {
      limit: { stdout: 4, stderr: 1000 },
      onFull: (stream) => full.push(stream),
    });
    assert.equal(output.text('stdout'), 'a日');
    assert.equal(output.text('stderr'), error.toString());
    assert.deepEqual([...new Set(full)], ['stdout']);
  });

  it('ends when it is left, before or while it comes', async () => {
    for (const early of [true, false]) {
      const stream = new PassThrough();
      stream.write(interleaved()[0]);
      const leaving = new AbortController();
      if (early) {
        leaving.abort();
      }
      const reading = readToEnd(createSession({ stream, terminal: false }), { limit: 9, signal: leaving.signal });
      leaving.abort();
      assert.equal((await reading).exitCode, undefined);
      assert.ok(stream.destroyed);
    }
  });

  it('is whole in a command that was run, in logs, and in the last words of a registry', async () => {
    const engine = engineDouble({
      client: {
        containers: {
          exec: async () => session(interleaved()),
          logs: async () => session(interleaved()),
          create: async () => ({ id: 'id', warnings: [] }),
          start: async () => undefined,
          remove: async () => undefined,
          inspect: async () =>
            double<ContainerDetails>({ id: 'id', name: 'one', running: false, exitCode: 1, raw: {} }),
        },
        images: { inspect: async () => double<ImageDetails>({}) },
        endpoint: { url: 'unix:///none' },
      },
      objects: { containers: [double<Container>({ id: 'id', name: 'one', ports: [] })] },
    });
    const ran = await runToEnd(await engine.client(), 'id', { command: ['x'] });
    assert.deepEqual([ran.stdout, ran.stderr], [out.toString(), error.toString()]);
    const app = {
      engine,
      registries: double<Registries>({
        list: () => [],
        add: () => Promise.reject(new Error('It does not answer.')),
      }),
      ownRegistry: double<OwnRegistry>({
        offer: async () => ({ folder: '/none', names: [], platform: 'linux' }),
        prepare: async () => ({ env: [], files: [] }),
      }),
      runs: double<Runs>({ isPortFree: async () => true }),
      ui: double<Ui>({ progress: (_, work) => work(() => {}, new AbortController().signal) }),
      log: double<Log>({}),
    };
    const { text = '' } = await viewLogs(app, 'id', { follow: false });
    assert.doesNotMatch(text, /\ufffd/);
    assert.equal(text.length, `${out}${error}`.length);
    await assert.rejects(runRegistry(app, undefined, { name: 'own', port: 5999, tls: false }), (failure: Error) => {
      assert.match(failure.message, /It said:/);
      assert.doesNotMatch(failure.message, /\ufffd/);
      assert.match(failure.message, /👍/u);
      return true;
    });
  });
});
