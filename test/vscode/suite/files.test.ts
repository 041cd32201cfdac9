// Files of containers and volumes in the editor: opened, edited, saved, created, renamed and deleted as any other.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { command, engineApi, ours } from './support.ts';

describe('files', () => {
  const name = ours('files');
  const volume = ours('Volume');
  let id: string;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-files-'));
    const options = { name, command: ['sleep', '86400'], volumes: [`${volume}:/data`] };
    id = (await command('runImage', 'busybox', options)).id;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await engineApi('DELETE', `/containers/${id}?force=1&v=1`);
    await until(async () => !(await engineApi<{ message?: string }>('DELETE', `/volumes/${volume}?force=1`))?.message);
    rmSync(folder, { recursive: true, force: true });
  });

  const uri = (path: string) => vscode.Uri.from({ scheme: 'docknotes-files', authority: `container-${id}`, path });
  const run = async (script: string) =>
    (await command('execContainer', name, { command: ['sh', '-c', script], terminal: false })).stdout;
  const code = (expected: string) => (error: unknown) =>
    error instanceof vscode.FileSystemError && error.code === expected;

  it('open, edit and save in an editor, and keep mode and owner', async () => {
    await run('mkdir /w; echo one > /w/a.txt; chmod 640 /w/a.txt; chown 12:34 /w/a.txt; ln -s a.txt /w/link');
    const document = await vscode.workspace.openTextDocument(uri('/w/link'));
    assert.equal(document.getText(), 'one\n');
    const editor = await vscode.window.showTextDocument(document);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'two ü\n')));
    assert.ok(await document.save());
    assert.equal(
      await run('cat /w/a.txt; stat -c "%a %u:%g" /w/a.txt; readlink /w/link'),
      'one\ntwo ü\n640 12:34\na.txt\n',
    );
  });

  it('are created, listed, renamed and deleted, and the editor hears of it', async () => {
    const heard: string[] = [];
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri('/n'), '**'));
    watcher.onDidCreate(({ path }) => heard.push(`created ${path}`));
    watcher.onDidDelete(({ path }) => heard.push(`deleted ${path}`));
    const { fs } = vscode.workspace;
    await fs.createDirectory(uri('/n'));
    await fs.writeFile(uri("/n/it's #1 50%?.txt"), Buffer.from('x'));
    await run('ln -s /n /n/self; ln -s /none /n/dangling');
    assert.deepEqual((await fs.readDirectory(uri('/n'))).sort(), [
      ['dangling', vscode.FileType.SymbolicLink],
      ["it's #1 50%?.txt", vscode.FileType.File],
      ['self', vscode.FileType.SymbolicLink | vscode.FileType.Directory],
    ]);
    await fs.rename(uri("/n/it's #1 50%?.txt"), uri('/n/b'));
    await assert.rejects(fs.rename(uri('/n/b'), uri('/n/self')) as Promise<void>, code('FileExists'));
    assert.equal((await fs.stat(uri('/n/b'))).size, 1);
    await fs.delete(uri('/n/b'));
    await assert.rejects(fs.stat(uri('/n/b')) as Promise<unknown>, code('FileNotFound'));
    await assert.rejects(fs.readFile(uri('/n')) as Promise<unknown>, code('FileIsADirectory'));
    await assert.rejects(fs.readDirectory(uri('/etc/passwd')) as Promise<unknown>, code('FileNotADirectory'));
    await until(async () => heard.includes('created /n/b') && heard.includes('deleted /n/b'));
    watcher.dispose();
  });

  it('whose names are written like links have an address that is none, and lead back to the file', async () => {
    const named = '[Fix it](command:x)';
    await run(`mkdir /l; echo inside > '/l/${named}'`);
    const { fs } = vscode.workspace;
    const [[shown = ''] = []] = await fs.readDirectory(uri('/l'));
    assert.ok(!shown.includes(']('), shown);
    assert.equal(Buffer.from(await fs.readFile(uri(`/l/${shown}`))).toString(), 'inside\n');
    await fs.writeFile(uri(`/l/${shown}`), Buffer.from('changed'));
    await fs.rename(uri(`/l/${shown}`), uri(`/l/2${shown}`));
    assert.equal(await run(`ls /l; cat '/l/2${named}'`), `2${named}\nchanged`);
    await fs.delete(uri(`/l/2${shown}`));
    assert.equal(await run('ls /l'), '');
  });

  it('hold no links that run commands', async () => {
    const usual = '[b](b.md) <https://example.test>';
    await run(`mkdir /m; echo 'Set command: in the file. ${usual}' > /m/b.md`);
    await run(`echo '[run](command:docknotes.showLog) <command:docknotes.showLog> ${usual}' > /m/a.md`);
    const linksOf = async (document: vscode.TextDocument) =>
      vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 10);
    // A page without such links keeps its language, and the link to a file says that the Markdown support is awake.
    const harmless = await vscode.workspace.openTextDocument(uri('/m/b.md'));
    await until(async () => (await linksOf(harmless)).some(({ target }) => target?.path === '/m/b.md'));
    const document = await vscode.workspace.openTextDocument(uri('/m/a.md'));
    const links = await until(async () => {
      const { languageId } = vscode.workspace.textDocuments.find((each) => each.uri.path === document.uri.path) ?? {};
      return languageId === 'plaintext' && (await linksOf(document));
    });
    assert.deepEqual(
      links.map(({ target }) => target?.scheme),
      ['https'],
    );
    assert.equal(harmless.languageId, 'markdown');
  });

  it('are refused when they are too large for an editor', async () => {
    await run('dd if=/dev/zero of=/large bs=1M count=60 2>/dev/null');
    await assert.rejects(vscode.workspace.fs.readFile(uri('/large')) as Promise<unknown>, /Download it instead/);
  });

  it('open while the container is stopped, and say why they cannot be deleted then', async () => {
    await command('stopContainer', name, { timeout: 0 });
    const { fs } = vscode.workspace;
    await fs.writeFile(uri('/w/stopped'), Buffer.from('written'));
    assert.equal(Buffer.from(await fs.readFile(uri('/w/stopped'))).toString(), 'written');
    await assert.rejects(fs.delete(uri('/w/stopped')) as Promise<void>, /must be running/);
    await command('startContainer', name, {});
    assert.equal(await run('cat /w/stopped'), 'written');
  });

  it('of a volume open by the address that Open File gives them', async () => {
    await run('echo v > /data/in-volume');
    await command('openFile', `volume:${volume}`, { path: '/in-volume' });
    const document = await until(async () => vscode.window.activeTextEditor?.document);
    assert.equal(document.uri.scheme, 'docknotes-files');
    assert.match(document.uri.authority, /^volume-[0-9a-f]{8}-/);
    assert.equal(document.getText(), 'v\n');
    const elsewhere = document.uri.with({ authority: document.uri.authority.replace(/-[0-9a-f]{8}-/, '-00000000-') });
    await assert.rejects(vscode.workspace.fs.readFile(elsewhere) as Promise<unknown>, /another engine/);
  });

  it('are downloaded, uploaded, backed up and restored by commands', async () => {
    const from = join(folder, 'up.txt');
    writeFileSync(from, 'up');
    await command('uploadFiles', name, { from, path: '/w' });
    await command('downloadFiles', name, { path: '/w', to: join(folder, 'w') });
    assert.equal(readFileSync(join(folder, 'w', 'up.txt'), 'utf8'), 'up');
    const to = join(folder, 'v.tar.gz');
    assert.equal((await command('backupVolume', volume, { to })).files, 1);
    await run('rm /data/*');
    await command('restoreVolume', volume, { from: to });
    assert.equal(await run('cat /data/in-volume'), 'v\n');
    await assert.rejects(command('downloadFiles', name, { path: '/none', to: join(folder, 'x') }), /no file \/none/);
    assert.ok(!existsSync(join(folder, 'x')));
  });
});
