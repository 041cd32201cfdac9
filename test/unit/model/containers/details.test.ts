// What an inspection tells of a container.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { containerFacts } from '../../../../src/model/containers/details.ts';
import { tooltipOf } from '../../../../src/views/containers/tooltip.ts';
import { container } from '../sampleObjects.ts';

describe('facts of a container', () => {
  it('come from its inspection', () => {
    const facts = containerFacts({
      RestartCount: 4,
      State: {
        StartedAt: '2026-01-02T03:04:05.6789Z',
        OOMKilled: true,
        Health: { Status: 'unhealthy', FailingStreak: 2, Log: [{ Output: 'old' }, { Output: 'refused\n' }] },
      },
      HostConfig: {
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        Memory: 536_870_912,
        CpuQuota: 50_000,
        CpuPeriod: 100_000,
        PidsLimit: 100,
        VolumesFrom: ['abc:ro'],
      },
      NetworkSettings: { Networks: { shop: { IPAddress: '10.0.0.2', GlobalIPv6Address: '' } } },
    });
    assert.deepEqual(facts, {
      health: { status: 'unhealthy', failing: 2, output: 'refused\n' },
      restartCount: 4,
      restart: 'on-failure:3',
      memory: '512m',
      cpus: '0.5',
      pids: 100,
      addresses: [{ network: 'shop', ip: '10.0.0.2', ip6: '' }],
      started: Date.parse('2026-01-02T03:04:05.678Z'),
      error: '',
      outOfMemory: true,
      volumesFrom: ['abc'],
    });
    const text = tooltipOf(container({ name: 'db', state: 'running' }), facts, [], undefined);
    for (const words of [
      /refused/,
      /failed 2 times/,
      /on\\-failure:3|on\\-failure&#58;3/,
      /512m/,
      /10&#46;0&#46;0&#46;2/,
    ]) {
      assert.match(text, words);
    }
  });

  it('are empty for an answer that makes no sense', () => {
    for (const raw of [undefined, null, 7, [], { State: 1, HostConfig: 'x', NetworkSettings: { Networks: [1] } }]) {
      assert.equal(containerFacts(raw).restart, 'no');
    }
  });
});
