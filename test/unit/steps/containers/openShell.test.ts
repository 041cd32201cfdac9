import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { App } from '../../../../src/app/index.ts';
import type { ContainerDetails, Containers } from '../../../../src/engine/types.ts';
import { endOf, endOfMain } from '../../../../src/steps/containers/openShell.ts';
import { double } from '../../../parts/double.ts';
import { engineDouble } from '../../../parts/engine/double.ts';

/** An engine that notes the end of a container only once somebody waits for it, or never. */
function engine(options: { ends?: boolean; exitCode?: number }): { app: Pick<App, 'engine'>; waits: () => number } {
  let running = true;
  let waits = 0;
  const containers: Partial<Containers> = {
    inspect: async () => double<ContainerDetails>({ running, exitCode: options.exitCode ?? 0 }),
    async wait(_id, signal) {
      waits += 1;
      if (!options.ends) {
        throw signal.reason ?? new Error('Not ended in time.');
      }
      running = false;
      return options.exitCode ?? 0;
    },
  };
  return { app: { engine: engineDouble({ client: { containers } }) }, waits: () => waits };
}

describe('the end of a process in a container', () => {
  it('is that of the container, also where the engine notes that a moment later', async () => {
    for (const code of [137, undefined]) {
      const { app } = engine({ ends: true, exitCode: 137 });
      assert.match(await endOf(app, 'id', code), /^The container has stopped with exit code 137/);
    }
  });

  it('is its own while the container goes on', async () => {
    const { app, waits } = engine({});
    assert.equal(await endOf(app, 'id', 137), 'The process has ended with exit code 137.');
    assert.equal(waits(), 1);
    assert.equal(await endOf(app, 'id', 3), 'The process has ended with exit code 3.');
    assert.equal(waits(), 1, 'only what looks killed is waited for');
  });

  it('is no end for a main process that goes on without us', async () => {
    const { app } = engine({});
    assert.match(await endOfMain(app, { id: 'id', name: 'web' }, undefined), /^You have left web/);
  });
});
