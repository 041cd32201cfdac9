// Odd engines in use: what is said of them, and what is made of one that comes late.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { InventoryChange } from '../../../src/engine/types.ts';
import { UserError } from '../../../src/model/errors.ts';
import { waitFor } from '../../parts/process.ts';
import { temporaryFolder } from '../../parts/temporary.ts';
import { closeAll, closing, engineThat, ours, serve } from './oddEngine.ts';

describe('the engine in use, when it is odd', () => {
  afterEach(closeAll);

  it('says so in the inventory when the engine hangs', async () => {
    const port = await serve(() => {});
    const { inventory } = ours(`tcp://127.0.0.1:${port}`, 100);
    await assert.rejects(inventory.all('containers'), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'engine-timeout');
      return true;
    });
    assert.equal(inventory.status.state === 'unreachable' && inventory.status.problem, 'timeout');
  });

  it('fills by itself when the engine comes after it was asked for', async () => {
    const folder = temporaryFolder('late');
    closing.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'docker.sock');
    const { inventory } = ours(`unix://${file}`);
    const changes: InventoryChange[] = [];
    inventory.onChange((change) => changes.push(change));
    await assert.rejects(inventory.all('containers'), UserError);
    const { handler } = await engineThat((_, response) => response.end(`[{"Id":"${'1'.repeat(64)}"}]`));
    const server = http.createServer(handler).listen(file);
    closing.push(() => {
      server.close();
      server.closeAllConnections();
    });
    await waitFor('the containers to be told', () => changes.length > 0);
    assert.deepEqual(
      changes.map(({ added }) => added),
      [['1'.repeat(64)]],
    );
    assert.equal((await inventory.all('containers')).length, 1);
  });

  it('asks for lists while the engine still says what it is, and shows none of one that then fails', async () => {
    const held: (() => void)[] = [];
    let works = false;
    const lists: string[] = [];
    const port = await serve((request, response) => {
      const path = request.url ?? '';
      if (path.includes('/_ping')) {
        response.setHeader('Api-Version', '1.41').end('OK');
      } else if (path.includes('/version')) {
        held.push(() =>
          works
            ? response.end('{"Version":"9.9","Components":[{"Name":"Engine"}]}')
            : response.writeHead(500).end('no'),
        );
      } else if (path.includes('/containers/json')) {
        lists.push(path);
        response.end(`[{"Id":"${'1'.repeat(64)}"}]`);
      } else {
        response.flushHeaders();
      }
    });
    const engine = ours(`tcp://127.0.0.1:${port}`);
    const changes: InventoryChange[] = [];
    engine.inventory.onChange((change) => changes.push(change));
    const failing = assert.rejects(engine.inventory.all('containers'), UserError);
    await waitFor('the list to be asked for', () => lists.length === 1 && held.length > 0);
    assert.equal(engine.inventory.status.state, 'connecting');
    held.pop()?.();
    await failing;
    assert.equal(engine.inventory.peek('containers', '1'.repeat(64)), undefined);
    works = true;
    const coming = engine.client();
    await waitFor('the next attempt', () => held.length > 0);
    held.pop()?.();
    await coming;
    await waitFor('the containers to be told', () => changes.length > 0);
    assert.equal((await engine.inventory.all('containers')).length, 1);
    assert.equal(lists.length, 2);
  });
});
