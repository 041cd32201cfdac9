// What an update of a container asks of the engine.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { containerFacts } from '../../../../src/model/containers/details.ts';
import { removableLimits, updateBodies } from '../../../../src/model/containers/update.ts';

describe('an update', () => {
  const bodies = (options: object, now: object = {}) => updateBodies(options, { ...now }, '1.41');

  it('sends what was named', () => {
    assert.deepEqual(bodies({ restart: 'on-failure:3', cpus: '1.5' }), [
      { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 }, NanoCpus: 1_500_000_000 },
    ]);
    assert.deepEqual(bodies({ memory: '64m' }), [{ Memory: 67108864, MemorySwap: 134217728 }]);
    assert.throws(() => bodies({ memory: 'much' }), /not a size/);
    assert.throws(() => bodies({ restart: 'sometimes' }), /not a restart policy/);
  });

  it('lets swap follow memory as it was', () => {
    assert.deepEqual(bodies({ memory: '8m' }, { Memory: 4096, MemorySwap: 4096 }), [
      { Memory: 8388608, MemorySwap: 8388608 },
    ]);
    // The running container keeps its old limit of swap, so that the new one of memory would be refused.
    assert.deepEqual(bodies({ memory: '8m' }, { Memory: 4096, MemorySwap: -1 }), [
      { Memory: 8388608, MemorySwap: 16777216 },
      { MemorySwap: -1 },
    ]);
    assert.deepEqual(bodies({ memory: '8m', memorySwap: '12m' }), [{ Memory: 8388608, MemorySwap: 12582912 }]);
  });

  it('takes away the limits that an engine takes away, and refuses the others with the way out', () => {
    assert.deepEqual(bodies({ memorySwap: '-1' }, { Memory: 4096, MemorySwap: 8192 }), [{ MemorySwap: -1 }]);
    assert.deepEqual(bodies({ pidsLimit: 0 }), [{ PidsLimit: 0 }]);
    assert.deepEqual(bodies({ cpus: '0' }, { CpuQuota: 50_000 }), [{ CpuQuota: -1 }]);
    assert.deepEqual(bodies({ cpus: '0' }), [{}]);
    const stays = { code: 'limit-stays', message: /again without it/ };
    assert.throws(() => bodies({ cpus: '0' }, { NanoCpus: 1e9 }), stays);
    assert.throws(() => bodies({ memory: '0' }, { Memory: 4096 }), stays);
  });

  it('keeps the form of a limit of processors, because the two forms exclude each other', () => {
    assert.deepEqual(bodies({ cpus: '0.5' }, { CpuQuota: 20_000, CpuPeriod: 10_000 }), [{ CpuQuota: 5000 }]);
    assert.deepEqual(bodies({ cpus: '0.5' }, { CpuQuota: -1 }), [{ CpuQuota: 50_000 }]);
    assert.equal(containerFacts({ HostConfig: { CpuQuota: 50_000 } }).cpus, '0.5');
    assert.equal(containerFacts({ HostConfig: { CpuQuota: -1, NanoCpus: 5e8 } }).cpus, undefined);
  });

  it('knows beforehand which limits can go', () => {
    const all = { Memory: 1, MemorySwap: 2, NanoCpus: 1e9, PidsLimit: 5 };
    assert.deepEqual(removableLimits(all), { removable: ['memorySwap', 'pidsLimit'], fixed: ['memory', 'cpus'] });
    assert.deepEqual(removableLimits({ CpuQuota: 5, MemorySwap: -1 }), { removable: ['cpus'], fixed: [] });
    assert.deepEqual(removableLimits(undefined), { removable: [], fixed: [] });
  });
});
