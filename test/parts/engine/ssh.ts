// An OpenSSH server on a free loopback port, with keys of its own, and the program ssh that knows it as the host "lab".

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { delimiter, join } from 'node:path';
import { howToInstall } from '../machine/packages.ts';
import { capture, freePort, type Part, processState, programOnPath, startInBackground } from '../machine/process.ts';
import { removeTemporary, temporaryFolder } from '../machine/temporary.ts';
import { until } from '../until.ts';

export interface SshServer extends Part {
  readonly port: number;
  /** Folder of keys, configuration and log. */
  readonly folder: string;
  /**
   * The value of PATH with which `ssh` is the system's program on a configuration of its own: the host `lab` logs in with the
   * server's key, `stranger` has a key that the server does not know, `unknown` and `changed` have no or another host key.
   */
  readonly path: string;
  /** Ends the connections that are open, as a network does that is lost. */
  drop(): void;
}

/** Why no ssh server can run here, in one sentence; undefined when one can. */
export function whyNoSshServer(): string | undefined {
  const usable = process.platform === 'linux' && process.getuid?.() === 0;
  return usable && programOnPath('sshd') && programOnPath('ssh') ? undefined : howToInstall('ssh');
}

/** `forwarding: false` refuses forwarded sockets, as careful hosts do. */
export async function startSshServer({ forwarding = true } = {}): Promise<SshServer> {
  const folder = temporaryFolder('ssh');
  const file = (name: string) => join(folder, name);
  const port = await freePort();
  for (const key of ['host', 'other', 'user', 'stranger']) {
    await capture('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', file(key)]);
  }
  copyFileSync(file('user.pub'), file('authorized_keys'));
  // Of the system's own server; it is there already where one runs.
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  writeFileSync(
    file('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      `PidFile ${file('sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'MaxStartups 100',
      `AllowStreamLocalForwarding ${forwarding ? 'yes' : 'no'}`,
      '',
    ].join('\n'),
  );
  writeFileSync(file('known_hosts'), `[127.0.0.1]:${port} ${publicKey(file('host'))}\n`);
  writeFileSync(file('known_otherwise'), `[127.0.0.1]:${port} ${publicKey(file('other'))}\n`);
  writeFileSync(file('known_nobody'), '');
  const host = (name: string, key: string, known: string) =>
    [
      `Host ${name}`,
      '  HostName 127.0.0.1',
      `  Port ${port}`,
      '  User root',
      `  IdentityFile ${file(key)}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${file(known)}`,
      '  GlobalKnownHostsFile /dev/null',
      // What people have in their configuration, and what must not get in the way.
      `  LocalForward ${file('busy.sock')} /nowhere`,
      '  ControlMaster auto',
      `  ControlPath ${file('control-%C')}`,
      '  RequestTTY yes',
      '  LogLevel QUIET',
      '',
    ].join('\n');
  writeFileSync(
    file('ssh_config'),
    [
      host('lab', 'user', 'known_hosts'),
      host('stranger', 'stranger', 'known_hosts'),
      host('unknown', 'user', 'known_nobody'),
      host('changed', 'user', 'known_otherwise'),
    ].join('\n'),
  );
  // ssh takes its configuration from the account's home folder, whatever HOME says.
  mkdirSync(file('bin'));
  const program = programOnPath('ssh') ?? 'ssh';
  writeFileSync(file('bin/ssh'), `#!/bin/sh\nexec ${program} -F ${file('ssh_config')} "$@"\n`, { mode: 0o755 });

  const sshd = programOnPath('sshd') ?? 'sshd';
  const running = startInBackground(sshd, ['-D', '-e', '-f', file('sshd_config')], { log: file('sshd.log') });
  const server: SshServer = {
    port,
    folder,
    path: `${file('bin')}${delimiter}${process.env.PATH}`,
    drop() {
      for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
        if (processState(pid)?.parent === running.pid) {
          process.kill(pid, 'SIGKILL');
        }
      }
    },
    async stop() {
      server.drop();
      await running.stop();
      await removeTemporary(folder);
    },
  };
  try {
    await until('sshd to answer', () => answers(port), 10_000);
  } catch (error) {
    await server.stop();
    throw new Error(`${String(error)}\n${running.tail()}`);
  }
  return server;
}

function publicKey(file: string): string {
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
