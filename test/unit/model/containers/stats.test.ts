// The engine's samples into figures, as the docker program counts them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { figuresOf, niceTop, readStats } from '../../../../src/model/containers/stats.ts';

function sample(second: number, more: object = {}): unknown {
  return {
    read: `2026-11-21T10:00:0${second}.000000000Z`,
    cpu_stats: {
      cpu_usage: { total_usage: 5e9 + second * 5e8 },
      system_cpu_usage: 1e12 + second * 4e9,
      online_cpus: 4,
    },
    memory_stats: { usage: 50_000_000, limit: 64_000_000, stats: { inactive_file: 10_000_000 } },
    networks: { eth0: { rx_bytes: second * 1000, tx_bytes: 10 }, eth1: { rx_bytes: second * 500, tx_bytes: 5 } },
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: 'Read', value: second * 4096 },
        { op: 'write', value: 100 },
      ],
    },
    pids_stats: { current: 7 },
    ...more,
  };
}

describe('figures of a container', () => {
  it('are shares and rates between two samples', () => {
    const figures = figuresOf(readStats(sample(2)), readStats(sample(1)));
    assert.ok(figures);
    // Half a second of processor time in one second: half of one processor.
    assert.equal(figures.cpu, 50);
    assert.equal(figures.memory, 40_000_000);
    assert.equal(figures.memoryLimit, 64_000_000);
    assert.equal(figures.receiving, 1500);
    assert.equal(figures.sending, 0);
    assert.equal(figures.reading, 4096);
    assert.equal(figures.received, 3000);
    assert.equal(figures.processes, 7);
  });

  it('have no rates at first, and none after a restart', () => {
    assert.equal(figuresOf(readStats(sample(1)), undefined)?.cpu, undefined);
    const restarted = sample(3, { cpu_stats: { cpu_usage: { total_usage: 10 }, system_cpu_usage: 2e12 } });
    assert.equal(figuresOf(readStats(restarted), readStats(sample(2)))?.cpu, undefined);
  });

  it('are missing for a container that does not run, and for what is no sample', () => {
    const stopped = readStats({ read: '0001-01-01T00:00:00Z', cpu_stats: {}, memory_stats: {} });
    assert.equal(figuresOf(stopped, readStats(sample(1))), undefined);
    for (const raw of [
      undefined,
      null,
      'x',
      [],
      { read: 5, networks: 'x', blkio_stats: { io_service_bytes_recursive: null } },
    ]) {
      assert.equal(figuresOf(readStats(raw), undefined), undefined);
    }
  });

  it('count memory without the cache also with control groups of version 1', () => {
    const raw = sample(1, { memory_stats: { usage: 30, limit: 100, stats: { total_inactive_file: 10 } } });
    assert.equal(readStats(raw).memory, 20);
  });

  it('have charts with round tops', () => {
    assert.deepEqual(
      [0, 9, 11, 26, 99, 2300].map((value) => niceTop(value, 10)),
      [10, 10, 20, 50, 100, 2500],
    );
  });
});
