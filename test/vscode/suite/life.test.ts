// The life of containers and images through our commands, with the engine asked directly beside them.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { api, command, engineApi, ours } from './support.ts';

interface Inspected {
  Name: string;
  State: { Status: string; Paused: boolean; ExitCode: number };
  HostConfig: { RestartPolicy: { Name: string; MaximumRetryCount: number }; Memory: number; NanoCpus: number };
}

const trap = (signal: string) => ['sh', '-c', `trap "exit 7" ${signal}; while :; do sleep 1 & wait $!; done`];

describe('life', () => {
  let folder: string;
  const made: string[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-life-'));
  });
  afterEach(async () => {
    for (const name of made.splice(0)) {
      await engineApi('DELETE', `/containers/${name}?force=1&v=1`);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (label: string, script: string[] = ['sleep', '86400'], more: object = {}) => {
    const name = ours(label);
    made.push(name);
    const { id } = await command('runImage', 'busybox', { name, command: script, ...more });
    return { id: id as string, name };
  };
  const inspect = (name: string) => engineApi<Inspected>('GET', `/containers/${name}/json`);
  const seen = (id: string, state: string) =>
    until(async () => (await (await api()).containers()).find((each) => each.id === id && each.state === state));

  it('starts, stops and restarts several at once', async () => {
    const one = await run('one', trap('TERM'));
    const two = await run('two', trap('TERM'));
    const names = [one.name, two.name];
    const ids = [one.id, two.id];
    assert.deepEqual(await command('stopContainer', names, { timeout: 5 }), { id: two.id, ids });
    assert.equal((await inspect(one.name)).State.ExitCode, 7);
    assert.deepEqual(await command('startContainer', names, {}), { id: two.id, ids });
    await command('restartContainer', names, { timeout: 0 });
    await seen(one.id, 'running');
    await seen(two.id, 'running');
  });

  it('does what it can when one of several fails, and says how many failed', async () => {
    const one = await run('fine', trap('TERM'));
    const two = await run('paused', trap('TERM'));
    await command('pauseContainer', two.name, {});
    // The engine answers a moment before it has noted the state itself.
    await seen(two.id, 'paused');
    await assert.rejects(command('pauseContainer', [one.name, two.name], {}), /already paused|is not running|paused/i);
    await seen(one.id, 'paused');
  });

  it('pauses and lets go on, also by a start', async () => {
    const { id, name } = await run('pause');
    assert.deepEqual(await command('pauseContainer', name, {}), { id });
    await seen(id, 'paused');
    assert.deepEqual(await command('unpauseContainer', name, {}), { id });
    await seen(id, 'running');
    await command('pauseContainer', name, {});
    await seen(id, 'paused');
    await command('startContainer', name, {});
    await seen(id, 'running');
  });

  it('sends a signal, and waits for the end', async () => {
    const { id, name } = await run('signal', trap('USR1'));
    const waiting = command('waitContainer', name, {});
    await command('killContainer', name, { signal: 'SIGUSR1' });
    assert.deepEqual(await waiting, { id, exitCode: 7 });
    await command('startContainer', name, {});
    await command('killContainer', name, {});
    assert.deepEqual(await command('waitContainer', name, {}), { id, exitCode: 137 });
    await assert.rejects(command('killContainer', name, { signal: 'SIGNONSENSE' }), /signal|not running/i);
  });

  it('renames, and the view has the new name', async () => {
    const { id, name } = await run('before');
    const next = ours('after');
    made.push(next);
    assert.deepEqual(await command('renameContainer', name, { name: next }), { id, name: next });
    await until(async () => (await (await api()).containers()).find((each) => each.id === id && each.name === next));
    await assert.rejects(command('renameContainer', next, { name: 'no spaces' }), /name/i);
  });

  it('changes restart policy and limits', async () => {
    const { id, name } = await run('update');
    const { warnings, ...result } = await command('updateContainer', name, {
      restart: 'on-failure:3',
      memory: '64m',
      cpus: '0.5',
    });
    assert.deepEqual(result, { id });
    assert.ok(Array.isArray(warnings));
    const { HostConfig } = await inspect(name);
    assert.deepEqual(HostConfig.RestartPolicy, { Name: 'on-failure', MaximumRetryCount: 3 });
    assert.deepEqual([HostConfig.Memory, HostConfig.NanoCpus], [64 * 1024 * 1024, 500_000_000]);
    await command('updateContainer', name, { memory: '256m' });
    assert.equal((await inspect(name)).HostConfig.Memory, 256 * 1024 * 1024);
    await assert.rejects(command('updateContainer', name, { memory: 'much' }), /not a size/);
    await assert.rejects(command('updateContainer', name, { restart: 'sometimes' }), /not a restart policy/);
  });

  it('makes an image of a container, with its history', async () => {
    const { name } = await run('commit', ['sh', '-c', 'echo kept > /kept; sleep 86400']);
    await until(
      async () => (await command('execContainer', name, { command: ['cat', '/kept'], terminal: false })).stdout,
    );
    const ref = `${ours('team')}/rescued:1`;
    const options = { ref, message: 'keep the state', author: 'somebody', changes: ['CMD ["cat", "/kept"]'] };
    const { id } = await command('commitContainer', name, options);
    assert.match(id, /^sha256:/);
    const found = await until(async () => (await (await api()).images()).find(({ tags }) => tags.includes(ref)));
    assert.equal(found.id, id);
    const { layers } = await command('showImageHistory', ref, {});
    assert.equal(layers[0].comment, 'keep the state');
    assert.ok(layers.length > 1 && layers[0].tags.includes(ref));
    const { Config, Author } = await engineApi<{ Config: { Cmd: string[] }; Author: string }>(
      'GET',
      `/images/${ref}/json`,
    );
    assert.deepEqual([Config.Cmd, Author], [['cat', '/kept'], 'somebody']);
    await command('removeImage', ref, {});
    await assert.rejects(command('commitContainer', name, { ref: 'Upper/Case' }), /lower case/);
  });

  it('exports the files of a container, compressed when the name says so, and leaves no half file', async () => {
    const { id, name } = await run('export', ['sh', '-c', 'echo exported > /exported']);
    await command('waitContainer', name, {});
    const to = join(folder, 'files.tar.gz');
    const result = await command('exportContainer', name, { to });
    assert.deepEqual([result.id, result.to], [id, to]);
    const tar = gunzipSync(readFileSync(to));
    assert.equal(tar.length, result.bytes);
    assert.ok(tar.includes('exported\n'));
    await assert.rejects(command('exportContainer', 'no-such-container', { to: join(folder, 'none.tar') }), /no-such/);
    await assert.rejects(command('exportContainer', name, { to: join(folder, 'no', 'folder.tar') }), /cannot be/);
    assert.ok(!existsSync(join(folder, 'none.tar')) && !existsSync(join(folder, 'none.tar.part')));
  });

  it('saves images with their tags, and loads them again', async () => {
    const refs = [`${ours('save')}/a:1`, `${ours('save')}/b:2`];
    for (const ref of refs) {
      await command('tagImage', 'busybox', { ref });
    }
    const to = join(folder, 'images.tar.gz');
    const saved = await command('saveImages', refs, { to });
    assert.deepEqual([saved.refs, saved.to], [refs, to]);
    await command('removeImage', refs, {});
    await until(async () => !(await (await api()).images()).some(({ tags }) => tags.includes(refs[0] ?? '')));
    assert.deepEqual((await command('loadImages', to, {})).refs.sort(), [...refs].sort());
    await until(async () => (await (await api()).images()).some(({ tags }) => refs.every((ref) => tags.includes(ref))));
    await command('removeImage', refs, {});
    await assert.rejects(command('loadImages', join(folder, 'missing.tar'), {}), /cannot be read/);
    await assert.rejects(command('loadImages', to.replace('images', 'files'), {}), /holds no image/);
  });

  it('copies details of containers and images', async () => {
    const { id, name } = await run('copy');
    const texts = await Promise.all(
      ['id', 'name', 'image', 'address', 'command'].map(
        async (detail) => (await command('copyContainerDetail', name, { detail })).text,
      ),
    );
    assert.deepEqual(texts.slice(0, 3), [id, name, 'busybox']);
    assert.match(texts[3] ?? '', /^\d+\.\d+\.\d+\.\d+$/);
    await command('copyContainerDetail', name, { detail: 'name' });
    assert.equal(await vscode.env.clipboard.readText(), name);
    await command('stopContainer', name, { timeout: 0 });
    await assert.rejects(command('copyContainerDetail', name, { detail: 'address' }), /no address/);
    assert.match((await command('copyImageDetail', 'busybox', { detail: 'id' })).text, /^sha256:/);
    assert.equal((await command('copyImageDetail', 'busybox', { detail: 'reference' })).text, 'busybox');
  });

  it('tells the address of the likely web page', async () => {
    const { id, name } = await run('ports', ['sleep', '86400'], { ports: ['127.0.0.1::6379', '127.0.0.1::8080'] });
    const found = await until(async () =>
      (await (await api()).containers()).find((each) => each.id === id && each.ports.some(({ host }) => host)),
    );
    const host = (port: number) => found.ports.find(({ container }) => container === port)?.host;
    const open = (options: object) => command('openInBrowser', name, { open: false, ...options });
    assert.deepEqual(await open({}), { url: `http://localhost:${host(8080)}` });
    assert.deepEqual(await open({ port: 6379 }), { url: `http://localhost:${host(6379)}` });
    const { name: bare } = await run('bare');
    await assert.rejects(command('openInBrowser', bare, { open: false }), /publishes no TCP port/);
  });

  it('says what a prune would take, and takes nothing', async () => {
    const ended = await run('ended', ['true']);
    const kept = await run('kept');
    await command('waitContainer', ended.name, {});
    const network = ours('net');
    await command('createNetwork', network, {});
    const preview = await command('prune', undefined, { kinds: ['containers', 'networks'], preview: true });
    assert.ok(preview.removed.containers.includes(ended.name));
    assert.ok(!preview.removed.containers.includes(kept.name));
    assert.ok(preview.removed.networks.includes(network));
    assert.equal((await inspect(ended.name)).Name, `/${ended.name}`);
    await command('removeNetwork', network, {});
    await assert.rejects(command('prune', undefined, { kinds: ['everything'] }), /Name the kinds/);
    await command('removeContainer', [ended.name, kept.name], { force: true });
    await until(async () => !(await (await api()).containers()).some(({ id }) => [ended.id, kept.id].includes(id)));
  });

  it('prunes what it named and no volume that has a name', async function () {
    // On an engine that somebody works with, a prune would take what is not ours.
    if (!/docknotes-engine/.test(process.env.DOCKNOTES_TEST_ENGINE ?? '')) {
      this.skip();
    }
    const network = ours('net');
    const volume = ours('named');
    await command('createNetwork', network, {});
    await command('createVolume', volume, {});
    const { name: unnamed } = await command('createVolume', undefined, {});
    await until(async () => (await engineApi<{ Name?: string }>('GET', `/volumes/${unnamed}`)).Name);
    const { removed } = await command('prune', undefined, { kinds: ['networks', 'volumes'] });
    assert.ok(removed.networks.includes(network));
    assert.ok(removed.volumes.includes(unnamed) && !removed.volumes.includes(volume));
    assert.equal((await engineApi<{ Name?: string }>('GET', `/volumes/${volume}`)).Name, volume);
    await command('prune', undefined, { kinds: ['volumes', 'allVolumes'] });
    assert.equal((await engineApi<{ Name?: string }>('GET', `/volumes/${volume}`)).Name, undefined);
  });

  it('keeps filters and arrangement, and gives them back', async () => {
    assert.deepEqual(await command('filterContainers', undefined, { text: ' web  running ' }), {
      text: 'web  running',
    });
    assert.deepEqual(await command('clearFilter', 'containers', {}), { views: ['containers'] });
    for (const name of ['filterImages', 'filterVolumes', 'filterNetworks']) {
      assert.deepEqual(await command(name, undefined, { text: 'x' }), { text: 'x' });
    }
    await command('clearFilter', undefined, {});
    assert.equal((await command('arrangeContainers', undefined, { groupBy: 'image' })).groupBy, 'image');
    assert.equal(vscode.workspace.getConfiguration('docknotes').get('containers.groupBy'), 'image');
    assert.equal((await command('arrangeImages', undefined, { dangling: false })).dangling, false);
    const settings = vscode.workspace.getConfiguration('docknotes');
    await settings.update('containers.groupBy', undefined, vscode.ConfigurationTarget.Global);
    await settings.update('images.dangling', undefined, vscode.ConfigurationTarget.Global);
  });
});
