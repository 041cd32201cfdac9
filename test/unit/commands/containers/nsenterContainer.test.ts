import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { App } from '../../../../src/app.ts';
import { nsenterContainer } from '../../../../src/commands/containers/nsenterContainer.ts';
import { Cancelled } from '../../../../src/model/errors.ts';

const id = 'a'.repeat(64);

/** A container of this machine, and a person who agrees or does not. */
function machine(agrees: boolean): { app: App; did: string[] } {
  const did: string[] = [];
  const container = { id, name: 'web', state: 'running' };
  const client = {
    endpoint: { url: 'unix:///run/docker.sock' },
    containers: {
      inspect: async () => ({ ...container, running: true, raw: { State: { Pid: 4711 } } }),
      pathExists: async (_id: string, path: string) => path === '/bin/sh',
    },
  };
  const ui = {
    hostProcess: async () => ({ groups: `0::/docker/${id}`, root: true }),
    program: ({ command }: { command: string[] }) => did.push(`start ${command.join(' ')}`),
    async confirm(question: string, detail: string, button: string) {
      did.push([question, detail, button].join('\n'));
      if (!agrees) {
        throw new Cancelled();
      }
    },
  };
  const inventory = { all: async () => [container], peek: () => container };
  return { app: { engine: { client: async () => client, inventory }, ui } as unknown as App, did };
}

const row = { type: 'container' as const, id };
const start = 'start nsenter -t 4711 -m -u -i -n -p -- /bin/sh';

describe('entering namespaces', () => {
  it('says what it grants before it starts, and starts nothing where a person does not agree', async () => {
    const willing = machine(true);
    await nsenterContainer(willing.app, row);
    const [asked = '', started] = willing.did;
    assert.match(asked, /web as root of this machine\?\n.*every capability.*seccomp.*\nEnter$/s);
    assert.equal(started, start);

    const unwilling = machine(false);
    await assert.rejects(nsenterContainer(unwilling.app, row), Cancelled);
    assert.equal(unwilling.did.length, 1);
  });

  it('asks nothing when it is called with options', async () => {
    const { app, did } = machine(false);
    assert.equal((await nsenterContainer(app, row, { start: false })).command.at(-1), '/bin/sh');
    await nsenterContainer(app, row, {});
    assert.deepEqual(did, [start]);
  });
});
