// An engine behind ssh: the system's own program carries it, with a person's keys and settings, and nothing is left over.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connect } from '../../../src/engine/connect.ts';
import type { Session } from '../../../src/engine/types.ts';
import { EngineError } from '../../../src/model/engines/error.ts';
import { UserError } from '../../../src/model/errors.ts';
import { dockerApi } from '../../parts/engine/api.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { type SshServer, startSshServer, whyNoSshServer } from '../../parts/engine/ssh.ts';
import { alive, processState } from '../../parts/machine/process.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';
import { engineOn, untilListed } from './support.ts';

describe('an engine behind ssh', function () {
  this.timeout(60_000);
  const socket = realParts().engine.replace('unix://', '');
  const url = `ssh://lab${socket}`;
  const api = dockerApi(realParts().engine);
  const before_ = process.env.PATH;
  let server: SshServer;
  let id: string;

  before(async function () {
    if (whyNoSshServer()) {
      this.skip();
    }
    server = await startSshServer();
    process.env.PATH = server.path;
    await ensureBaseImage(api);
    const body = { Image: 'busybox', Cmd: ['sleep', '600'] };
    id = (await api('POST', '/containers/create?name=dn-ssh', body)).json<{ Id: string }>().Id;
    await api('POST', `/containers/${id}/start`);
  });

  after(async () => {
    process.env.PATH = before_;
    await api('DELETE', `/containers/${id}?force=1`).catch(() => undefined);
    await server?.stop();
  });

  /** The ssh processes that this process has started. */
  const ours = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && alive(Number(name)))
      .filter((pid) => {
        const isOurs = processState(Number(pid))?.parent === process.pid;
        return isOurs && commandLine(pid).includes(`${server.folder}/ssh_config`);
      });
  const folders = () =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('docknotes-ssh-') && !name.includes(`-${process.pid}-`));

  async function read(session: Session): Promise<string> {
    let output = '';
    session.onOutput((data) => {
      output += Buffer.from(data);
    });
    await session.ended;
    return output;
  }

  async function problem(address: string): Promise<[string | undefined, string]> {
    const error = await connect({ url: address, source: 'setting' }).then(
      (connection) => {
        connection.dispose();
        return assert.fail('it connected');
      },
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return [error.problem, error.message];
  }

  it('is followed live through one process, and lets go of it', async () => {
    const left = folders().length;
    const engine = engineOn(url);
    try {
      assert.ok((await engine.inventory.all('containers')).some((each) => each.id === id));
      await engine.inventory.all('images');
      const next = `dn-ssh-${Date.now()}`;
      await api('POST', `/containers/${id}/rename?name=${next}`);
      const took = await untilListed(engine.inventory, 'containers', (all) => all.some(({ name }) => name === next));
      assert.ok(took < 1000, `${took} ms`);
      const client = await engine.client();
      const session = await client.containers.exec(id, { command: ['cat'], input: true });
      session.write('over ssh');
      session.end();
      assert.equal(await read(session), 'over ssh');
      assert.equal(ours().length, 1);
    } finally {
      engine.dispose();
    }
    await until('ssh to end', () => ours().length === 0, 5000);
    assert.equal(folders().length, left);
  });

  it('comes back after the connection was lost', async () => {
    const engine = engineOn(url);
    try {
      await engine.inventory.all('containers');
      server.drop();
      await until(
        'the loss to be noticed',
        () => engine.inventory.status.state !== 'connected' || ours().length === 0,
        5000,
      );
      await until('the return', () => engine.inventory.status.state === 'connected' && ours().length === 1, 10_000);
      assert.ok((await engine.inventory.all('containers')).some((each) => each.id === id));
    } finally {
      engine.dispose();
    }
    await until('ssh to end', () => ours().length === 0, 5000);
  });

  for (const forwarding of [true, false]) {
    it(`ends with a process that is killed: ${forwarding ? 'one ssh for all' : 'one for each connection'}`, async () => {
      const other = forwarding ? server : await startSshServer({ forwarding });
      const child = spawn(process.execPath, [join(import.meta.dirname, 'sshChild.ts'), url, id], {
        env: { ...process.env, PATH: other.path },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      // Whatever it started has its PATH, the shell beside ssh too.
      const left = () =>
        readdirSync('/proc').filter(
          (pid) => /^\d+$/.test(pid) && procFile(pid, 'environ').includes(`${other.folder}/bin`),
        );
      try {
        let output = '';
        child.stdout.on('data', (data) => {
          output += data;
        });
        await until('the command to run', () => output.includes('ready'), 20_000);
        assert.ok(left().length >= 3);
        child.kill('SIGKILL');
        await until('ssh to end', () => left().length === 0, 5000);
      } finally {
        child.kill('SIGKILL');
        await (forwarding ? undefined : other.stop());
      }
    });
  }

  it('tells an unknown host key, a changed one, a refused login, a host without a name and a closed port apart', async () => {
    assert.deepEqual(await problem(`ssh://unknown${socket}`), ['ssh-host-key', 'Host key verification failed.']);
    const [changed, words] = await problem(`ssh://changed${socket}`);
    assert.equal(changed, 'ssh-host-key');
    assert.match(words, /has changed/);
    const [refused, reason] = await problem(`ssh://stranger${socket}`);
    assert.equal(refused, 'ssh-login');
    assert.match(reason, /Permission denied \(publickey\)/);
    assert.equal((await problem('ssh://nowhere.invalid'))[0], 'bad-address');
    assert.equal((await problem('ssh://root@127.0.0.1:1'))[0], 'ssh');
    assert.equal(ours().length, 0);
  });

  it('says what is wrong on the other side, in the words of the docker program there', async () => {
    const [missing, words] = await problem('ssh://lab/nowhere/docker.sock');
    assert.equal(missing, 'not-running');
    assert.match(words, /nowhere\/docker\.sock.*no such file/);
    const file = join(server.folder, 'file');
    writeFileSync(file, '');
    assert.equal((await problem(`ssh://lab${file}`))[0], 'not-running');
  });

  it('does not log in again by itself where it was refused', async () => {
    const engine = engineOn(`ssh://stranger${socket}`);
    try {
      await assert.rejects(engine.inventory.all('containers'), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, 'engine-ssh-login');
        assert.match(error.message, /ssh stranger/);
        return true;
      });
      const logins = () =>
        readFileSync(join(server.folder, 'sshd.log'), 'utf8').match(/Connection closed by/g)?.length ?? 0;
      const before = logins();
      await assert.rejects(engine.inventory.all('containers'));
      assert.equal(logins(), before);
      // A person who asks gets a new attempt.
      await assert.rejects(engine.inventory.refresh());
      await until('another login', () => logins() > before, 5000);
    } finally {
      engine.dispose();
    }
  });

  describe('whose host forwards no sockets', () => {
    let careful: SshServer;
    before(async () => {
      careful = await startSshServer({ forwarding: false });
      process.env.PATH = careful.path;
    });
    after(async () => {
      process.env.PATH = server.path;
      await careful?.stop();
    });

    it('is reached through the docker program there', async () => {
      const connection = await connect({ url, source: 'setting' });
      try {
        assert.ok(connection.version);
        const session = await connection.client.containers.exec(id, {
          command: ['sh', '-c', 'cat; echo done'],
          input: true,
        });
        session.write('x'.repeat(100_000));
        session.end();
        assert.equal((await read(session)).length, 100_005);
        for (let round = 0; round < 5; round++) {
          assert.equal((await connection.client.containers.inspect(id)).id, id);
        }
        const running = readdirSync('/proc').filter((pid) => commandLine(pid).includes(`${careful.folder}/ssh_config`));
        assert.ok(running.length <= 3, `${running.length} processes`);
      } finally {
        connection.dispose();
      }
    });
  });

  it('gives ssh nothing that it or a shell could take for something else', async () => {
    for (const address of [
      'ssh://-oProxyCommand=x',
      'ssh://-lroot@lab',
      'ssh://lab/$(id)',
      'ssh://lab/a%20b',
      'ssh://user:secret@lab',
      'ssh://lab/%zz',
    ]) {
      const [what, words] = await problem(address);
      assert.equal(what, 'bad-address', `${address}: ${words}`);
    }
  });
});

function commandLine(pid: string): string {
  return procFile(pid, 'cmdline');
}

function procFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
