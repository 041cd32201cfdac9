// A terminal that closes, or whose window or connection goes, leaves nothing running but what has set itself apart.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, it } from 'mocha';
import { attachContainer } from '../../../src/commands/containers/attachContainer.ts';
import { execContainer } from '../../../src/commands/containers/execContainer.ts';
import type { Engine, ExecOptions, Session } from '../../../src/engine/types.ts';
import { removeAll } from '../../parts/engine/api.ts';
import { ensureBaseImage, ensureShellLessImage } from '../../parts/engine/images.ts';
import { capture } from '../../parts/machine/process.ts';
import { tar } from '../../parts/machine/tar.ts';
import { removeTemporary, temporaryFolder } from '../../parts/machine/temporary.ts';
import { until } from '../../parts/until.ts';
import { engineOn, proxyTo } from '../engine/support.ts';
import { type Backend, type Door, describeWays, testsOf } from '../ways.ts';
import { windowOn } from '../window.ts';

/** Seconds of sleeps by which processes are told apart; the engine lists the command lines. */
let seconds = 71_000;
const unique = () => String(++seconds);

describeWays('closed terminals', function (way) {
  this.timeout(60_000);
  let backend: Backend;
  let door: Door;
  let engine: Engine;
  let bash = false;
  const made: string[] = [];
  // Podman would run the program ps of the container for another list.
  const psArgs = way.tellsHealthOfImages ? '' : '?ps_args=pid,args';
  const log: string[] = [];

  before(async function () {
    if (way.why()) {
      this.skip();
    }
    backend = await way.backend();
    await ensureBaseImage(backend.api);
    await ensureShellLessImage(backend.api);
    bash = await ensureBash();
    door = await way.to(backend.url);
    engine = door.open(log);
    await engine.client();
  });
  after(async () => {
    engine?.dispose();
    await engine?.ended();
    await door?.stop();
    await removeAll(
      backend.api,
      made.map((id) => `/containers/${id}?force=1&v=1`),
    );
  });

  /** An image with the machine's bash, where it has one. */
  async function ensureBash(): Promise<boolean> {
    const program = ['/bin/bash', '/usr/bin/bash'].find(existsSync);
    if (!program) {
      return false;
    }
    const libraries = (await capture('ldd', [program])).match(/\/\S+/g) ?? [];
    const programs = { 'bin/bash': program, 'bin/sleep': '/bin/sleep', 'bin/nohup': '/usr/bin/nohup' };
    const files = [...Object.entries(programs), ...libraries.map((file) => [file.slice(1), file] as const)];
    const folders = new Set(files.flatMap(([path]) => foldersOf(path)));
    await way.importImage(
      backend.api,
      'with-bash:1',
      tar([
        ...[...folders, 'tmp'].map((path) => ({ path, mode: 0o1777 })),
        ...files.map(([path, file]) => ({ path, content: readFileSync(file), mode: statSync(file).mode & 0o777 })),
      ]),
    );
    return true;
  }

  async function container(image = 'busybox', command: string[] = ['sleep', '1000'], more: object = {}) {
    const body = { Image: way.named(image), Cmd: command, ...more };
    const { Id } = (await backend.api('POST', '/containers/create', body)).json<{ Id: string }>();
    made.push(Id);
    await backend.api('POST', `/containers/${Id}/start`);
    return Id;
  }

  /** Whether a process runs in the container, as the engine lists it. */
  async function runs(id: string, ...words: string[]): Promise<boolean> {
    const { Processes } = (await backend.api('GET', `/containers/${id}/top${psArgs}`)).json<{
      Processes: string[][];
    }>();
    return Processes.some((row) => (row.at(-1) ?? '').trim().endsWith(words.join(' ')));
  }
  const gone = (id: string, ...words: string[]) =>
    until(`the end of ${words.join(' ')}`, async () => !(await runs(id, ...words)));
  const there = (id: string, ...words: string[]) => until(words.join(' '), () => runs(id, ...words));

  async function shell(id: string, options: Partial<ExecOptions> = {}): Promise<Session> {
    const session = await engine.terminal(id, { command: ['sh'], ...options });
    session.onOutput(() => {});
    return session;
  }

  it('end a shell and what it runs; what ignores the hang-up or leads a session of its own lives', async () => {
    const id = await container();
    const [front, ignoring, apart] = [unique(), unique(), unique()];
    const session = await shell(id);
    session.write(`sh -c 'trap "" HUP; exec sleep ${ignoring}' &\nsetsid sleep ${apart} &\nsleep ${front}\n`);
    await Promise.all([front, ignoring, apart].map((each) => there(id, 'sleep', each)));
    session.dispose();
    await gone(id, 'sleep', front);
    await gone(id, 'sh');
    assert.ok(await runs(id, 'sleep', ignoring));
    assert.ok(await runs(id, 'sleep', apart));
  });

  it('end the jobs of bash, but not those of nohup, also as another user', async function () {
    if (!bash) {
      this.skip();
    }
    const id = await container('with-bash:1', ['/bin/sleep', '1000']);
    for (const user of [undefined, '12345:12345']) {
      const [front, job, kept] = [unique(), unique(), unique()];
      const session = await shell(id, { command: ['/bin/bash'], ...(user && { user, workdir: '/tmp' }) });
      session.write(`/bin/sleep ${job} &\n/bin/nohup /bin/sleep ${kept} >/dev/null &\n/bin/sleep ${front}\n`);
      await Promise.all([front, job, kept].map((each) => there(id, '/bin/sleep', each)));
      session.dispose();
      await gone(id, '/bin/sleep', front);
      await gone(id, '/bin/sleep', job);
      await gone(id, '/bin/bash');
      assert.ok(await runs(id, '/bin/sleep', kept));
    }
  });

  it('end a program without a shell around it, one only of several', async () => {
    const id = await container();
    const [closed, open] = [unique(), unique()];
    const sessions = await Promise.all([closed, open].map((each) => shell(id, { command: ['sleep', each] })));
    await Promise.all([closed, open].map((each) => there(id, 'sleep', each)));
    sessions[0]?.dispose();
    await gone(id, 'sleep', closed);
    assert.ok(await runs(id, 'sleep', open));
    sessions[1]?.dispose();
    await gone(id, 'sleep', open);
  });

  it('end what has just been started, also many at once', async () => {
    const id = await container();
    const all = Array.from({ length: 9 }, unique);
    await Promise.all(all.map(async (each) => (await engine.terminal(id, { command: ['sleep', each] })).dispose()));
    await Promise.all(all.map((each) => gone(id, 'sleep', each)));
  });

  it('end a program in a container without a shell at Ctrl-C', async () => {
    const id = await container('shell-less', ['1000']);
    const front = unique();
    const session = await shell(id, { command: ['/sleep', front] });
    await there(id, '/sleep', front);
    session.dispose();
    await gone(id, '/sleep', front);
    assert.ok(await runs(id, '/sleep', '1000'));
  });

  it('leave the main process that was attached', async () => {
    const main = unique();
    const id = await container('busybox', ['sleep', main], { Tty: true, OpenStdin: true });
    const window = windowOn(engine);
    await attachContainer(window.app, id, {});
    (await window.terminal()).session.dispose();
    // What comes after it in the container would be told after it, too.
    const front = unique();
    await execContainer(window.app, id, { command: ['sleep', front] });
    const { session } = await window.terminal();
    await there(id, 'sleep', front);
    session.dispose();
    await gone(id, 'sleep', front);
    assert.ok(await runs(id, 'sleep', main));
  });

  it('end when the window does, and leave no note behind', async () => {
    const terminalNotes = temporaryFolder('notes');
    const id = await container();
    const window = engineOn(backend.url, log, {}, { terminalNotes });
    const all = [unique(), unique(), unique()];
    for (const each of all) {
      await window.terminal(id, { command: ['sleep', each] });
      await there(id, 'sleep', each);
    }
    await until('the note', () => readdirSync(terminalNotes).some((name) => name.endsWith('.json')));
    window.dispose();
    await window.ended();
    await Promise.all(all.map((each) => gone(id, 'sleep', each)));
    assert.deepEqual(readdirSync(terminalNotes), []);
    await removeTemporary(terminalNotes);
  });

  it('of a window that was killed end with the next one, those of one that lives do not', async () => {
    const terminalNotes = temporaryFolder('notes');
    const id = await container();
    const living = engineOn(backend.url, log, {}, { terminalNotes });
    const kept = unique();
    const session = await living.terminal(id, { command: ['sleep', kept] });
    await there(id, 'sleep', kept);
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'killedWindow.ts'), backend.url, id, terminalNotes],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    await until('its terminals', () => text.match(/ready/g)?.length === 2);
    await until('its note', () => notesIn(terminalNotes).some((note) => note.pid === child.pid && note.count === 2));
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
    assert.ok((await runs(id, 'sleep', '70001')) && (await runs(id, 'sleep', '70002')));
    const next = engineOn(backend.url, log, {}, { terminalNotes });
    await next.client();
    await gone(id, 'sleep', '70001');
    await gone(id, 'sleep', '70002');
    await until('its note to go', () => notesIn(terminalNotes).every(({ pid }) => pid === process.pid));
    assert.ok(await runs(id, 'sleep', kept));
    session.dispose();
    await gone(id, 'sleep', kept);
    next.dispose();
    living.dispose();
    await Promise.all([next.ended(), living.ended()]);
    await removeTemporary(terminalNotes);
  });

  it('end when another engine is chosen, and when a lost connection is back', async () => {
    const id = await container();
    const [one, two] = await Promise.all([proxyTo(backend.url), proxyTo(backend.url)]);
    let url = one.url;
    const window = engineOn(() => url, log);
    const [switched, lost] = [unique(), unique()];
    await window.terminal(id, { command: ['sleep', switched] });
    await there(id, 'sleep', switched);
    url = two.url;
    window.reconnect();
    await gone(id, 'sleep', switched);
    const session = await window.terminal(id, { command: ['sleep', lost] });
    session.onOutput(() => {});
    await there(id, 'sleep', lost);
    two.shutOut();
    assert.equal(await session.ended, undefined);
    assert.ok(await runs(id, 'sleep', lost));
    two.letIn();
    await window.client();
    await gone(id, 'sleep', lost);
    window.dispose();
    await window.ended();
    await Promise.all([one.stop(), two.stop()]);
  });

  testsOf(way)('leave no socket in the engine', async () => {
    const sockets = socketsOf(backend.url);
    const id = await container();
    const before = sockets();
    const fresh = () => [...sockets()].filter((each) => !before.has(each));
    // A window of its own: one that goes on keeps connections for its next requests.
    const window = door.open(log);
    const all = Array.from({ length: 20 }, unique);
    const sessions = await Promise.all(all.map((each) => window.terminal(id, { command: ['sleep', each] })));
    assert.ok(fresh().length >= all.length, `${fresh().length} of ${before.size}`);
    for (const session of sessions) {
      session.dispose();
    }
    await Promise.all(sessions.map(({ ended }) => ended));
    window.dispose();
    await window.ended();
    // dockerd forgets the connection of a terminal that has ended, and closes it when its memory is next tidied up: answers
    // make it tidy up. The one that they take is not counted.
    await until('its sockets to go', async () => {
      for (let count = 0; count < 50; count++) {
        await backend.api('GET', '/info');
      }
      return fresh().length <= 2;
    });
  });
});

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function notesIn(folder: string): { pid: number; count: number }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const { pid, terminals } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return { pid, count: terminals.length };
    });
}

/** The sockets of a dockerd that notes its process beside its own. */
function socketsOf(url: string): () => Set<string> {
  const file = join(dirname(url.replace('unix://', '')), 'docker.pid');
  const folder = `/proc/${readFileSync(file, 'utf8').trim()}/fd`;
  const linkOf = (fd: string) => {
    try {
      return readlinkSync(join(folder, fd));
    } catch {
      return '';
    }
  };
  return () =>
    new Set(
      readdirSync(folder)
        .map(linkOf)
        .filter((link) => link.startsWith('socket:')),
    );
}
