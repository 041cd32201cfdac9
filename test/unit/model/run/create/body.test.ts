import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UserError } from '../../../../../src/model/errors.ts';
import { createBody } from '../../../../../src/model/run/create/body.ts';
import type { RunOptions } from '../../../../../src/model/run/options.ts';

type Body = Record<string, unknown> & {
  HostConfig: Record<string, unknown>;
  NetworkingConfig: Record<string, unknown>;
};

const bodyOf = (options: Partial<RunOptions>, apiVersion?: string) =>
  createBody({ image: 'busybox', ...options }, apiVersion === undefined ? {} : { apiVersion }).body as Body;

function isError(code: string, part: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, code);
    assert.ok(error.message.includes(part), error.message);
    return true;
  };
}

describe('createBody', () => {
  it('puts name and platform into the address', () => {
    const { name, platform, body } = createBody({ image: ' busybox ', name: 'web', platform: 'linux/arm64' });
    assert.deepEqual({ name, platform }, { name: 'web', platform: 'linux/arm64' });
    assert.equal((body as Body).Image, 'busybox');
    assert.deepEqual(Object.keys(createBody({ image: 'busybox' })), ['body']);
  });

  it('takes -it from one switch or from two', () => {
    const streams = ({ Tty, OpenStdin, StdinOnce, AttachStdin, AttachStdout }: Body) => [
      Tty,
      OpenStdin,
      StdinOnce,
      AttachStdin,
      AttachStdout,
    ];
    assert.deepEqual(streams(bodyOf({ interactive: true })), [true, true, true, true, true]);
    assert.deepEqual(streams(bodyOf({ stdin: true, tty: true })), [true, true, true, true, true]);
    assert.deepEqual(streams(bodyOf({ interactive: true, tty: false })), [false, true, true, true, true]);
    assert.deepEqual(streams(bodyOf({ interactive: true, detach: true })), [true, true, false, false, false]);
    assert.deepEqual(streams(bodyOf({})), [false, false, false, false, true]);
  });

  it('gives the MAC address where the engine looks for it', () => {
    const macAddress = '92:d0:c6:0a:29:33';
    for (const version of [undefined, '1.41', '1.43']) {
      const body = bodyOf({ macAddress, network: 'web' }, version);
      assert.equal(body.MacAddress, macAddress);
      assert.deepEqual(body.NetworkingConfig, { EndpointsConfig: {} });
    }
    const body = bodyOf({ macAddress, network: 'web' }, '1.44');
    assert.equal(body.MacAddress, undefined);
    assert.deepEqual(body.NetworkingConfig, { EndpointsConfig: { web: { MacAddress: macAddress } } });
  });

  it('names what an older engine would leave out', () => {
    for (const options of [
      { annotations: { a: 'b' } },
      { healthCmd: 'true', healthStartInterval: '1s' },
      { mounts: ['type=image,src=busybox,dst=/x'] },
      { mounts: ['src=a,dst=/x,volume-subpath=b'] },
    ]) {
      assert.throws(() => bodyOf(options, '1.41'), isError('old-engine', '1.41'));
      bodyOf(options, '1.49');
      bodyOf(options);
    }
  });

  describe('names the wrong value', () => {
    const cases: [Partial<RunOptions>, string, string][] = [
      [{ image: ' ' }, 'bad-image', 'image'],
      [{ name: 'a b' }, 'bad-name', 'a b'],
      [{ env: ['=x'] }, 'bad-env', '=x'],
      [{ env: [''] }, 'bad-env', '""'],
      [{ envFiles: ['web.env'] }, 'unread-file', 'web.env'],
      [{ securityOptions: ['seccomp=p.json'] }, 'unread-file', 'p.json'],
      [{ securityOptions: ['nothing'] }, 'bad-security', 'nothing'],
      [{ labels: { 'a b': 'c' } }, 'bad-label', 'a b'],
      [{ labels: { '': 'c' } }, 'bad-label', '""'],
      [{ attach: ['stdfoo'] }, 'bad-attach', 'stdfoo'],
      [{ attach: ['stdin'], detach: true }, 'bad-attach', '--detach'],
      [{ restart: 'sometimes' }, 'bad-restart', 'sometimes'],
      [{ restart: 'always:3' }, 'bad-restart', 'always:3'],
      [{ restart: 'always', remove: true }, 'bad-restart', '--rm'],
      [{ logDriver: 'none', logOptions: { a: 'b' } }, 'bad-log', 'none'],
      [{ healthInterval: '10' }, 'bad-duration', '--health-interval'],
      [{ healthInterval: '-1s' }, 'bad-duration', '-1s'],
      [{ noHealthcheck: true, healthCmd: 'true' }, 'bad-health', '--no-healthcheck'],
      [{ memory: 'much' }, 'bad-size', '--memory'],
      [{ memory: '-1' }, 'bad-size', '-1'],
      [{ memorySwappiness: 101 }, 'bad-swappiness', '101'],
      [{ cpus: 'two' }, 'bad-cpus', 'two'],
      [{ cpus: '1e-10' }, 'bad-cpus', '1e-10'],
      [{ ulimits: ['nofile'] }, 'bad-ulimit', 'nofile'],
      [{ ulimits: ['nofile=2:1'] }, 'bad-ulimit', 'nofile=2:1'],
      [{ ulimits: ['bogus=1'] }, 'bad-ulimit', 'bogus=1'],
      [{ devices: ['null'] }, 'bad-device', 'null'],
      [{ devices: ['/dev/null:/dev/x:rr'] }, 'bad-device', ':rr'],
      [{ devices: ['/dev/a:/dev/b:r:w'] }, 'bad-device', '/dev/a'],
      [{ deviceCgroupRules: ['c 42 r'] }, 'bad-device-rule', 'c 42 r'],
      [{ gpus: ['some'] }, 'bad-gpus', 'some'],
      [{ gpus: [''] }, 'bad-gpus', 'all'],
      [{ gpus: ['colour=red'] }, 'bad-gpus', 'colour'],
      [{ blkioWeightDevices: ['/dev/sda:5'] }, 'bad-weight', ':5'],
      [{ deviceReadBps: ['sda:1'] }, 'bad-rate', 'sda:1'],
      [{ deviceWriteIops: ['/dev/sda:-1'] }, 'bad-rate', ':-1'],
      [{ expose: ['80:80'] }, 'bad-expose', '80:80'],
      [{ expose: ['90-80'] }, 'bad-expose', '90-80'],
      [{ tmpfs: ['run'] }, 'bad-tmpfs', 'run'],
      [{ dns: ['dns'] }, 'bad-address', 'dns'],
      [{ ip: '1.2.3' }, 'bad-address', '1.2.3'],
      [{ macAddress: 'aa:bb' }, 'bad-address', 'aa:bb'],
      [{ extraHosts: ['db'] }, 'bad-host', 'db'],
      [{ extraHosts: ['db:here'] }, 'bad-host', 'db:here'],
      [{ network: 'name=a,colour=red' }, 'bad-network', 'colour'],
      [{ network: 'alias=a' }, 'bad-network', 'alias=a'],
      [{ network: 'name=a,gw-priority=x' }, 'bad-network', 'gw-priority'],
      [{ network: 'name=a,alias=b', networkAliases: ['c'] }, 'bad-network', '--network-alias'],
      [{ network: 'bridge', networkAliases: ['c'] }, 'bad-network', 'bridge'],
      [{ network: 'a', otherNetworks: ['a'] }, 'bad-network', 'a, a'],
      [{ network: 'a', otherNetworks: ['host'] }, 'bad-network', 'host'],
      [{ mounts: ['type=bind,src=/a'] }, 'bad-mount', 'target'],
      [{ mounts: ['type=odd,dst=/a'] }, 'bad-mount', 'odd'],
      [{ mounts: ['dst=/a,colour=red'] }, 'bad-mount', 'colour'],
      [{ mounts: ['dst=/a,readonly=yes'] }, 'bad-mount', 'yes'],
      [{ mounts: ['dst=/a,bare'] }, 'bad-mount', 'bare'],
      [{ mounts: ['"dst=/a'] }, 'bad-mount', 'quote'],
      [{ mounts: ['type=bind,src=/a,dst=/b,tmpfs-size=1m'] }, 'bad-mount', 'tmpfs'],
      [{ mounts: ['type=tmpfs,dst=/b,tmpfs-mode=9'] }, 'bad-mount', '9'],
      [{ mounts: ['type=bind,src=/a,dst=/b,bind-recursive=odd'] }, 'bad-mount', 'bind-recursive'],
      [{ mounts: ['type=bind,src=/a,dst=/b,bind-recursive=readonly,readonly'] }, 'bad-mount', 'rprivate'],
    ];
    for (const [options, code, part] of cases) {
      it(JSON.stringify(options), () => {
        assert.throws(() => bodyOf(options), isError(code, part));
      });
    }
  });
});
