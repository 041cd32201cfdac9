// The engine is killed in the middle of everything at once that one does with containers and images, and comes back.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { attachContainer } from '../../../src/commands/containers/attachContainer.ts';
import { commitContainer } from '../../../src/commands/containers/commitContainer.ts';
import { execContainer } from '../../../src/commands/containers/execContainer.ts';
import { exportContainer } from '../../../src/commands/containers/exportContainer.ts';
import { stopContainer } from '../../../src/commands/containers/lifecycle/stopContainer.ts';
import { waitContainer } from '../../../src/commands/containers/lifecycle/waitContainer.ts';
import { runInContainer } from '../../../src/commands/containers/runInContainer.ts';
import { loadImages } from '../../../src/commands/images/loadImages.ts';
import { pullImage } from '../../../src/commands/images/pullImage.ts';
import { pushImage } from '../../../src/commands/images/pushImage.ts';
import { saveImages } from '../../../src/commands/images/saveImages.ts';
import { runImage } from '../../../src/commands/run/runImage.ts';
import { explain } from '../../../src/model/engines/help.ts';
import { UserError } from '../../../src/model/errors.ts';
import { type PrivateEngine, startEngine, whyNoPrivateEngine } from '../../parts/engine/docker.ts';
import { ensureBaseImage, importImage } from '../../parts/engine/images.ts';
import { tar } from '../../parts/machine/tar.ts';
import { removeTemporary, temporaryFolder } from '../../parts/machine/temporary.ts';
import { realParts } from '../../parts/run/environment.ts';
import { aroundSuite } from '../../parts/run/suite.ts';
import { until } from '../../parts/until.ts';
import { engineOn, sameAsFresh } from '../engine/support.ts';
import { type OpenedTerminal, type SlowSocket, slowly, type Window, windowOn } from '../window.ts';

const size = 8 * 1024 * 1024;
const share = 512 * 1024;
/** Milliseconds within which all is right again after the return. */
const back = 2000;
const kinds = ['containers', 'images', 'volumes', 'networks'] as const;
const ticking = ['sh', '-c', 'trap "" TERM; while :; do echo tick; usleep 100000; done'];

describe('an engine that dies in the middle of everything', function () {
  this.timeout(120_000);
  let own: PrivateEngine;
  let socket: SlowSocket;
  let registry: SlowSocket;
  let window: Window;
  let folder: string;
  aroundSuite(begin, end, whyNoPrivateEngine);

  async function begin(): Promise<void> {
    folder = temporaryFolder('dies');
    own = await startEngine();
    await ensureBaseImage(own.api);
    socket = await slowly(own.url, share);
    registry = await slowly(realParts().registry, share);
    window = windowOn(engineOn(socket.address));
  }

  async function end(): Promise<void> {
    window?.engine.dispose();
    await Promise.all([socket?.stop(), registry?.stop()]);
    await own?.stop();
    await removeTemporary(folder);
  }

  it('says so of each, leaves nothing half, and is right again when it is back', async () => {
    const { app } = window;
    const { inventory } = app.engine;
    for (const kind of kinds) {
      await inventory.all(kind);
    }
    const here = (name: string) => join(folder, name);
    const content = randomBytes(size);
    const big = tar([{ path: 'big', content }]);
    await importImage(own.api, 'local/big:1', big);
    // Pushed past the slow way, so that it can be pulled on it.
    const there = `${realParts().registry}/dies-${process.pid}/big`;
    await own.api('POST', `/images/local/big:1/tag?repo=${there}&tag=1`);
    await own.api('POST', `/images/${there}/push?tag=1`, undefined, { 'X-Registry-Auth': 'e30=' });
    await own.api('DELETE', `/images/${there}:1`);
    await own.api('DELETE', '/images/local/big:1');
    const remote = `${registry.address}/dies-${process.pid}/big:1`;
    const pushed = `${registry.address}/dies-${process.pid}/other:1`;
    await importImage(own.api, pushed, tar([{ path: 'other', content: randomBytes(size) }]));

    // The engine reads and writes the files of one container one after the other.
    const names = ['main', 'shell', 'stop', 'read', 'written', 'exported'];
    const run = (name: string) => runImage(app, 'busybox', { name, command: ticking });
    const ids = (await Promise.all(names.map(run))).map(({ id }) => id);
    const [main = '', shell = '', stop = '', read = '', written = '', exported = ''] = ids;
    for (const id of [read, exported]) {
      await own.api('PUT', `/containers/${id}/archive?path=/`, tar([{ path: 'big', content }]));
    }
    await saveArchive('local/loaded:1', here('load.tar'));

    const owner = (id: string) => ({ type: 'container' as const, id });
    const { files } = await app.engine.client();
    /** Each ends with what it gives; with the engine gone, it must reject. */
    const acts: Record<string, () => Promise<unknown>> = {
      'run a command': () => runInContainer(app, shell, { command: ['sleep', '1000'] }),
      exec: () => execContainer(app, shell, { command: ['sleep', '1000'], terminal: false }),
      wait: () => waitContainer(app, main, {}),
      stop: () => stopContainer(app, stop, { timeout: 1000 }),
      'read a file': () => files.read(owner(read), '/big', { limit: 2 * size }),
      'write a file': () => files.write(owner(written), '/written', content, { create: true, overwrite: true }),
      export: () => exportContainer(app, exported, { to: here('export.tar') }),
      save: () => saveImages(app, pushed, { to: here('save.tar.gz') }),
      load: () => loadImages(app, here('load.tar'), {}),
      pull: () => pullImage(app, remote, {}),
      push: () => pushImage(app, pushed, {}),
      'run with a pull': () => runImage(app, remote, { name: 'pulled', command: ['/none'] }),
    };
    /** Terminals: what is said in them at the end. */
    const terminals: Record<string, () => Promise<unknown>> = {
      shell: () => execContainer(app, shell, { command: ['sh', '-c', 'while :; do echo tick; usleep 100000; done'] }),
      attach: () => attachContainer(app, main, {}),
      run: () => runImage(app, 'busybox', { command: ticking, detach: false }),
    };
    const opened: OpenedTerminal[] = [];
    for (const open of Object.values(terminals)) {
      await open();
      opened.push(await window.terminal());
    }
    const pending = new Set(Object.keys(acts));
    const outcomes = Object.entries(acts).map(async ([name, act]) => {
      const error = await act().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      pending.delete(name);
      return { name, error };
    });
    await until('output in every terminal', () => opened.every((terminal) => terminal.text().includes('tick')));
    // Two files, an export, two images: each has had its share.
    await until('everything to be in its middle', () => {
      assert.ok(socket.standing() >= 5 && registry.standing() >= 2, `${socket.standing()}, ${registry.standing()}`);
      return true;
    });
    assert.equal(
      pending.size,
      Object.keys(acts).length,
      `over before the end: ${Object.keys(acts)} but ${[...pending]}`,
    );
    await own.kill();
    const died = performance.now();
    socket.release();
    registry.release();

    const said = (await Promise.all(outcomes)).map(({ name, error }) => {
      const { code, message } = explain(error ?? new Error('It ended as if nothing had been.'));
      return { name, code, message };
    });
    const unclear = said.filter(
      ({ code, message }) =>
        !/^engine-(not-running|closed)$|^connection-lost$/.test(code) ||
        !/^The .*engine.*[.]$/.test(message) ||
        / {2}|\(\)/.test(message),
    );
    assert.deepEqual(unclear, []);
    for (const terminal of opened) {
      assert.match(await terminal.said, /connection to the engine was lost.*engine at.*[.]$/i);
    }
    const took = performance.now() - died;
    assert.ok(took < 10_000, `${took} ms`);
    for (const name of ['export.tar', 'export.tar.part', 'save.tar.gz', 'save.tar.gz.part']) {
      assert.ok(!existsSync(here(name)), name);
    }
    assert.equal(inventory.status.state, 'unreachable');
    await assert.rejects(inventory.all('containers'), (error) => error instanceof UserError);

    await own.start();
    await sameAsFresh(window.engine.inventory, own.url, kinds, back);
    const { files: again } = await app.engine.client();
    await runAgain(ids);
    assert.equal((await runInContainer(app, shell, { command: ['echo', 'back'] })).stdout, 'back\n');
    assert.equal(Buffer.compare(await again.read(owner(read), '/big', { limit: 2 * size }), content), 0);
    await again.write(owner(written), '/written', content, { create: true, overwrite: true });
    assert.equal((await again.stat(owner(written), '/written')).size, size);
    await exportContainer(app, exported, { to: here('export.tar') });
    await saveImages(app, pushed, { to: here('save.tar.gz') });
    assert.ok((await loadImages(app, here('load.tar'), {})).refs.length > 0);
    assert.match((await pullImage(app, remote, {})).digest ?? '', /^sha256:/);
    assert.match((await pushImage(app, pushed, {})).digest ?? '', /^sha256:/);
    await attachContainer(app, main, {});
    const terminal = await window.terminal();
    await until('output', () => terminal.text().includes('tick'));
    terminal.session.dispose();
    await sameAsFresh(window.engine.inventory, own.url, kinds, back);
  });

  it('says so when it dies while an image is made of a container', async () => {
    const { app } = window;
    const { id } = await runImage(app, 'busybox', { command: ['sleep', '1000'] });
    await runInContainer(app, id, { command: ['dd', 'if=/dev/urandom', 'of=/random', 'bs=1M', 'count=100'] });
    let over = false;
    const making = assert
      .rejects(commitContainer(app, id, { ref: 'half/made:1' }), (error) => /engine/.test(explain(error).message))
      .finally(() => {
        over = true;
      });
    // The engine holds the container still while it reads its files.
    await until(
      'the container to stand still',
      async () => (await own.api('GET', `/containers/${id}/json`)).json<{ State: { Paused: boolean } }>().State.Paused,
    );
    assert.ok(!over);
    await own.kill();
    await making;
    await own.start();
    await sameAsFresh(window.engine.inventory, own.url, kinds, back);
    const images = await app.engine.inventory.all('images');
    assert.ok(!images.some(({ tags }) => tags.includes('half/made:1')));
    await runAgain([id]);
    await runInContainer(app, id, { command: ['rm', '/random'] });
    assert.match((await commitContainer(app, id, { ref: 'half/made:1' })).id, /^sha256:/);
  });

  /** Containers end with an engine that is killed, unless it was told to let them live; a paused one is left so. */
  async function runAgain(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await own.api('POST', `/containers/${id}/unpause`).catch(() => undefined);
      await own.api('POST', `/containers/${id}/start`);
    }
  }

  /** The archive of an image, saved past the slow way. */
  async function saveArchive(reference: string, to: string): Promise<void> {
    await importImage(own.api, reference, tar([{ path: 'loaded', content: randomBytes(size) }]));
    const direct = engineOn(own.url);
    try {
      await (await direct.client()).images.save([reference], to, { signal: new AbortController().signal });
    } finally {
      direct.dispose();
    }
    await own.api('DELETE', `/images/${reference}`);
  }
});
