// Plain data that all windows share: nothing is lost of what several change at once, and each hears of the others.

import assert from 'node:assert/strict';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createStateFiles } from '../../../../src/vscode/state/inFiles.ts';
import { removeTemporary, temporaryFolder } from '../../../parts/machine/temporary.ts';
import { until } from '../../../parts/until.ts';

describe('state that windows share', () => {
  let folder: string;
  let problems: string[];
  const open: { dispose(): void }[] = [];
  beforeEach(() => {
    folder = temporaryFolder('state');
    problems = [];
  });
  afterEach(async () => {
    for (const each of open.splice(0)) {
      each.dispose();
    }
    await removeTemporary(folder);
  });

  function window(before: Record<string, unknown> = {}) {
    const state = createStateFiles({
      folder: join(folder, 'state'),
      before: (key) => before[key],
      problem: (line) => problems.push(line),
    });
    open.push(state);
    return state;
  }
  const add = (name: string) => (now: unknown) => [...((now as string[] | undefined) ?? []), name];

  it('keeps every one of many changes at once, in one window and in several', async () => {
    const windows = [window(), window(), window()];
    const names = windows.flatMap((_, index) => Array.from({ length: 6 }, (__, at) => `${index}-${at}`));
    await Promise.all(names.map((name) => windows[Number(name[0])]?.change('list', add(name))));
    for (const state of [...windows, window()]) {
      await until('all to be seen', () => (state.get('list') as string[]).length === names.length);
      assert.deepEqual([...(state.get('list') as string[])].sort(), names);
    }
    assert.deepEqual(readdirSync(join(folder, 'state')), ['list.json'], 'no lock and nothing unfinished is left');
    assert.deepEqual(problems, []);
  });

  it('tells of the changes of other windows, and not of its own', async () => {
    const [one, two] = [window(), window()];
    const heard: string[] = [];
    one.onElsewhere((key) => heard.push(`one ${key} ${JSON.stringify(one.get(key))}`));
    two.onElsewhere((key) => heard.push(`two ${key} ${JSON.stringify(two.get(key))}`));
    assert.deepEqual([one.get('list'), two.get('list')], [undefined, undefined]);
    await one.change('list', add('a'));
    assert.deepEqual(one.get('list'), ['a']);
    await until('the other to hear', () => heard.length > 0);
    await two.change('list', add('b'));
    await until('the first to hear', () => heard.length > 1);
    assert.deepEqual(heard, ['two list ["a"]', 'one list ["a","b"]']);
  });

  it('tells of a change that it finds when it makes one itself', async () => {
    const one = window();
    one.get('list');
    const heard: string[] = [];
    one.onElsewhere((key) => heard.push(key));
    writeFileSync(join(folder, 'state', 'list.json'), '["theirs"]');
    await one.change('list', add('ours'));
    assert.deepEqual(one.get('list'), ['theirs', 'ours']);
    assert.deepEqual(heard, ['list']);
  });

  it('begins with what an earlier version kept, until it is changed', async () => {
    const before = { list: ['old'] };
    const state = window(before);
    assert.deepEqual(state.get('list'), ['old']);
    assert.equal(state.get('other'), undefined);
    await state.change('list', add('new'));
    assert.deepEqual(window(before).get('list'), ['old', 'new']);
    await state.change('list', () => undefined);
    assert.equal(window(before).get('list'), undefined);
  });

  it('takes over the lock of a window that is gone, and passes over a file that is no JSON', async () => {
    const state = window();
    await state.change('list', add('a'));
    const lock = join(folder, 'state', 'list.lock');
    writeFileSync(lock, '');
    const long = new Date(Date.now() - 60_000);
    utimesSync(lock, long, long);
    await state.change('list', add('b'));
    assert.deepEqual(state.get('list'), ['a', 'b']);
    writeFileSync(join(folder, 'state', 'list.json'), '{"half');
    assert.equal(window().get('list'), undefined);
    assert.match(problems.join('\n'), /^list cannot be read/);
  });

  it('rejects where it cannot be kept, and goes on with what was there', async () => {
    const state = window();
    await state.change('list', add('a'));
    await assert.rejects(
      state.change('list', () => assert.fail('no')),
      /no/,
    );
    assert.deepEqual(state.get('list'), ['a']);
    writeFileSync(join(folder, 'file'), '');
    const nowhere = createStateFiles({
      folder: join(folder, 'file', 'state'),
      before: () => ['old'],
      problem: (line) => problems.push(line),
    });
    assert.deepEqual(nowhere.get('list'), ['old']);
    await assert.rejects(nowhere.change('list', add('b')));
    nowhere.dispose();
  });

  it('lets one at a time do what is not its own', async () => {
    const windows = [window(), window()];
    let inside = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        windows[index % 2]?.alone('accounts', async () => {
          inside += 1;
          assert.equal(inside, 1);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
          if (index === 3) {
            throw new Error('one fails');
          }
        }),
      ),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 7);
  });
});
