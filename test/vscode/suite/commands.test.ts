// The commands as another extension would call them, on the real engine and registry.

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { until } from '../../parts/until.ts';
import { api, command, engineApi, ours, registry } from './support.ts';

describe('commands', () => {
  it('run an image in the background, and the container is in the views at once', async () => {
    const name = ours('web');
    const { id } = await command('runImage', 'busybox', { name, command: ['httpd', '-f'], env: ['MODE=test'] });
    assert.match(id, /^[0-9a-f]{64}$/);
    const found = await until(async () =>
      (await (await api()).containers()).find((c) => c.id === id && c.state === 'running'),
    );
    assert.equal(found.name, name);
    const { stdout, exitCode } = await command('execContainer', name, {
      command: ['sh', '-c', 'echo $MODE; exit 3'],
      terminal: false,
    });
    assert.deepEqual([stdout, exitCode], ['test\n', 3]);
    await command('removeContainer', name, { force: true });
    await until(async () => !(await (await api()).containers()).some((c) => c.id === id));
  });

  it('stop, start and restart a container, and read its logs', async () => {
    const name = ours('life');
    const script = 'trap "exit 0" TERM; echo hello; while :; do sleep 1 & wait $!; done';
    const { id } = await command('runImage', 'busybox', { name, command: ['sh', '-c', script] });
    const state = (wanted: string) =>
      until(async () => (await (await api()).containers()).find((c) => c.id === id && c.state === wanted));
    await state('running');
    await until(async () => (await command('viewLogs', name, { follow: false })).text === 'hello\n');
    assert.deepEqual(await command('stopContainer', name, { timeout: 5 }), { id });
    assert.equal((await state('exited')).exitCode, 0);
    await command('startContainer', name, {});
    await state('running');
    await command('restartContainer', name, { timeout: 5 });
    await until(async () => (await command('viewLogs', name, { follow: false })).text === 'hello\nhello\nhello\n');
    await command('removeContainer', name, { force: true });
  });

  it('tag and push an image, and its tag is in the registry', async () => {
    const ref = `${registry()}/${ours('team')}/box:1`;
    assert.deepEqual(await command('tagImage', 'busybox', { ref }), { ref });
    const pushed = await command('pushImage', ref, {});
    assert.equal(pushed.ref, ref);
    assert.match(pushed.digest, /^sha256:[0-9a-f]{64}$/);
    const repository = ref.slice(registry().length + 1, ref.lastIndexOf(':'));
    assert.deepEqual((await (await api()).tags(registry(), repository)).names, ['1']);
    const { names } = await (await api()).repositories(registry(), { filter: repository });
    assert.deepEqual(names, [repository]);
    const { untagged } = await command('removeImage', ref, {});
    assert.ok(untagged.includes(ref));
    assert.deepEqual(await command('pullImage', ref, {}), { ref, digest: pushed.digest });
    await command('removeImage', ref, {});
  });

  it('reject with a sentence that says what to do, and leave nothing behind', async () => {
    const name = ours('taken');
    await command('runImage', 'busybox', { name, command: ['sleep', '1000'] });
    const failing: [Promise<unknown>, RegExp][] = [
      [command('runImage', 'busybox', { name }), /name/i],
      [command('tagImage', 'busybox', { ref: 'Upper/Case' }), /lower case/],
      [command('tagImage', 'busybox', { ref: 'with space' }), /space/],
      [command('pushImage', `${registry()}/no/such:1`, {}), /no\/such/],
      [command('startContainer', 'no-such-container', {}), /no-such-container/],
      [command('removeContainer', name, {}), /running|stop/i],
      [command('execContainer', name, { command: ['no-such-program'], terminal: false }), /no-such-program/],
    ];
    for (const [failure, words] of failing) {
      await assert.rejects(failure, (error: Error) => {
        assert.match(error.message, words);
        assert.match(error.message, /[.。]$/, `not a sentence: ${error.message}`);
        return true;
      });
    }
    await command('removeContainer', name, { force: true });
    const left = await engineApi<{ Names: string[] }[]>('GET', '/containers/json?all=1');
    assert.deepEqual(
      left.filter(({ Names }) => Names.includes(`/${name}`)),
      [],
    );
  });

  it('reject with text that is no link, since VS Code itself shows it where a key called', async () => {
    for (const failure of [
      command('pullImage', '[Fix it](command:docknotes.showLog)', {}),
      command('execContainer', 'sample-web', { command: ['[Fix it](command:docknotes.showLog)'], terminal: false }),
    ]) {
      await assert.rejects(failure, ({ message }: Error) => message.includes('[Fix it]') && !message.includes(']('));
    }
  });

  it('explain an image without a shell', async () => {
    const name = ours('bare');
    await command('runImage', 'shell-less', { name });
    await assert.rejects(command('execContainer', name, {}), /no shell/);
    await command('removeContainer', name, { force: true });
  });

  it('free the host port and the name when a container cannot start', async () => {
    const first = ours('port-a');
    const second = ours('port-b');
    await command('runImage', 'busybox', { name: first, command: ['sleep', '1000'], ports: ['127.0.0.1::80'] });
    const container = await until(async () =>
      (await (await api()).containers()).find((c) => c.name === first && c.ports[0]?.host),
    );
    const taken = container.ports[0]?.host;
    await assert.rejects(
      command('runImage', 'busybox', { name: second, command: ['sleep', '1'], ports: [`127.0.0.1:${taken}:80`] }),
      /port/i,
    );
    await until(async () => !(await (await api()).containers()).some((c) => c.name === second));
    await command('removeContainer', first, { force: true });
  });
});
