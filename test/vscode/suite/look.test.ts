// Looking at containers, as other extensions would call it: pages open, results are plain data.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { command, engineApi, ours } from './support.ts';

describe('look', () => {
  const name = ours('look');
  let id: string;
  before(async () => {
    const script = 'echo hello > /tmp/new; rm /etc/hostname 2>/dev/null; echo one; echo two >&2; exec sleep 1000';
    ({ id } = await command('runImage', 'busybox', {
      name,
      command: ['sh', '-c', script],
      volumes: [`${name}:/data`],
    }));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await command('removeContainer', name, { force: true });
    await engineApi('DELETE', `/volumes/${name}`);
  });

  it('opens logs, statistics and events in tabs of their own, each once', async () => {
    for (const [verb, target, title] of [
      ['viewLogs', name, `Logs: ${name}`],
      ['viewStats', name, `Statistics: ${name}`],
      ['viewEvents', undefined, 'Engine Events'],
    ] as const) {
      for (let times = 0; times < 2; times += 1) {
        await command(verb, target, {});
        await until(async () => labels().includes(title));
      }
      assert.equal(labels().filter((label) => label === title).length, 1, title);
    }
    const { ids } = await command('viewLogs', name, {});
    assert.deepEqual(ids, [id]);
  });

  it('gives logs as a text', async () => {
    const { text } = await command('viewLogs', name, { follow: false });
    assert.match(text, /one\n/);
    assert.match(text, /two\n/);
    const { text: last } = await command('viewLogs', name, { follow: false, tail: 1, timestamps: true });
    assert.match(last, /^\d{4}-\d\d-\d\dT.*Z (one|two)\n$/);
  });

  it('inspects containers, images, volumes and networks as documents with links', async () => {
    const { text } = await command('inspectContainer', name, {});
    assert.equal(JSON.parse(text).Id, id);
    const document = await until(async () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith(`${name}.inspect.json`)),
    );
    assert.equal(document.languageId, 'json');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const targets = links.map(({ target }) => decodeURIComponent(String(target)));
    for (const wanted of [/inspectImage\?\["sha256:/, /inspectVolume\?\["test-look/, /inspectNetwork\?\["bridge/]) {
      assert.ok(
        targets.some((target) => wanted.test(target)),
        `${wanted} in ${targets.join(' ')}`,
      );
    }
    assert.match((await command('inspectImage', 'busybox', {})).id, /^sha256:/);
    assert.equal((await command('inspectVolume', name, {})).volume, name);
    assert.equal(JSON.parse((await command('inspectNetwork', 'bridge', {})).text).Name, 'bridge');
  });

  it('lists processes and changed files', async () => {
    const { titles, rows } = await command('viewProcesses', name, {});
    assert.ok(titles.includes('PID') && rows.some((row: string[]) => row.some((cell) => cell.includes('sleep 1000'))));
    const { changes } = await command('viewChanges', name, {});
    assert.ok(
      changes.some((change: { path: string; kind: string }) => change.path === '/tmp/new' && change.kind === 'added'),
    );
  });

  it('says what is wrong in a sentence', async () => {
    for (const verb of ['viewLogs', 'viewStats', 'inspectContainer', 'viewProcesses', 'viewChanges']) {
      await assert.rejects(command(verb, 'no-such-thing', {}), /no-such-thing.*[.。]$/s, verb);
    }
  });
});

function labels(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}
