// Records of engines, as they come and as they should not come.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readContainer, readImage, readNetwork, readVolume } from '../../../../src/engine/inventory/records.ts';

const id = 'ab'.repeat(32);

describe('readContainer', () => {
  const raw = {
    Id: id,
    Names: ['/other/alias', '/web'],
    Image: 'busybox',
    ImageID: `sha256:${id}`,
    Command: "sh -c 'sleep 1'",
    Created: 1_700_000_000,
    Ports: [
      { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
      { PrivatePort: 53, Type: 'udp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    ],
    Labels: { a: '1' },
    State: 'running',
    Status: 'Up 3 hours (healthy)',
    NetworkSettings: { Networks: { zoo: {}, bridge: {} } },
    Mounts: [
      { Type: 'volume', Name: 'data', Source: '/var/lib/x', Destination: '/data', RW: true },
      { Type: 'bind', Source: '/host', Destination: '/conf', RW: false },
    ],
  };

  it('reads what the engine says', () => {
    assert.deepEqual(readContainer(raw).object, {
      id,
      name: 'web',
      image: 'busybox',
      imageId: `sha256:${id}`,
      command: "sh -c 'sleep 1'",
      created: 1_700_000_000_000,
      state: 'running',
      health: 'healthy',
      status: 'Up 3 hours (healthy)',
      ports: [
        { container: 53, protocol: 'udp' },
        { container: 80, protocol: 'tcp', host: 8080, address: '0.0.0.0' },
        { container: 80, protocol: 'tcp', host: 8080, address: '::' },
      ],
      mounts: [
        { kind: 'bind', source: '/host', target: '/conf', writable: false },
        { kind: 'volume', source: 'data', target: '/data', writable: true },
      ],
      networks: ['bridge', 'zoo'],
      labels: { a: '1' },
    });
  });

  it('finds health and exit code in the status', () => {
    const read = (State: string, Status: string) => readContainer({ ...raw, State, Status }).object;
    assert.equal(read('running', 'Up 1 second (health: starting)')?.health, 'starting');
    assert.equal(read('running', 'Up 1 minute (unhealthy)')?.health, 'unhealthy');
    assert.equal(read('paused', 'Up 1 minute (Paused)')?.health, undefined);
    assert.equal(read('exited', 'Exited (137) 2 days ago')?.exitCode, 137);
    assert.equal(read('restarting', 'Restarting (1) 2 seconds ago')?.exitCode, 1);
    assert.equal(read('created', 'Created')?.exitCode, undefined);
  });

  it("reads Podman's spellings", () => {
    const podman = {
      Id: id,
      Names: ['web'],
      Command: ['sleep', '9'],
      State: 'configured',
      Status: '',
      Mounts: ['/data'],
    };
    const { object } = readContainer(podman);
    assert.equal(object?.name, 'web');
    assert.equal(object?.command, 'sleep 9');
    assert.equal(object?.state, 'created');
    assert.equal(object?.mounts[0]?.target, '/data');
  });

  it('takes odd parts for absent ones', () => {
    const { object } = readContainer({
      Id: id,
      Names: 7,
      Ports: [{ PrivatePort: 'x' }, null, 'y'],
      Labels: { good: 'yes', bad: { a: 1 } },
      State: 'hibernating',
      Status: 'Up 2 days',
      Mounts: [{ Type: 'new' }, null],
      NetworkSettings: [],
      Created: 'never',
    });
    assert.deepEqual(object?.ports, []);
    assert.deepEqual(object?.labels, { good: 'yes' });
    assert.equal(object?.state, 'running');
    assert.equal(object?.name, '');
    assert.equal(object?.created, 0);
  });

  it('takes strings as they are', () => {
    const name = '/**x** <b>\u202e\u001b[31m';
    assert.equal(
      readContainer({ ...raw, Names: [`/${name}`], Labels: { constructor: '<i>' } }).object?.labels.constructor,
      '<i>',
    );
  });

  for (const bad of [null, 'text', 7, [], {}, { Id: 5 }, { Names: ['/x'] }]) {
    it(`says why ${JSON.stringify(bad)} is no container`, () => {
      const { object, reason } = readContainer(bad);
      assert.equal(object, undefined);
      assert.match(reason ?? '', /Id/);
    });
  }
});

describe('other records', () => {
  it('reads an image from a list and from an inspection alike', () => {
    const listed = {
      Id: `sha256:${id}`,
      RepoTags: ['b:2', 'a:1'],
      RepoDigests: ['<none>@<none>'],
      Created: 1_700_000_000,
      Size: 42,
      Labels: { x: 'y' },
    };
    const inspected = {
      Id: `sha256:${id}`,
      RepoTags: ['a:1', 'b:2'],
      RepoDigests: [],
      Created: '2023-11-14T22:13:20.987654321Z',
      Size: 42,
      Config: { Labels: { x: 'y' } },
    };
    assert.deepEqual(readImage(listed).object, readImage(inspected).object);
    assert.deepEqual(readImage(listed).object?.tags, ['a:1', 'b:2']);
  });

  it("reads dangling images and Podman's bare ids", () => {
    const { object } = readImage({ Id: id, RepoTags: ['<none>:<none>'], RepoDigests: null, Labels: null });
    assert.equal(object?.id, `sha256:${id}`);
    assert.deepEqual(object?.tags, []);
  });

  it('reads volumes and networks', () => {
    const volume = {
      Name: 'v',
      Driver: 'local',
      Mountpoint: '/m',
      CreatedAt: '2023-11-14T22:13:20Z',
      Scope: 'local',
      Labels: null,
    };
    assert.equal(readVolume(volume).object?.created, 1_700_000_000_000);
    assert.equal(readVolume({}).object, undefined);
    const network = {
      Id: id,
      Name: 'n',
      Driver: 'bridge',
      Scope: 'local',
      IPAM: { Config: [{ Subnet: '10.0.0.0/8' }, {}] },
    };
    assert.deepEqual(readNetwork(network).object?.subnets, ['10.0.0.0/8']);
    assert.deepEqual(readNetwork({ ...network, IPAM: { Config: null } }).object?.subnets, []);
  });
});
