// Two windows on one engine: each sees what the other does, and neither gets in the other's way.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { attachContainer } from '../../../src/commands/containers/attachContainer.ts';
import { execContainer } from '../../../src/commands/containers/execContainer.ts';
import { removeContainer } from '../../../src/commands/containers/lifecycle/removeContainer.ts';
import { renameContainer } from '../../../src/commands/containers/lifecycle/renameContainer.ts';
import { startContainer } from '../../../src/commands/containers/lifecycle/startContainer.ts';
import { stopContainer } from '../../../src/commands/containers/lifecycle/stopContainer.ts';
import { runImage } from '../../../src/commands/run/runImage.ts';
import { removeVolume } from '../../../src/commands/volumes/removeVolume.ts';
import { explain } from '../../../src/model/engines/help.ts';
import { UserError } from '../../../src/model/errors.ts';
import { type DockerApi, dockerApi } from '../../parts/engine/api.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';
import { engineOn, objectsOf, untilListed } from '../engine/support.ts';
import { type Window, windowOn } from '../window.ts';

describe('two windows on one engine', () => {
  let api: DockerApi;
  let one: Window;
  let two: Window;
  const name = (label: string) => `two-windows-${process.pid}-${label}`;
  before(async () => {
    const url = realParts().engine;
    api = dockerApi(url);
    await ensureBaseImage(api);
    one = windowOn(engineOn(url));
    two = windowOn(engineOn(url));
    await Promise.all([one, two].map(({ engine }) => engine.inventory.all('containers')));
  });
  after(async () => {
    one?.engine.dispose();
    two?.engine.dispose();
    for (const label of ['seen', 'shared', 'raced', 'left', 'user']) {
      await api?.('DELETE', `/containers/${name(label)}?force=1`).catch(() => undefined);
    }
    await api?.('DELETE', `/volumes/${name('volume')}?force=1`).catch(() => undefined);
  });

  const run = (window: Window, label: string, more: object = {}) =>
    runImage(window.app, 'busybox', { name: name(label), command: ['sleep', '1000'], ...more });
  const seen = (window: Window, id: string, wanted: { state?: string; name?: string } | undefined) =>
    untilListed(window.engine.inventory, 'containers', (all) => {
      const found = all.find((each) => each.id === id);
      return wanted === undefined
        ? found === undefined
        : Object.entries(wanted).every(([key, value]) => found?.[key as 'state' | 'name'] === value);
    });

  it('each sees what the other makes, renames, ends and removes', async () => {
    const { id } = await run(one, 'seen');
    await seen(two, id, { state: 'running', name: name('seen') });
    await renameContainer(two.app, id, { name: name('left') });
    await seen(one, id, { name: name('left') });
    await stopContainer(one.app, id, { timeout: 0 });
    await seen(two, id, { state: 'exited' });
    await startContainer(two.app, id, {});
    await seen(one, id, { state: 'running' });
    await removeContainer(one.app, id, { force: true });
    await Promise.all([seen(one, id, undefined), seen(two, id, undefined)]);
    assert.deepEqual(
      await objectsOf(one.engine.inventory, 'containers'),
      await objectsOf(two.engine.inventory, 'containers'),
    );
  });

  it('both do the same at once: it is done once, and who comes late is told so', async () => {
    const { id } = await run(one, 'raced');
    await seen(two, id, { state: 'running' });
    const acts: ((window: Window) => Promise<unknown>)[] = [
      ({ app }) => stopContainer(app, id, { timeout: 0 }),
      ({ app }) => startContainer(app, id, {}),
      ({ app }) => renameContainer(app, id, { name: name('raced') }),
      ({ app }) => removeContainer(app, id, { force: true }),
    ];
    for (const act of acts) {
      const outcomes = await Promise.allSettled([one, two].map(act));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          const { message } = explain(outcome.reason);
          assert.match(message, /no container|already in progress|same name/i, message);
        }
      }
    }
    await Promise.all([seen(one, id, undefined), seen(two, id, undefined)]);
    for (const { app } of [one, two]) {
      await assert.rejects(stopContainer(app, id, {}), (error) => explain(error).code === 'no-such-container');
    }
  });

  it('both are inside of one container, and one that closes leaves the other there', async () => {
    const { id } = await run(one, 'shared', { command: ['cat'], interactive: true });
    await Promise.all([one, two].map(({ app }) => attachContainer(app, id, {})));
    const [mine, theirs] = await Promise.all([one.terminal(), two.terminal()]);
    theirs.session.write('from two\r');
    await until('both to see it', () => [mine, theirs].every(({ text }) => text().includes('from two')), 10_000);
    const third = windowOn(engineOn(realParts().engine));
    await execContainer(third.app, id, {});
    const shell = await third.terminal();
    shell.session.write('echo $((6 * 7))\r');
    await until('the answer', () => shell.text().includes('42'), 10_000);
    third.engine.dispose();
    await shell.session.ended;
    theirs.session.dispose();
    mine.session.write('still here\r');
    await until('it to go on', () => mine.text().includes('still here'), 10_000);
    // Ctrl-P Ctrl-Q
    mine.session.write('\u0010\u0011');
    assert.match(await mine.said, /You have left .*[.]$/);
    await seen(two, id, { state: 'running' });
  });

  it('one looks at the files of a volume while the other uses and removes it', async () => {
    const volume = name('volume');
    await api('POST', '/volumes/create', { Name: volume });
    const owner = { type: 'volume' as const, name: volume };
    const [mine, theirs] = [(await one.engine.client()).files, (await two.engine.client()).files];
    const content = Buffer.from('seen by both');
    await mine.write(owner, '/file', content, { create: true, overwrite: false });
    assert.equal(Buffer.from(await theirs.read(owner, '/file', { limit: 100 })).toString(), 'seen by both');
    // Each has a helper of its own: to let go of one's own does not end the other's.
    await mine.release(volume);
    assert.deepEqual(
      (await theirs.list(owner, '/')).entries.map((entry) => entry.name),
      ['file'],
    );
    // Nobody sees the helpers as users.
    const listed = await one.engine.inventory.all('containers');
    assert.ok(!listed.some(({ mounts }) => mounts.some(({ source }) => source === volume)));
    await assert.rejects(removeVolume(one.app, volume, {}), (error) => {
      assert.ok(error instanceof UserError && error.code === 'volume-in-use', String(error));
      assert.match(error.message, /another window/i);
      return true;
    });
    // The helper of the other window goes by itself when it is not used.
    await until('the volume to be free', () => removeVolume(one.app, volume, {}).then(() => true), 15_000);
    await assert.rejects(theirs.list(owner, '/'), (error) => /no such volume|no volume/i.test(explain(error).message));
  });

  it('a volume in use is not removed: the sentence names its users, running or not', async () => {
    const volume = name('volume');
    const { id } = await run(one, 'user', { command: ['true'], volumes: [`${volume}:/data`] });
    await seen(two, id, { state: 'exited' });
    await assert.rejects(removeVolume(two.app, volume, {}), (error) => {
      assert.ok(error instanceof UserError && error.code === 'volume-in-use', String(error));
      assert.ok(error.message.includes(volume) && error.message.includes(name('user')), error.message);
      assert.match(error.message, /[.]$/);
      return true;
    });
    await removeContainer(one.app, id, { force: true });
    assert.deepEqual(await removeVolume(two.app, volume, {}), { names: [volume] });
  });
});
