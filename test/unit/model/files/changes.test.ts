// Changed files as a tree, updates that take limits away, signals, and processes in order.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { containerFacts } from '../../../../src/model/containers/details.ts';
import { inOrder, readProcesses, secondsOf } from '../../../../src/model/containers/processes.ts';
import { signalName } from '../../../../src/model/containers/signals.ts';
import { type ChangeTree, changeTree, type PathChange } from '../../../../src/model/files/changes.ts';
import { removableLimits, updateBodies } from '../../../../src/model/run/create/update.ts';

const kinds = { A: 'added', C: 'changed', D: 'deleted' } as const;
const changes = (...lines: string[]): PathChange[] =>
  lines.map((line) => ({ kind: kinds[line.charAt(0) as 'A'], path: line.slice(2) }));

function drawn(tree: ChangeTree, path = '/', indent = ''): string[] {
  return tree
    .below(path)
    .flatMap(({ path: each, label, folder, kind }) => [
      `${indent}${label}${folder ? '/' : ''}${kind ? ` ${kind}` : ''}`,
      ...drawn(tree, each, `${indent}  `),
    ]);
}

describe('changed files', () => {
  it('are a tree with folders first, and folders with one folder in them as one row', () => {
    const tree = changeTree(
      changes(
        ...['C /var', 'C /var/lib', 'A /var/lib/app', 'A /var/lib/app/b10', 'A /var/lib/app/b9'],
        ...['C /etc', 'C /etc/hosts', 'D /etc/group', 'A /etc/conf.d', 'A /etc/conf.d/x', 'A /empty', 'C /tmp'],
      ),
    );
    assert.deepEqual(drawn(tree), [
      'etc/',
      '  conf.d/ added',
      '    x added',
      '  group deleted',
      '  hosts changed',
      'var/lib/app/ added',
      '  b9 added',
      '  b10 added',
      'empty added',
      'tmp changed',
    ]);
    assert.deepEqual(tree.counts, { added: 4, changed: 2, deleted: 1 });
    assert.equal(tree.above('/var/lib/app/b9'), '/var/lib/app');
    assert.equal(tree.above('/var/lib/app'), '/');
    assert.equal(tree.above('/etc/conf.d'), '/etc');
    assert.deepEqual(tree.at('/var/lib/app'), {
      path: '/var/lib/app',
      label: 'var/lib/app',
      folder: true,
      kind: 'added',
    });
    assert.equal(tree.at('/nowhere'), undefined);
    assert.deepEqual(tree.below('/nowhere'), []);
  });

  it('are what the engine says and nothing outside of it', () => {
    const hostile = ['A relative', 'A /../up', 'A /a/./b', 'A //x', 'A /a//b', 'A /', 'A ', 'A /ok', 'A /__proto__/x'];
    assert.deepEqual(drawn(changeTree(changes(...hostile))), ['__proto__/', '  x added', 'ok added']);
    assert.deepEqual(drawn(changeTree([])), []);
  });

  it('stay quick with 100,000 paths, also in one folder', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `A /opt/d${index % 500}/f${index}`);
    const flat = Array.from({ length: 50_000 }, (_, index) => `A /cache/f${index}`);
    const list = changes('C /opt', 'A /cache', ...many, ...flat);
    const started = performance.now();
    const tree = changeTree(list);
    assert.equal(tree.below('/').length, 2);
    assert.equal(tree.below('/opt').length, 500);
    assert.equal(tree.below('/cache').length, 50_000);
    const took = performance.now() - started;
    assert.ok(took < 2000, `${took} ms`);
  });
});

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

describe('signals', () => {
  it('are one by name and by number', () => {
    assert.deepEqual(['15', 'term', 'SIGTERM', ' sigquit', '9', 'SIGRTMIN+3'].map(signalName), [
      'SIGTERM',
      'SIGTERM',
      'SIGTERM',
      'SIGQUIT',
      'SIGKILL',
      'SIGRTMIN+3',
    ]);
  });
});

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
