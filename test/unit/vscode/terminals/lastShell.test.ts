// Shells that were opened: what is kept of them holds no secrets, also where an earlier version kept some.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Memento } from 'vscode';
import type { App, InputOptions } from '../../../../src/app.ts';
import { usualShell } from '../../../../src/steps/containers/openShell.ts';
import { createShells } from '../../../../src/vscode/terminals/lastShell.ts';

function memento(data: Record<string, unknown> = {}): Memento & { data: Record<string, unknown> } {
  return {
    data,
    keys: () => Object.keys(data),
    get: (key: string, fallback?: unknown) => data[key] ?? fallback,
    async update(key: string, value: unknown) {
      data[key] = JSON.parse(JSON.stringify(value));
    },
  } as Memento & { data: Record<string, unknown> };
}

describe('memory of shells', () => {
  it('keeps names of variables and flags, and no secrets', () => {
    const state = memento();
    createShells(state).keep('db', {
      command: ['mysql', '-phunter2'],
      env: ['TOKEN=hunter2', 'LANG=C'],
      user: 'me',
    });
    assert.deepEqual(createShells(state).last('db'), {
      user: 'me',
      env: ['TOKEN=', 'LANG=C'],
      forgot: ['TOKEN'],
      command: ['mysql', '-p'],
      incomplete: true,
    });
    assert.doesNotMatch(JSON.stringify(state.data), /hunter2/);
  });

  it('cleans what an earlier version kept, of every image, when one is read', () => {
    const state = memento({
      shells: {
        a: { command: ['sh'], env: ['GITHUB_PAT=hunter2'] },
        b: { command: ['redis-cli', '-a', 'hunter2'] },
      },
    });
    assert.deepEqual(createShells(state).last('a')?.command, ['sh']);
    assert.doesNotMatch(JSON.stringify(state.data), /hunter2/);
  });

  it('asks for what was not kept before a shell is opened again', async () => {
    const state = memento();
    const shells = createShells(state);
    shells.keep('db', { command: ['mysql', '-phunter2'], env: ['TOKEN=hunter2'] });
    const asked: InputOptions[] = [];
    const answers = ['mysql -pnew', 'again'];
    let opened: unknown;
    const client = { containers: { inspect: async () => ({ image: 'db' }) } };
    const terminal = async (_id: string, options: unknown) => {
      opened = options;
    };
    const app = {
      shells,
      engine: { client: async () => client, terminal },
      ui: {
        async input(options: InputOptions) {
          asked.push(options);
          return answers[asked.length - 1];
        },
      },
    } as unknown as App;
    const shell = await usualShell(app, { id: 'x', name: 'x' });
    await shell.open(undefined, new AbortController().signal);
    assert.deepEqual(
      asked.map(({ value, password }) => [value, password]),
      [
        ['mysql -p', undefined],
        [undefined, true],
      ],
    );
    assert.deepEqual(opened, { command: ['mysql', '-pnew'], env: ['TOKEN=again'] });
  });
});
