// Getting inside of containers: terminals with Unicode, large pastes and clean ends, single commands, nsenter, the profile.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { closeTerminals, command, engineApi, ours } from './support.ts';

describe('inside', () => {
  const name = ours('inside');
  before(async () => {
    await command('runImage', 'busybox', { name, command: ['sleep', '1000'] });
  });
  after(async () => {
    closeTerminals();
    await command('removeContainer', name, { force: true });
  });

  const terminal = (label: string) => until(async () => vscode.window.terminals.find((each) => each.name === label));
  const inContainer = async (...words: string[]): Promise<string> =>
    (await command('runInContainer', name, { command: words })).stdout;

  it('runs a command and gives what it wrote and its exit code', async () => {
    const result = await command('runInContainer', name, {
      command: ['sh', '-c', 'echo "$A $(pwd) $(id -u)"; echo oh >&2; exit 4'],
      env: ['A=日本 👩‍👩‍👧'],
      workdir: '/tmp',
      user: '12',
    });
    assert.equal(result.exitCode, 4);
    assert.equal(result.stdout, '日本 👩‍👩‍👧 /tmp 12\n');
    assert.equal(result.stderr, 'oh\n');
    await assert.rejects(command('runInContainer', name, { command: ['no-such-program'] }), /no-such-program.*[.。]$/s);
  });

  it('opens a shell with a chosen user, folder and variables, and remembers them for the image', async () => {
    const result = await command('execContainerWith', name, {
      command: ['/bin/sh'],
      user: '7',
      workdir: '/tmp',
      env: ['GREETING=é 你好'],
    });
    assert.deepEqual(result.command, ['/bin/sh']);
    const shell = await terminal(name);
    shell.sendText('echo "$GREETING $(id -u) $(pwd)" > /tmp/asked');
    await until(async () => (await inContainer('cat', '/tmp/asked').catch(() => '')) === 'é 你好 7 /tmp\n');
    shell.dispose();
    await until(async () => vscode.window.terminals.every((each) => each.name !== name));
    // As a person calls it: without options.
    await vscode.commands.executeCommand('docknotes.execContainer', name);
    const again = await terminal(name);
    again.sendText('echo "$GREETING $(id -u)" > /tmp/remembered');
    await until(async () => (await inContainer('cat', '/tmp/remembered').catch(() => '')) === 'é 你好 7\n');
    again.dispose();
    await until(async () => vscode.window.terminals.every((each) => each.name !== name));
  });

  it('takes a paste of 1 MB', async () => {
    const line = `${'0123456789 日本語 é 👍 '.repeat(10)}`;
    const text = `${line}\n`.repeat(Math.ceil(1_000_000 / (line.length + 1)));
    await command('execContainer', name, {
      command: [
        'sh',
        '-c',
        'stty -echo 2>/dev/null; head -c "$1" > /tmp/pasted; sync',
        'sh',
        String(Buffer.byteLength(text)),
      ],
    });
    const shell = await terminal(name);
    shell.sendText(text, false);
    await until(async () => Number(await inContainer('stat', '-c', '%s', '/tmp/pasted')) === Buffer.byteLength(text));
    assert.equal(await inContainer('sh', '-c', 'sort -u /tmp/pasted'), `${line}\n`);
    shell.dispose();
  });

  it('attaches, and leaves the container running when the tab is closed', async () => {
    const main = ours('attach');
    await command('runLine', `docker run -dit --name ${main} busybox cat`, {});
    await command('attachContainer', main, {});
    const attached = await terminal(`Attached: ${main}`);
    attached.sendText('typed');
    await until(async () => (await command('viewLogs', main, { follow: false })).text.includes('typed'));
    // Ctrl-P Ctrl-Q leaves it; any key closes the terminal afterwards.
    attached.sendText('\u0010\u0011', false);
    await until(async () => {
      attached.sendText('x', false);
      return vscode.window.terminals.every((each) => each.name !== `Attached: ${main}`);
    });
    const state = await engineApi<{ State: { Running: boolean } }>('GET', `/containers/${main}/json`);
    assert.equal(state.State.Running, true);
    await command('removeContainer', main, { force: true });
  });

  it('enters the namespaces of a container of this machine', async () => {
    const { command: words } = await command('nsenterContainer', name, { start: false });
    const { State } = await engineApi<{ State: { Pid: number } }>('GET', `/containers/${name}/json`);
    const wanted = ['nsenter', '-t', String(State.Pid), '-m', '-u', '-i', '-n', '-p', '--'];
    assert.deepEqual(words.slice(-wanted.length - 1, -1), wanted);
    assert.match(words.at(-1), /^\/bin\/(ba|a)?sh$/);
    await command('nsenterContainer', name, {});
    const shell = await terminal(`${name} (namespaces)`);
    if (words[0] === 'nsenter') {
      shell.sendText('echo in > /tmp/entered');
      await until(async () => (await inContainer('cat', '/tmp/entered').catch(() => '')) === 'in\n');
    }
    shell.dispose();
  });

  it('offers a terminal profile', async () => {
    const contributed =
      vscode.extensions.getExtension('docknotes.docknotes')?.packageJSON.contributes.terminal.profiles;
    assert.equal(contributed[0].id, 'docknotes.shell');
  });
});
