import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { App } from '../../../../src/app/index.ts';
import type { Ui } from '../../../../src/app/ui.ts';
import { nsenterContainer } from '../../../../src/commands/containers/nsenterContainer.ts';
import type { ContainerDetails } from '../../../../src/engine/types.ts';
import { Cancelled } from '../../../../src/model/errors.ts';
import type { Container } from '../../../../src/model/objects.ts';
import { double } from '../../../parts/double.ts';
import { engineDouble } from '../../../parts/engine/double.ts';

const id = 'a'.repeat(64);

/** A container of this machine, and a person who agrees or does not. */
function machine(agrees: boolean): { app: Pick<App, 'engine' | 'ui'>; did: string[] } {
  const did: string[] = [];
  const engine = engineDouble({
    client: {
      endpoint: { url: 'unix:///run/docker.sock' },
      containers: {
        inspect: async () =>
          double<ContainerDetails>({ id, name: 'web', running: true, raw: { State: { Pid: 4711 } } }),
        pathExists: async (_id, path) => path === '/bin/sh',
      },
    },
    objects: { containers: [double<Container>({ id, name: 'web', state: 'running' })] },
  });
  const ui = double<Ui>({
    hostProcess: async () => ({ groups: `0::/docker/${id}`, root: true }),
    program: ({ command }) => void did.push(`start ${command.join(' ')}`),
    async confirm(question, detail, button) {
      did.push([question, detail, button].join('\n'));
      if (!agrees) {
        throw new Cancelled();
      }
    },
  });
  return { app: { engine, ui }, did };
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
