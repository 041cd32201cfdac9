// Terminals as a person has them: their size, their input with and without a terminal on the other side, their end, the profile.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { dockerApi, removeAll } from '../../parts/engine/api.ts';
import { until } from '../../parts/until.ts';
import { closeTerminals, command, engineApi, ours } from './support.ts';

describe('terminals', () => {
  const name = ours('size');
  const made = [name];
  before(async () => {
    await command('runImage', 'busybox', { name, command: ['sleep', '1000'] });
  });
  after(async () => {
    closeTerminals();
    await removeAll(
      dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? ''),
      made.map((each) => `/containers/${each}?force=1&v=1`),
    );
  });

  const terminal = (label: string) => until(async () => vscode.window.terminals.find((each) => each.name === label));
  const inContainer = async (container: string, ...words: string[]): Promise<string> =>
    (await command('runInContainer', container, { command: words })).stdout;
  const logs = async (container: string): Promise<string> =>
    (await command('viewLogs', container, { follow: false })).text;
  const screen = async (shown: vscode.Terminal): Promise<string> => {
    shown.show();
    await vscode.commands.executeCommand('workbench.action.terminal.selectAll');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    await vscode.commands.executeCommand('workbench.action.terminal.clearSelection');
    return (await vscode.env.clipboard.readText()).replace(/\s+/g, ' ');
  };
  const gone = (shown: vscode.Terminal) => until(async () => !vscode.window.terminals.includes(shown));

  it('tell the process their size, and every change of it', async () => {
    await command('execContainer', name, { command: ['sh'] });
    const shell = await terminal(name);
    const size = async () => {
      shell.sendText('stty size > /tmp/size.part; mv /tmp/size.part /tmp/size');
      return (await inContainer(name, 'cat', '/tmp/size').catch(() => '')).trim();
    };
    const first = await until(async () => {
      const now = await size();
      return /^[1-9]\d* [1-9]\d*$/.test(now) && now;
    });
    await narrower();
    await until(async () => columns(await size()) < columns(first));
    await wider();
    await until(async () => columns(await size()) >= columns(first));
    shell.dispose();
    await gone(shell);
  });

  it('end what runs in them when they are closed, also while they start', async () => {
    const running = async () => {
      const { Processes } = await engineApi<{ Processes: string[][] }>('GET', `/containers/${name}/top`);
      return Processes.map((row) => row.at(-1) ?? '');
    };
    const front = 'sleep 72001';
    await command('execContainer', name, { command: ['sh'] });
    const shell = await terminal(name);
    shell.sendText(front);
    await until(async () => (await running()).includes(front));
    shell.dispose();
    await gone(shell);
    await until(async () => !(await running()).includes(front));
    for (let count = 0; count < 5; count++) {
      await command('execContainer', name, { command: ['sleep', '72002'] });
      (await terminal(name)).dispose();
    }
    // What was started last is seen before it is asked whether anything is left.
    await command('execContainer', name, { command: ['sleep', '72003'] });
    await until(async () => (await running()).includes('sleep 72003'));
    closeTerminals();
    await until(async () => (await running()).every((line) => !line.includes('sleep 7200') && line !== 'sh'));
  });

  it('tell it to a main process that was attached, too', async () => {
    const main = ours('attached-size');
    made.push(main);
    const script = 'trap "stty size" WINCH; while :; do read line; done';
    await command('runLine', `docker run -dit --name ${main} busybox sh -c '${script}'`, {});
    await command('attachContainer', main, {});
    const attached = await terminal(`Attached: ${main}`);
    const sizes = async () => [...(await logs(main)).matchAll(/^(\d+) (\d+)\r?$/gm)].map(([size = '']) => size.trim());
    const first = await until(async () => (await sizes()).at(-1));
    await narrower();
    await until(async () => columns((await sizes()).at(-1) ?? first) < columns(first));
    await wider();
    attached.dispose();
    await gone(attached);
    const { State } = await engineApi<{ State: { Running: boolean } }>('GET', `/containers/${main}/json`);
    assert.ok(State.Running);
  });

  it('take input for a process without a terminal, line by line, with Unicode', async () => {
    const input = ours('input');
    made.push(input);
    await command('runLine', `docker run -i --name ${input} busybox sh -c 'while read l; do echo "got $l"; done'`, {});
    const shown = await terminal(input);
    shown.sendText('日本 👍 é');
    await until(async () => (await logs(input)).includes('got 日本 👍 é'));
    await screenWith(shown, 'got 日本');
    // Ctrl-D on an empty line ends the input, and with it the container.
    shown.sendText('\u0004', false);
    await screenWith(shown, 'The container has ended with exit code 0.');
    shown.sendText('x', false);
    await gone(shown);
  });

  it('take a paste of 1 MB into the main process', async () => {
    const paste = ours('paste');
    made.push(paste);
    const line = '0123456789 日本語 é 👍 '.repeat(10);
    const text = `${line}\n`.repeat(Math.ceil(1_000_000 / Buffer.byteLength(`${line}\n`)));
    const size = Buffer.byteLength(text);
    const script = `stty -echo; head -c ${size} > /pasted; sleep 1000`;
    await command('runLine', `docker run -dit --name ${paste} busybox sh -c '${script}'`, {});
    await command('attachContainer', paste, {});
    const attached = await terminal(`Attached: ${paste}`);
    attached.sendText(text, false);
    await until(async () => Number(await inContainer(paste, 'stat', '-c', '%s', '/pasted')) === size);
    assert.equal(await inContainer(paste, 'sort', '-u', '/pasted'), `${line}\n`);
    attached.dispose();
    await gone(attached);
  });

  it('end with a sentence when the container dies, and close with a key', async () => {
    const dies = ours('dies');
    made.push(dies);
    await command('runImage', 'busybox', { name: dies, command: ['sleep', '1000'] });
    // What a process leaves behind: another screen, no cursor, a title.
    const script = 'printf "\\033[?1049h\\033[?25l\\033]0;owned\\007on the other screen"; sleep 1000';
    await command('execContainer', dies, { command: ['sh', '-c', script] });
    const shell = await terminal(dies);
    await screenWith(shell, 'on the other screen');
    await engineApi('POST', `/containers/${dies}/kill`);
    await screenWith(shell, 'The container has stopped with exit code 137');
    assert.equal(shell.name, dies);
    shell.sendText('x', false);
    await gone(shell);
  });

  it('open by the terminal profile "Container", with a shell in the container that is picked', async () => {
    const settings = vscode.workspace.getConfiguration('terminal.integrated.defaultProfile');
    const system = { darwin: 'osx', win32: 'windows' }[process.platform as string] ?? 'linux';
    const extension = vscode.extensions.getExtension('docknotes.docknotes');
    const profile: { title: string } = extension?.packageJSON.contributes.terminal.profiles[0];
    await settings.update(system, profile.title, vscode.ConfigurationTarget.Workspace);
    const before = new Set(vscode.window.terminals);
    try {
      await until(async () => settingIs(system, profile.title));
      void vscode.commands.executeCommand('workbench.action.terminal.new');
      const opened = await until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return vscode.window.terminals.find((each) => !before.has(each));
      });
      const running = await engineApi<{ Names: string[] }[]>('GET', '/containers/json');
      assert.ok(
        running.some(({ Names }) => Names.includes(`/${opened.name}`)),
        opened.name,
      );
      opened.sendText('echo in > /tmp/by-profile');
      await until(async () => (await inContainer(opened.name, 'cat', '/tmp/by-profile').catch(() => '')) === 'in\n');
      opened.dispose();
      await gone(opened);
    } finally {
      await settings.update(system, undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  /** Waits until a text stands in a terminal. */
  async function screenWith(terminal: vscode.Terminal, text: string): Promise<void> {
    let shown = '';
    await until(async () => {
      shown = await screen(terminal);
      return shown.includes(text);
    }).catch((error: unknown) => {
      throw new Error(`"${text}" is not on the screen: ${JSON.stringify(shown)}`, { cause: error });
    });
  }

  async function narrower(): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: 'beside' });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  async function wider(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  }

  function columns(size: string): number {
    return Number(size.split(' ')[1]);
  }

  function settingIs(system: string, value: string): boolean {
    return vscode.workspace.getConfiguration('terminal.integrated.defaultProfile').get(system) === value;
  }
});
