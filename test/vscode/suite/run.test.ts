// Running images, lines and forms as another extension would, on the real engine.

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { command, engineApi, ours } from './support.ts';

interface Inspect {
  Id: string;
  State: { Status: string; Running: boolean };
  Config: { Cmd: string[]; Env: string[]; Tty: boolean; OpenStdin: boolean; Labels: Record<string, string> };
  HostConfig: {
    Binds?: string[];
    Memory: number;
    PortBindings: Record<string, { HostIp: string; HostPort: string }[]>;
    RestartPolicy: { Name: string; MaximumRetryCount: number };
    Privileged: boolean;
  };
  NetworkSettings: { Networks: Record<string, unknown> };
}

const made: string[] = [];

describe('run', () => {
  after(async () => {
    for (const name of made) {
      await engineApi('DELETE', `/containers/${name}?force=1&v=1`);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('runs a line as it stands in a README, with continuation lines, quotes and the workspace folder', async () => {
    const name = named('line');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const { id, warnings } = await command(
      'runLine',
      `$ docker run -d --name ${name} \\
         -e "TITLE=two words" --memory 64m \\
         -v "$(pwd)":/src:ro -p 127.0.0.1::80 \\
         --restart on-failure:3 \\
         busybox httpd -f`,
      {},
    );
    assert.deepEqual(warnings, []);
    const there = await inspect(name);
    assert.equal(there.Id, id);
    assert.equal(there.State.Status, 'running');
    assert.deepEqual(there.Config.Cmd, ['httpd', '-f']);
    assert.ok(there.Config.Env.includes('TITLE=two words'));
    assert.deepEqual(there.HostConfig.Binds, [`${folder}:/src:ro`]);
    assert.equal(there.HostConfig.Memory, 64 * 1024 * 1024);
    assert.deepEqual(there.HostConfig.RestartPolicy, { Name: 'on-failure', MaximumRetryCount: 3 });
  });

  it('creates without starting, by the option and by docker create', async () => {
    for (const [line, options] of [
      ['docker run --rm -it busybox sh', { start: false }],
      ['docker create -it busybox sh', {}],
    ] as const) {
      const { id } = await command('runLine', line, options);
      made.push(id);
      const there = await inspect(id);
      assert.equal(there.State.Status, 'created');
      assert.ok(there.Config.Tty && there.Config.OpenStdin);
    }
  });

  it('names what it does not honour, and refuses what only a shell can do', async () => {
    const { id, warnings } = await command('runLine', 'docker run --cidfile /tmp/x -d busybox true', { start: false });
    made.push(id);
    assert.match(warnings.join(), /cidfile/);
    for (const [line, words] of [
      ['docker run busybox echo $(date)', /\$\(date\)/],
      ['docker run busybox | wc', /\|/],
      ['docker run --no-such busybox', /no-such/],
      ['docker run -p 80:x busybox', /80:x/],
      ['docker ps', /docker ps/],
      ['docker run --env-file no-such-file busybox', /no-such-file/],
      ['docker run --env-file /dev/ptmx busybox', /\/dev\/ptmx cannot be read: It is a device/],
      ['docker run --label-file /dev/zero busybox', /\/dev\/zero cannot be read: It is a device/],
      ['docker run --security-opt seccomp=/dev/ptmx busybox', /\/dev\/ptmx cannot be read: It is a device/],
    ] as const) {
      await assert.rejects(command('runLine', line, {}), (error: Error) => {
        assert.match(error.message, words);
        assert.match(error.message, /[.。]$/, `not a sentence: ${error.message}`);
        return true;
      });
    }
    await assert.rejects(command('runLine', undefined, {}), /docker run -it busybox/);
  });

  it('reads files of variables from the workspace folder', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await writeFile(join(folder, 'run.env'), '# comment\nFROM_FILE=yes\nBOTH=file\n');
    const { id } = await command('runLine', 'docker run --env-file run.env -e BOTH=line busybox true', {
      start: false,
    });
    made.push(id);
    await rm(join(folder, 'run.env'));
    const { Env } = (await inspect(id)).Config;
    assert.ok(Env.includes('FROM_FILE=yes') && Env.includes('BOTH=line'), Env.join());
  });

  it('copies the line of a container, which makes another one like it', async () => {
    const name = named('copy');
    await command('runImage', 'busybox', {
      name,
      command: ['sh', '-c', 'sleep 1000; echo "a b"'],
      env: ['A=1 2'],
      ports: ['127.0.0.1::8080'],
      labels: { team: 'shop' },
      restart: 'always',
    });
    const { line } = await command('copyRunLine', name, {});
    assert.match(line, /^docker run \\\n {2}-d \\\n/);
    assert.equal(await vscode.env.clipboard.readText(), line);
    const again = named('again');
    await command('runLine', line.replace(name, again), {});
    const [one, other] = [await inspect(name), await inspect(again)];
    assert.deepEqual(other.Config.Cmd, one.Config.Cmd);
    assert.deepEqual(other.Config.Env, one.Config.Env);
    assert.deepEqual(other.Config.Labels, one.Config.Labels);
    assert.deepEqual(other.HostConfig.RestartPolicy, one.HostConfig.RestartPolicy);
    const single = await command('copyRunLine', name, { multiline: false });
    assert.ok(!single.line.includes('\n'));
  });

  it('creates a container with any option of docker run', async () => {
    const name = named('created');
    const { id } = await command('createContainer', 'busybox', { name, privileged: true, memory: '32m' });
    const there = await inspect(name);
    assert.equal(there.Id, id);
    assert.equal(there.State.Status, 'created');
    assert.ok(there.HostConfig.Privileged);
    assert.equal(there.HostConfig.Memory, 32 * 1024 * 1024);
  });

  it('joins every network of a line, also on engines that take one at creation', async () => {
    const network = ours('net');
    await command('createNetwork', network, {});
    const { id } = await command('runLine', `docker run --network bridge --network ${network} busybox true`, {
      start: false,
    });
    const joined = Object.keys((await inspect(id)).NetworkSettings.Networks).sort();
    await engineApi('DELETE', `/containers/${id}?force=1`);
    await engineApi('DELETE', `/networks/${network}`);
    assert.deepEqual(joined, ['bridge', network].sort());
  });

  it('gives a terminal to what is not detached', async () => {
    const name = named('terminal');
    const before = vscode.window.terminals.length;
    await command('runLine', `docker run -it --name ${name} busybox sh`, {});
    await until(async () => vscode.window.terminals.length > before);
    assert.ok((await inspect(name)).State.Running);
    for (const terminal of vscode.window.terminals.slice(before)) {
      terminal.dispose();
    }
  });

  it('runs with one click as the image suggests', async () => {
    const before = await containers();
    await vscode.commands.executeCommand('docknotes.runImage', 'shell-less');
    const first = await until(async () => (await containers()).find((id) => !before.includes(id)));
    made.push(first);
    assert.equal((await inspect(first)).Config.Tty, false);
    // A shell would end at once without a terminal; run again, it is as it was.
    for (const _ of ['first', 'again']) {
      const there = await containers();
      const open = vscode.window.terminals;
      await vscode.commands.executeCommand('docknotes.runImage', 'busybox');
      const shell = await until(async () => (await containers()).find((id) => !there.includes(id)));
      made.push(shell);
      const { Config, State } = await inspect(shell);
      assert.deepEqual([Config.Tty, Config.OpenStdin, State.Running], [true, true, true]);
      const shown = await until(async () => vscode.window.terminals.find((each) => !open.includes(each)));
      shown.sendText('exit 3');
      await until(async () => !(await inspect(shell)).State.Running);
      shown.dispose();
    }
  });

  it('opens the form for an image, a container and an empty line', async () => {
    const name = named('form');
    await command('runImage', 'busybox', { name, command: ['sleep', '1000'], env: ['A=1'] });
    assert.deepEqual(await command('runImageWith', 'busybox', {}), { image: 'busybox' });
    await until(async () => tabs().some((label) => label.includes('busybox')));
    const { options } = await command('runLike', name, {});
    assert.deepEqual(options.command, ['sleep', '1000']);
    assert.deepEqual(options.env, ['A=1']);
    assert.equal(options.name, undefined);
    const open = tabs().length;
    await vscode.commands.executeCommand('docknotes.runLine');
    await until(async () => tabs().length > open);
  });

  it('keeps its thread free while it looks for run lines, whatever the document holds', async () => {
    const hostile = `${`\`\`\`sh\n${' '.repeat(40_000)}docker run\n`}${`a@${'a'.repeat(1_900)} docker\n`.repeat(300)}`;
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: hostile });
    let longest = 0;
    let last = performance.now();
    const ticks = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
    clearInterval(ticks);
    assert.ok(longest < 1_000, `${longest} ms`);
  });

  it('has a lens over each run line, which a setting turns off', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: '```\ndocker run \\\n  -d busybox\n```\ndocker run prose\n',
    });
    await vscode.window.showTextDocument(document);
    const lenses = async () =>
      (
        (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10)) ??
        []
      ).filter((lens) => lens.command?.command === 'docknotes.runLine');
    const [lens, ...more] = await until(async () => {
      const found = await lenses();
      return found.length > 0 && found;
    });
    assert.equal(more.length, 0);
    assert.equal(lens?.range.start.line, 1);
    assert.deepEqual(lens?.command?.arguments, ['docker run \\\n  -d busybox']);
    const settings = vscode.workspace.getConfiguration('docknotes');
    await settings.update('run.lens', false, vscode.ConfigurationTarget.Workspace);
    await until(async () => (await lenses()).length === 0);
    await settings.update('run.lens', undefined, vscode.ConfigurationTarget.Workspace);
  });
});

function named(kind: string): string {
  const name = ours(kind);
  made.push(name);
  return name;
}

function inspect(container: string): Promise<Inspect> {
  return engineApi<Inspect>('GET', `/containers/${container}/json`);
}

async function containers(): Promise<string[]> {
  return (await engineApi<{ Id: string }[]>('GET', '/containers/json?all=1')).map(({ Id }) => Id);
}

function tabs(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
}
