// Processes as the host's ps tells them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inOrder, readProcesses, secondsOf } from '../../../../src/model/containers/processes.ts';

describe('processes', () => {
  it('are read from the columns that were asked for, and from the usual ones', () => {
    const wanted = readProcesses({
      titles: ['PID', 'PPID', 'USER', '%CPU', 'RSS', 'STIME', 'TIME', 'COMMAND'],
      rows: [['7', '1', 'root', '2.5', '1380', '03:33', '00:00:01', 'sh -c x']],
    });
    const facts = { pid: 7, parent: 1, user: 'root', started: '03:33', time: '00:00:01', command: 'sh -c x' };
    assert.deepEqual(wanted, [{ ...facts, cpu: 2.5, memory: 1380 * 1024 }]);
    const usual = readProcesses({
      titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
      rows: [['root', '7', '1', '2', '03:33', '?', '00:00:01', 'sh -c x'], []],
    });
    assert.deepEqual(usual[0], { ...facts, cpu: 2 });
    assert.deepEqual(usual[1], { pid: 0, parent: 0, user: '', started: '', time: '', command: '' });
  });

  it('stand in the order of any column', () => {
    const make = (pid: number, time: string, command: string, memory?: number) => ({
      ...{ container: 'web', pid, parent: 1, user: 'root', started: '', time, command },
      ...(memory !== undefined && { memory }),
    });
    const rows = [make(3, '1-00:00:00', 'b', 5), make(1, '00:59:00', 'a'), make(2, '01:00:00', 'b', 9)];
    const pids = (column: 'pid' | 'time' | 'command' | 'memory', down = false) =>
      rows.toSorted(inOrder({ column, down })).map(({ pid }) => pid);
    assert.deepEqual(pids('pid'), [1, 2, 3]);
    assert.deepEqual(pids('time', true), [3, 2, 1]);
    assert.deepEqual(pids('command', true), [2, 3, 1]);
    assert.deepEqual(pids('memory', true), [2, 3, 1]);
    assert.equal(secondsOf('2-01:00:01'), 2 * 86400 + 3601);
    assert.deepEqual(['0:07', '1h2m3.5s', '12s', ''].map(secondsOf), [7, 3723.5, 12, 0]);
  });
});
