// The facts behind the containers, volumes and networks views: addresses, inspections, what a prune takes.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { groupsOf, imageRows, matches, membersOf } from '../../../src/model/arrange.ts';
import { containerFacts } from '../../../src/model/containers/details.ts';
import { isUsualWebPort, webAddress, webPorts } from '../../../src/model/containers/webAddress.ts';
import { bytesOf, holders, prunePreview, readDiskUsage, withoutDoubles } from '../../../src/model/engines/diskUse.ts';
import { addressesIn, checkSubnets } from '../../../src/model/networks/predefined.ts';
import type { Port } from '../../../src/model/objects.ts';
import { holdsVolumesFor } from '../../../src/model/volumes/shared.ts';
import { tooltipOf } from '../../../src/views/containers/tooltip.ts';
import { container, image, network } from '../views/memory.ts';

const port = (fields: Partial<Port>): Port => ({ container: 80, protocol: 'tcp', host: 8080, ...fields });

describe('web address', () => {
  const local = 'unix:///var/run/docker.sock';

  it('is that of the machine for a local engine, and of its host for a remote one', () => {
    assert.equal(webAddress(port({ address: '0.0.0.0' }), local), 'http://localhost:8080');
    assert.equal(webAddress(port({ address: '::' }), undefined), 'http://localhost:8080');
    assert.equal(webAddress(port({ address: '127.0.0.1' }), local), 'http://localhost:8080');
    assert.equal(webAddress(port({ address: '10.0.0.7', container: 8443 }), local), 'https://10.0.0.7:8080');
    assert.equal(webAddress(port({ address: 'fd00::1' }), local), 'http://[fd00::1]:8080');
    assert.equal(webAddress(port({ address: '0.0.0.0' }), 'tcp://build.example:2376'), 'http://build.example:8080');
    assert.equal(webAddress(port({ address: '0.0.0.0' }), 'ssh://me@build.example'), 'http://build.example:8080');
    assert.equal(webAddress(port({ address: '' }), 'tcp://127.0.0.1:2375'), 'http://localhost:8080');
  });

  it('is none for what no browser reaches', () => {
    assert.equal(webAddress(port({ protocol: 'udp' }), local), undefined);
    assert.equal(webAddress({ container: 80, protocol: 'tcp' }, local), undefined);
    assert.equal(webAddress(port({ address: '127.0.0.1' }), 'ssh://me@build.example'), undefined);
    assert.equal(webAddress(port({ address: 'evil](x' }), local), undefined);
  });

  it('comes first for the port that is likely a page, once for each', () => {
    const ports = [
      port({ container: 5432, host: 1 }),
      port({ container: 7777, host: 2 }),
      port({ container: 8080, host: 3, address: '0.0.0.0' }),
      port({ container: 8080, host: 3, address: '::' }),
    ];
    assert.deepEqual(
      webPorts(ports, local).map(({ url }) => url),
      ['http://localhost:3', 'http://localhost:2', 'http://localhost:1'],
    );
    assert.ok(isUsualWebPort(port({})) && !isUsualWebPort(port({ container: 7777 })));
  });
});

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

  it('tell of data-only containers', () => {
    const mounts = [{ kind: 'volume', source: 'v', target: '/v', writable: true } as const];
    const holder = container({ id: '1', name: 'holder', state: 'created', mounts });
    const user = container({ id: '2', name: 'user', mounts });
    assert.deepEqual(holdsVolumesFor(holder, [holder, user]), [user]);
    assert.deepEqual(holdsVolumesFor(user, [holder, user]), []);
    assert.match(tooltipOf(holder, undefined, [holder, user], undefined), /data\\-only container.*user/);
  });
});

describe('prune preview', () => {
  const disk = readDiskUsage(
    {
      Containers: [
        { Id: 'a', Names: ['/ended'], State: 'exited', SizeRw: 10, ImageID: 'i1', Mounts: [{ Name: 'v1' }] },
        {
          Id: 'b',
          Names: ['/up'],
          State: 'running',
          ImageID: 'i2',
          Mounts: [{ Name: 'v2' }],
          NetworkSettings: { Networks: { used: {} } },
        },
      ],
      Images: [
        { Id: 'i1', RepoTags: ['one:1'], Size: 100, SharedSize: 40 },
        { Id: 'i2', RepoTags: ['two:1'], Size: 200, SharedSize: -1 },
        { Id: 'sha256:3333333333333333', RepoTags: ['<none>:<none>'], Size: 300, SharedSize: 0 },
      ],
      Volumes: [
        { Name: 'v1', Labels: { 'com.docker.volume.anonymous': '' }, UsageData: { Size: 5 } },
        { Name: 'v2', Labels: null, UsageData: { Size: 7 } },
        { Name: 'v3', UsageData: { Size: -1 } },
      ],
      BuildCache: [
        { ID: 'c', Size: 9, InUse: false },
        { ID: 'd', Size: 9, InUse: true },
      ],
    },
    true,
  );
  const networks = [network({ name: 'used' }), network({ name: 'free' }), network({ name: 'bridge' })];
  const names = (kinds: Parameters<typeof prunePreview>[2]) =>
    Object.fromEntries(
      Object.entries(prunePreview(disk, networks, kinds)).map(([kind, items]) => [kind, items.map(({ name }) => name)]),
    );

  it('takes what nothing has', () => {
    assert.deepEqual(names(['images', 'allImages', 'volumes', 'allVolumes', 'networks', 'buildCache']), {
      images: ['333333333333'],
      allImages: ['333333333333'],
      volumes: [],
      allVolumes: ['v3'],
      networks: ['free'],
      buildCache: ['c'],
    });
  });

  it('takes with containers what only they have', () => {
    assert.deepEqual(names(['containers', 'allImages', 'volumes']), {
      containers: ['ended'],
      allImages: ['one:1', '333333333333'],
      volumes: ['v1'],
    });
    assert.equal(bytesOf(prunePreview(disk, [], ['allImages', 'containers']).allImages ?? []), 360);
  });

  it('tells volumes without a name by their names on engines that do not label them', () => {
    const raw = {
      Volumes: [{ Name: 'f'.repeat(64) }, { Name: 'mine', Labels: { 'com.docker.volume.anonymous': '' } }],
    };
    const unnamed = (labelled: boolean) =>
      (prunePreview(readDiskUsage(raw, labelled), [], ['volumes']).volumes ?? []).map(({ name }) => name);
    assert.deepEqual([unnamed(false), unnamed(true)], [['ffffffffffff'], ['mine']]);
  });

  it('names ended containers that hold volumes for others, and does nothing twice', () => {
    const shared = readDiskUsage(
      {
        Containers: [
          { Names: ['/data'], State: 'created', Mounts: [{ Name: 'v' }] },
          { Names: ['/web'], State: 'running', Mounts: [{ Name: 'v' }] },
        ],
      },
      true,
    );
    assert.deepEqual(holders(shared), ['data']);
    assert.deepEqual(withoutDoubles(['allImages', 'images', 'volumes', 'containers']), [
      'containers',
      'allImages',
      'volumes',
    ]);
    assert.deepEqual(readDiskUsage(null, true), { containers: [], images: [], volumes: [], buildCache: [] });
  });
});

describe('arrangement', () => {
  it('finds by every word, upper and lower case alike', () => {
    assert.ok(matches(['Web-1', 'nginx'], 'NGINX web'));
    assert.ok(!matches(['web'], 'web db'));
    assert.ok(matches([], ' '));
  });

  it('finds the members of groups whose names look like others', () => {
    const labels = (value: string) => ({ toString: value });
    const all = [container({ id: '1', labels: labels('a/b') }), container({ id: '2', labels: {} })];
    assert.deepEqual(
      membersOf(all, { by: 'label:toString', path: ['a/b'] }).map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual(
      all.map((each) => groupsOf(each, 'label:toString')),
      [['a/b'], []],
    );
  });

  it('sorts 2,000 images', () => {
    const images = Array.from({ length: 2000 }, (_, index) =>
      image({ id: `${index}`, tags: [`r${index}:1`], size: index }),
    );
    const rows = imageRows(images, { groupBy: 'none', sortBy: 'size', dangling: true });
    assert.equal(rows[0]?.ref, 'r1999:1');
  });
});

describe('networks', () => {
  it('read addresses and refuse what is no subnet', () => {
    assert.deepEqual(
      [...addressesIn({ Containers: { a: { IPv4Address: '10.0.0.2/24', IPv6Address: '' }, b: 3 } })],
      [
        ['a', '10.0.0.2/24'],
        ['b', ''],
      ],
    );
    assert.equal(checkSubnets(['172.30.0.0/16', 'fd00:1::/64']), undefined);
    assert.match(checkSubnets(['10.0.0.0']) ?? '', /not a subnet/);
  });
});
