// What windows note of their open terminals, and what a later window finds.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createTerminalNotes, engineKey, type NotedTerminal } from '../../../../src/engine/exec/terminalNotes.ts';
import { temporaryFolder } from '../../../parts/temporary.ts';

const terminal = (marker: string, engine = 'e'): NotedTerminal => ({ container: 'c', exec: 'x', marker, engine });
/** No process has so large an id. */
const gone = 2 ** 30;

describe('notes of terminals', () => {
  let folder: string;
  const log: string[] = [];
  let open: NotedTerminal[] = [];
  const notes = (where: string | undefined = folder) =>
    createTerminalNotes({ folder: where, open: () => open, log: (line) => log.push(line) });

  beforeEach(() => {
    folder = temporaryFolder('notes');
    log.length = 0;
    open = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are there while something is open, for the person alone', async () => {
    const own = notes();
    open = [terminal('a')];
    await own.update();
    const [name = ''] = readdirSync(folder);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, name), 'utf8')), {
      host: hostname(),
      pid: process.pid,
      terminals: [terminal('a')],
    });
    assert.equal(statSync(join(folder, name)).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600);
    open = [];
    await own.update();
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(log, []);
  });

  it('are found when their window is gone, and kept for what is left to be told', async () => {
    const file = join(folder, 'left.json');
    writeFileSync(
      file,
      JSON.stringify({ host: hostname(), pid: gone, terminals: [terminal('a'), terminal('b', 'f')] }),
    );
    const [left] = await notes().leftBehind();
    assert.ok(left);
    assert.deepEqual(
      left.terminals.map(({ marker }) => marker),
      ['a', 'b'],
    );
    await left.keep([terminal('b', 'f')]);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')).terminals, [terminal('b', 'f')]);
    await left.keep([]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('are left alone where the window lives, is on another machine, or they make no sense', async () => {
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('alive.json', JSON.stringify({ host: hostname(), pid: process.pid, terminals: [] }));
    write('elsewhere.json', JSON.stringify({ host: `${hostname()}-other`, pid: gone, terminals: [] }));
    write('no.json', 'no json');
    write('odd.json', JSON.stringify({ host: hostname(), pid: -1, terminals: [] }));
    write('numbers.json', JSON.stringify({ host: hostname(), pid: gone, terminals: [{ ...terminal('a'), exec: 1 }] }));
    write('note.txt', JSON.stringify({ host: hostname(), pid: gone, terminals: [] }));
    assert.deepEqual(await notes().leftBehind(), []);
  });

  it('say in the log that they could not be written, and nothing without a folder', async () => {
    open = [terminal('a')];
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    await notes(blocked).update();
    assert.equal(log.length, 1);
    const none = createTerminalNotes({ folder: undefined, open: () => open, log: (line) => log.push(line) });
    await none.update();
    assert.deepEqual(await none.leftBehind(), []);
    assert.equal(log.length, 1);
    assert.deepEqual(await notes(join(folder, 'missing')).leftBehind(), []);
  });

  it('do not tell the address of an engine', () => {
    const key = engineKey({ url: 'ssh://lena@lab', source: 'setting' });
    assert.match(key, /^[0-9a-f]{32}$/);
    assert.notEqual(key, engineKey({ url: 'ssh://lena@other', source: 'setting' }));
  });
});
