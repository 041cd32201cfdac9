// Records of engines, as they come and as they should not come, and what events say about them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { touches } from '../../../../src/engine/inventory/events.ts';
import {
  containerDetails,
  imageDetails,
  readContainer,
  readImage,
  readNetwork,
  readVolume,
} from '../../../../src/engine/inventory/records.ts';

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

  it('reads inspections', () => {
    const details = containerDetails({
      Id: id,
      Name: '/web',
      State: { Running: true, ExitCode: 3 },
      Config: { Tty: true, Image: 'b' },
    });
    assert.deepEqual([details.name, details.running, details.terminal, details.exitCode], ['web', true, true, 3]);
    const image = imageDetails({
      Id: id,
      Os: 'linux',
      Architecture: 'arm64',
      Variant: 'v8',
      Config: { Cmd: ['sh'], Entrypoint: null, ExposedPorts: { '80/tcp': {} }, Env: ['A=1'], User: '', Volumes: null },
    });
    assert.equal(image.platform, 'linux/arm64/v8');
    assert.deepEqual(image.command, ['sh']);
    assert.equal(image.entrypoint, undefined);
    assert.deepEqual(image.exposedPorts, ['80/tcp']);
    assert.deepEqual(image.volumes, []);
    assert.deepEqual(imageDetails(null).env, []);
  });
});

describe('touches', () => {
  const event = (Type: string, Action: string, ID = id, Attributes = {}) => ({
    Type,
    Action,
    Actor: { ID, Attributes },
  });
  const container = { kind: 'containers', key: id, look: 'prompt' };

  it('asks for nothing when nothing that is kept changes', () => {
    for (const action of ['exec_create: sh -c id', 'exec_start: sh', 'exec_die', 'attach', 'resize', 'top', 'kill']) {
      assert.deepEqual(touches(event('container', action)), [], action);
    }
    assert.deepEqual(touches(event('volume', 'mount')), []);
    assert.deepEqual(touches(event('daemon', 'reload')), []);
  });

  it('looks at a container again for every change of it', () => {
    for (const action of ['start', 'die', 'rename', 'health_status: healthy', 'update', 'something new']) {
      assert.deepEqual(touches(event('container', action)), [container], action);
    }
  });

  it('gives the engine a moment where its lists lag behind its events', () => {
    const late = { ...container, look: 'late' };
    assert.deepEqual(touches(event('network', 'connect', 'net', { container: id })), [late]);
    assert.deepEqual(touches(event('container', 'pause')), [late]);
  });

  it('knows what is gone', () => {
    assert.deepEqual(touches(event('container', 'destroy')), [{ ...container, look: 'gone' }]);
    assert.deepEqual(touches(event('image', 'delete', `sha256:${id}`)), [
      { kind: 'images', key: `sha256:${id}`, look: 'gone' },
    ]);
    assert.deepEqual(touches(event('volume', 'destroy', 'v')), [{ kind: 'volumes', key: 'v', look: 'gone' }]);
    assert.deepEqual(touches(event('network', 'destroy', 'n')), [{ kind: 'networks', key: 'n', look: 'gone' }]);
  });

  it('finds the image that a commit made, and takes references of pulls', () => {
    const made = { kind: 'images', key: `sha256:${id}`, look: 'prompt' };
    assert.deepEqual(touches(event('container', 'commit', id, { imageID: `sha256:${id}` })), [made]);
    assert.deepEqual(touches(event('image', 'pull', 'busybox:latest')), [
      { kind: 'images', key: 'busybox:latest', look: 'prompt' },
    ]);
    assert.deepEqual(touches(event('image', 'tag', id)), [made]);
  });

  it('survives lines that are no events', () => {
    for (const line of [null, 1, 'x', [], {}, { Type: 'container' }, { Type: 'container', Action: 7, Actor: null }]) {
      assert.deepEqual(touches(line), []);
    }
  });
});
