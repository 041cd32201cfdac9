import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Transport } from '../../../../src/engine/connection/transport.ts';
import { sources } from '../../../../src/engine/inventory/queries.ts';
import { helperLabel } from '../../../../src/model/containers/helpers.ts';

describe('the list of containers', () => {
  it('leaves out what Docknotes makes for a moment', async () => {
    const records = [{ Id: '1' }, { Id: '2', Labels: { [helperLabel]: 'true' } }, { Id: '3', Labels: null }];
    const transport = {
      json: async () => records,
      elements: async (_: unknown, take: (elements: unknown[]) => void) => take(records),
    } as unknown as Transport;
    const all: unknown[] = [];
    await sources.containers.all(transport, (some) => all.push(...some));
    assert.deepEqual(all, [records[0], records[2]]);
    const some = await sources.containers.some(transport, ['2', '3'], new Map());
    assert.deepEqual(some, { records: [records[2]], gone: [] });
  });
});
