// Changed files and their images, stops with a signal, limits that go, as other extensions would call for them.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { command, engineApi, ours } from './support.ts';

const script = [
  'echo new > /tmp/new; echo more >> /etc/passwd; rm /etc/group; chmod 700 /home',
  'trap "exit 7" USR1; trap "" TERM; touch /tmp/ready; while :; do sleep 1 & wait $!; done',
].join('; ');

describe('changes', () => {
  const name = ours('changes');
  let id: string;
  before(async () => {
    const options = { name, command: ['sh', '-c', script], memory: '64m', pidsLimit: 50 };
    ({ id } = await command('runImage', 'busybox', options));
    await until(async () => (await changed()).some(({ path }) => path === '/tmp/ready'));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await command('removeContainer', name, { force: true });
  });

  const changed = async (): Promise<{ path: string; kind: string }[]> =>
    (await command('viewChanges', name, {})).changes;
  const row = (path: string, change: string) => ({ type: 'change', container: id, path, folder: false, change });
  const text = (end: string) =>
    until(async () => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString().endsWith(end));
      return document?.getText();
    });

  it('are shown in the view, whose row the command opens', async () => {
    assert.deepEqual(await vscode.commands.executeCommand('docknotes.viewChanges', name), { id });
    assert.ok((await changed()).some(({ path, kind }) => path === '/etc/group' && kind === 'deleted'));
  });

  it('open from the container', async () => {
    await vscode.commands.executeCommand('docknotes.openFile', row('/tmp/new', 'added'));
    assert.equal(await text(`container-${id}/tmp/new`), 'new\n');
    await assert.rejects(command('openFile', row('/home', 'changed'), {}), /is a folder/);
  });

  it('are compared with the file of the image, and what was deleted is shown from there', async () => {
    const { Image: image } = await engineApi<{ Image: string }>('GET', `/containers/${id}/json`);
    const result = await command('compareWithImage', row('/etc/passwd', 'changed'), {});
    assert.deepEqual({ ...result, size: 0 }, { id, path: '/etc/passwd', image, size: 0 });
    const tab = await until(async () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputTextDiff ? activeTab : undefined;
    });
    assert.equal(tab.label, `passwd (image ↔ ${name})`);
    const { original, modified } = tab.input as vscode.TabInputTextDiff;
    const [before, now] = await Promise.all(
      [original, modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
    );
    assert.equal(now, `${before}more\n`);
    assert.equal(Buffer.byteLength(before ?? ''), result.size);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(original.scheme), false);
    await command('compareWithImage', name, { path: '/etc/group' });
    assert.match(await text(`${image.slice('sha256:'.length)}/etc/group`), /^root:x:0/);
    await assert.rejects(command('compareWithImage', name, { path: '/tmp/new' }), /no file \/tmp\/new/);
    const filters = encodeURIComponent(JSON.stringify({ label: ['docknotes.helper=true'] }));
    assert.deepEqual(await engineApi('GET', `/containers/json?all=1&filters=${filters}`), []);
  });

  it('of limits: what the engine takes away goes, and what stays is said with the way out', async () => {
    await command('updateContainer', name, { pidsLimit: 0, memorySwap: '-1' });
    const { HostConfig } = await engineApi<{ HostConfig: { MemorySwap: number; PidsLimit: number } }>(
      'GET',
      `/containers/${id}/json`,
    );
    assert.equal(HostConfig.MemorySwap, -1);
    assert.ok(!HostConfig.PidsLimit);
    await assert.rejects(command('updateContainer', name, { memory: '0' }), /Edit and Run Again/);
  });

  it('processes have a page of their own, once', async () => {
    for (let times = 0; times < 2; times += 1) {
      const { titles } = await command('viewProcesses', name, {});
      assert.ok(titles.includes('PID'));
    }
    const tabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until(async () => tabs().includes(`Processes: ${name}`));
    assert.equal(tabs().filter((label) => label === `Processes: ${name}`).length, 1);
  });

  it('stops with the signal and the time that were given', async () => {
    const options = { signal: 'SIGUSR1', timeout: 20 };
    assert.deepEqual(await command('stopContainerWith', name, options), { id, ...options });
    const { State } = await engineApi<{ State: { ExitCode: number } }>('GET', `/containers/${id}/json`);
    assert.equal(State.ExitCode, 7);
  });
});
