// The commands about files, called with options and called by a person, through a real engine.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, beforeEach } from 'mocha';
import type { App } from '../../../src/app/index.ts';
import type { Ui } from '../../../src/app/ui.ts';
import { createFile } from '../../../src/commands/files/createFile.ts';
import { downloadFiles } from '../../../src/commands/files/downloadFiles.ts';
import { openFile } from '../../../src/commands/files/openFile.ts';
import { openFiles } from '../../../src/commands/files/openFiles.ts';
import { removeFiles } from '../../../src/commands/files/removeFiles.ts';
import { renameFile } from '../../../src/commands/files/renameFile.ts';
import { uploadFiles } from '../../../src/commands/files/uploadFiles.ts';
import { backupVolume } from '../../../src/commands/volumes/backupVolume.ts';
import { restoreVolume } from '../../../src/commands/volumes/restoreVolume.ts';
import type { Engine, Inventory } from '../../../src/engine/types.ts';
import { double } from '../../parts/double.ts';
import { listed } from '../../parts/engine/double.ts';
import { describeWays, testsOf } from '../ways.ts';
import { code, createWorld, type World } from './world.ts';

describeWays('commands about files', function (way) {
  this.timeout(60_000);
  const it = testsOf(way);
  let world: World;
  /** What the person saw, in order; answers are taken from `answers` by the kind of question. */
  let seen: string[];
  let answers: {
    save?: string;
    choose?: string[];
    folders?: boolean;
    input?: string;
    button?: string;
    takesFolders?: boolean;
  };
  let app: Pick<App, 'engine' | 'ui' | 'log'>;

  before(async function () {
    if (way.why()) {
      this.skip();
    }
    world = await createWorld(way);
    app = {
      engine: double<Engine>({
        client: async () => ({ ...world.connection.client, files: world.files }),
        inventory: double<Inventory>({ ...listed({}), status: { state: 'connecting' } }),
      }),
      log: { info() {}, warn: (line) => seen.push(`log: ${line}`), error() {} },
      ui: double<Ui>({
        say: (text) => seen.push(`say: ${text}`),
        confirm: async (question) => void seen.push(`confirm: ${question}`),
        input: async () => answers.input ?? '',
        pick: async (choices) => chosenOf(choices, (value) => value === (answers.folders ?? false)),
        progress: async (title, run) => {
          seen.push(`progress: ${title}`);
          return run(() => {}, new AbortController().signal);
        },
        saveFile: async ({ name }) => {
          seen.push(`save: ${name}`);
          return answers.save ?? '';
        },
        chooseFiles: async () => answers.choose ?? [],
        localKinds: async (paths) =>
          paths.map((path) => (existsSync(path) ? (statSync(path).isDirectory() ? 'folder' : 'file') : undefined)),
        ask: async (question, _detail, choices) => {
          seen.push(`ask: ${question} ${choices.map(({ label }) => label).join(' | ')}`);
          return chosenOf(choices, (_value, label) => label === answers.button);
        },
        showFile: async (_owner, path) => void seen.push(`show: ${path}`),
        takesFolders: () => answers.takesFolders ?? true,
        openFolder: async (_owner, path) => void seen.push(`window: ${path}`),
        addFolder: async (_owner, path, name) => void seen.push(`folder: ${path} as ${name}`),
      }),
    };
  });
  after(() => world?.end());
  beforeEach(() => {
    seen = [];
    answers = {};
  });

  it('work by container name and by path, without a question', async () => {
    const { id } = await world.shared();
    const from = join(world.folder, 'c.txt');
    writeFileSync(from, 'content');
    assert.equal((await uploadFiles(app, id.slice(0, 12), { from, path: '/tmp' })).files, 1);
    await renameFile(app, id, { path: '/tmp/c.txt', to: 'd.txt' });
    await createFile(app, id, { path: '/tmp/sub', folder: true });
    await renameFile(app, id, { path: '/tmp/d.txt', to: '/tmp/sub/e.txt' });
    const to = join(world.folder, 'e.txt');
    const got = await downloadFiles(app, id, { path: '/tmp/sub/e.txt', to });
    assert.deepEqual([got.files, got.bytes, got.to], [1, 7, to]);
    assert.equal(readFileSync(to, 'utf8'), 'content');
    await removeFiles(app, id, { path: '/tmp/sub' });
    await assert.rejects(downloadFiles(app, id, { path: '/tmp/sub', to }), code('file-not-found'));
    await openFile(app, id, { path: '/etc/passwd' });
    await openFiles(app, id, { path: '/etc' });
    assert.deepEqual(
      seen.filter((line) => !line.startsWith('progress')),
      ['show: /etc/passwd', `folder: /etc as ${id.slice(0, 12)} /etc`],
    );
  });

  it('open a folder without ending what a window does, unless that is wanted', async () => {
    const { id } = await world.shared();
    const name = id.slice(0, 12);
    const row = {
      type: 'file' as const,
      owner: { type: 'container' as const, id },
      path: '/etc',
      kind: 'folder' as const,
    };
    const did = async (work: () => Promise<unknown>) => {
      await work();
      return seen.splice(0);
    };
    answers.takesFolders = false;
    assert.deepEqual(await did(() => openFiles(app, id, { path: '/etc' })), ['window: /etc']);
    assert.deepEqual(await did(() => openFiles(app, id, { newWindow: false })), [`folder: / as ${name}`]);
    const asked = `ask: Open ${name} /etc in a new window? Open in New Window | Add to This Window`;
    answers.button = 'Open in New Window';
    assert.deepEqual(await did(() => openFiles(app, row)), [asked, 'window: /etc']);
    answers.button = 'Add to This Window';
    assert.deepEqual(await did(() => openFiles(app, row)), [asked, `folder: /etc as ${name} /etc`]);
    answers.takesFolders = true;
    assert.deepEqual(await did(() => openFiles(app, row)), [`folder: /etc as ${name} /etc`]);
    assert.deepEqual(await did(() => openFiles(app, id, { newWindow: true })), ['window: /']);
  });

  it('ask a person for places, and before something is replaced or deleted', async () => {
    const { id } = await world.container();
    const owner = { type: 'container' as const, id };
    const row = (path: string, kind: 'file' | 'folder') => ({ type: 'file' as const, owner, path, kind });
    answers.choose = [join(world.folder, 'passwd')];
    writeFileSync(answers.choose[0] ?? '', 'root:x:0:0::/:/bin/sh\n');
    await uploadFiles(app, row('/etc', 'folder'));
    answers.save = join(world.folder, 'saved');
    await downloadFiles(app, row('/etc/passwd', 'file'));
    assert.equal(readFileSync(answers.save, 'utf8'), 'root:x:0:0::/:/bin/sh\n');
    const into = join(world.folder, 'into');
    mkdirSync(into);
    answers.choose = [into];
    await downloadFiles(app, [row('/etc', 'folder'), row('/etc/group', 'file')]);
    assert.ok(existsSync(join(into, 'etc', 'passwd')) && existsSync(join(into, 'group')));
    answers.input = 'new.txt';
    await createFile(app, row('/tmp', 'folder'));
    await removeFiles(app, [row('/tmp/new.txt', 'file'), row('/etc/group', 'file')]);
    assert.deepEqual(
      seen.filter((line) => !line.startsWith('progress') && !line.startsWith('log')),
      [
        'confirm: Replace passwd?',
        'save: passwd',
        'say: mtab was left out: it is a device, a link out of the folder, or has a name that cannot be used here.',
        'show: /tmp/new.txt',
        'confirm: Delete 2 files?',
      ],
    );
  });

  it('download several files without replacing any unasked, and each under a name of its own', async () => {
    const { id } = await world.container();
    const owner = { type: 'container' as const, id };
    await world.sh(
      owner,
      'mkdir -p /one /two /two/d; echo 1 > /one/a.txt; echo 2 > /two/a.txt; echo 3 > /two/A.TXT; echo b > /one/b',
    );
    const row = (path: string, kind: 'file' | 'folder') => ({ type: 'file' as const, owner, path, kind });
    const rows = [
      row('/one/a.txt', 'file'),
      row('/two/a.txt', 'file'),
      row('/two/A.TXT', 'file'),
      row('/one/b', 'file'),
      row('/two/d', 'folder'),
    ];
    const into = join(world.folder, 'several');
    mkdirSync(join(into, 'd'), { recursive: true });
    answers.choose = [into];
    const content = () =>
      Object.fromEntries(
        readdirSync(into)
          .sort()
          .map((name) => [
            name,
            statSync(join(into, name)).isDirectory() ? 'folder' : readFileSync(join(into, name), 'utf8'),
          ]),
      );
    writeFileSync(join(into, 'b'), 'mine');
    answers.button = 'Skip';
    await downloadFiles(app, rows);
    const first = { 'A (3).TXT': '3\n', 'a (2).txt': '2\n', 'a.txt': '1\n', b: 'mine', d: 'folder' };
    assert.deepEqual(content(), first);
    answers.button = 'Keep Both';
    await downloadFiles(app, [row('/one/b', 'file'), row('/two/d', 'folder')]);
    assert.deepEqual(content(), { ...first, 'b (2)': 'b\n', 'd (2)': 'folder' });
    answers.button = 'Replace';
    await downloadFiles(app, [row('/one/b', 'file'), row('/two/d', 'folder')]);
    assert.deepEqual(content(), { ...first, b: 'b\n', 'b (2)': 'b\n', 'd (2)': 'folder', 'd (3)': 'folder' });
    await assert.rejects(downloadFiles(app, id, { path: '/two/a.txt', to: join(into, 'a.txt') }), code('file-exists'));
    assert.equal(readFileSync(join(into, 'a.txt'), 'utf8'), '1\n');
    await downloadFiles(app, id, { path: '/two/a.txt', to: join(into, 'a.txt'), overwrite: true });
    assert.equal(readFileSync(join(into, 'a.txt'), 'utf8'), '2\n');
    assert.deepEqual(
      seen.filter((line) => line.startsWith('ask')),
      [
        'ask: 2 of these names are in this folder already. Replace | Keep Both | Skip',
        'ask: 2 of these names are in this folder already. Replace | Keep Both | Skip',
        'ask: 2 of these names are in this folder already. Replace | Keep Both | Skip',
      ],
    );
  });

  it('back a volume up and restore it', async () => {
    const volume = await world.volume();
    await createFile(app, `volume:${volume.name}`, { path: '/x' });
    answers.save = join(world.folder, 'v.tgz');
    const saved = await backupVolume(app, { type: 'volume', name: volume.name });
    assert.equal(saved.files, 1);
    const other = `${volume.name}-copy`;
    await restoreVolume(app, other, { from: answers.save });
    assert.equal((await world.files.list({ type: 'volume', name: other }, '/')).entries[0]?.name, 'x');
    answers.choose = [answers.save];
    await restoreVolume(app, `volume:${other}`);
    assert.deepEqual(
      seen.filter((line) => !line.startsWith('progress')),
      [
        `save: ${volume.name}.tar.gz`,
        `say: The volume ${volume.name} is saved (0 B).`,
        `confirm: Restore into ${other}?`,
        `say: The volume ${other} is restored (0 B).`,
      ],
    );
    assert.equal(basename(saved.to), 'v.tgz');
    await world.files.release(other);
    await world.api('DELETE', `/volumes/${other}`);
    await assert.rejects(backupVolume(app, 'no_such_volume', { to: answers.save }), /no such volume/i);
  });
});

/** The value of the choice that is meant; one that is not there fails the test. */
function chosenOf<T>(choices: readonly { label: string; value: T }[], meant: (value: T, label: string) => boolean): T {
  const choice = choices.find(({ label, value }) => meant(value, label));
  assert.ok(choice, `none of ${choices.map(({ label }) => label).join(', ')} is meant`);
  return choice.value;
}
