// Shells that were opened: what is kept of them holds no secrets, also where an earlier version kept some.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Memento } from 'vscode';
import type { InputOptions } from '../../../../src/app/prompts.ts';
import type { Ui } from '../../../../src/app/ui.ts';
import type { ContainerDetails, ExecOptions, Session } from '../../../../src/engine/types.ts';
import { lastShellTerminal } from '../../../../src/steps/containers/openShell.ts';
import { createShells } from '../../../../src/vscode/terminals/lastShell.ts';
import { double } from '../../../parts/double.ts';
import { engineDouble } from '../../../parts/engine/double.ts';

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
    const client = { containers: { inspect: async () => double<ContainerDetails>({ image: 'db' }) } };
    const terminal = async (_id: string, options: ExecOptions) => {
      opened = options;
      return double<Session>({});
    };
    const app = {
      shells,
      engine: engineDouble({ client, terminal }),
      ui: double<Ui>({
        async input(options) {
          asked.push(options);
          return answers[asked.length - 1] ?? '';
        },
      }),
    };
    const shell = await lastShellTerminal(app, { id: 'x', name: 'x' });
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
