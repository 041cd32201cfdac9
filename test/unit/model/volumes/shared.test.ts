// Containers that hold volumes for others.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { holdsVolumesFor } from '../../../../src/model/volumes/shared.ts';
import { tooltipOf } from '../../../../src/views/containers/tooltip.ts';
import { container } from '../sampleObjects.ts';

describe('shared volumes', () => {
  it('tell of data-only containers', () => {
    const mounts = [{ kind: 'volume', source: 'v', target: '/v', writable: true } as const];
    const holder = container({ id: '1', name: 'holder', state: 'created', mounts });
    const user = container({ id: '2', name: 'user', mounts });
    assert.deepEqual(holdsVolumesFor(holder, [holder, user]), [user]);
    assert.deepEqual(holdsVolumesFor(user, [holder, user]), []);
    assert.match(tooltipOf(holder, undefined, [holder, user], undefined), /data\\-only container.*user/);
  });
});
