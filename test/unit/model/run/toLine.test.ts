import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseRunLine } from '../../../../src/model/run/line.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';
import { optionsToLine, toRunLine } from '../../../../src/model/run/toLine.ts';

const id = '0123456789ab'.padEnd(64, '0');

describe('optionsToLine', () => {
  const full: RunOptions = {
    image: 'registry.example.com:5000/team/app:1.0',
    name: 'web',
    command: ['sh', '-c', 'echo "$HOME"; exit'],
    entrypoint: ['/init'],
    interactive: true,
    detach: true,
    remove: true,
    init: false,
    env: ['A=1', 'B=two words', 'C'],
    envFiles: ['web.env'],
    labels: { 'com.example.a': 'b', bare: '' },
    ports: ['8080:80', '[::1]:53:53/udp'],
    publishAll: true,
    volumes: ['/a b:/c:ro', '/data'],
    network: 'web',
    otherNetworks: ['name=db,alias=x'],
    memorySwap: '-1',
    pidsLimit: -1,
    sysctls: { 'net.core.somaxconn': '' },
    gpus: ['"device=0,1"'],
    pull: 'always',
  };

  it('writes no control character that a terminal would act on, and is read back', () => {
    const command = ['echo', "\u001b]0;it's\u0007\u009b31m\\n\u202e", 'two words'];
    const line = optionsToLine({ image: 'busybox', command });
    assert.equal(line, String.raw`docker run busybox echo $'\u001b]0;it\'s\u0007\u009b31m\\n\u202e' 'two words'`);
    assert.deepEqual(parseRunLine(line, { env: {} }).options.command, command);
  });

  it('writes nothing that is not seen, and is read back', () => {
    const command = ['rm', '/srv/a\u200b', '\ufeffx', 'a\u2060b\u00ad', '\u{e0041}\u{e0100}', 'a\u3164'];
    const line = optionsToLine({ image: 'busybox', command });
    assert.equal(
      line,
      String.raw`docker run busybox rm $'/srv/a\u200b' $'\ufeffx' $'a\u2060b\u00ad' $'\U000e0041\U000e0100' $'a\u3164'`,
    );
    assert.deepEqual(parseRunLine(line, { env: {} }).options.command, command);
    assert.equal(
      optionsToLine({ image: 'busybox', command: ['👩‍👧 می‌خواهم ❤️'] }),
      "docker run busybox '👩‍👧 می‌خواهم ❤️'",
    );
  });

  it('writes what a reader looks for first, first', () => {
    assert.equal(
      optionsToLine(full),
      "docker run -dit --rm --name web --pull always --network web --network name=db,alias=x -p 8080:80 -p '[::1]:53:53/udp' -P" +
        " --env-file web.env -e A=1 -e 'B=two words' -e C -l com.example.a=b -l bare -v '/a b:/c:ro' -v /data --entrypoint /init" +
        ' --init=false --sysctl net.core.somaxconn= --gpus \'"device=0,1"\' --memory-swap=-1 --pids-limit=-1' +
        ' registry.example.com:5000/team/app:1.0 sh -c \'echo "$HOME"; exit\'',
    );
  });

  it('is read back as it was, on one line or many', () => {
    for (const multiline of [false, true]) {
      const line = optionsToLine(full, { multiline });
      assert.equal(line.includes('\n'), multiline);
      assert.deepEqual(parseRunLine(line, { env: {} }).options, full);
    }
  });

  it('leaves out what docker create does not know', () => {
    assert.equal(
      optionsToLine({ image: 'busybox', detach: true, tty: true }, { command: 'create' }),
      'docker create -t busybox',
    );
  });

  it('keeps every value of a list and every odd character', () => {
    const odd = [
      '',
      ' ',
      "it's",
      '"',
      '\\',
      '$A',
      '`x`',
      'a\nb',
      '*',
      '~',
      '#',
      '-x',
      'é 日本 🐳',
      '!',
      '%cd%',
      '^',
      '{a,b}',
      ';',
      '\t',
    ];
    const options: RunOptions = { image: 'busybox', command: odd, env: odd.map((text, index) => `V${index}=${text}`) };
    assert.deepEqual(parseRunLine(optionsToLine(options), { env: {} }), { command: 'run', options, warnings: [] });
  });
});

describe('toRunLine', () => {
  const image = {
    Config: {
      Env: ['PATH=/bin', 'MODE=image'],
      Cmd: ['serve'],
      Entrypoint: ['/entry'],
      Labels: { from: 'image', changed: 'no' },
      ExposedPorts: { '80/tcp': {} },
      Volumes: { '/data': {} },
      WorkingDir: '/srv',
      User: 'app',
      StopSignal: 'SIGQUIT',
      Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9 },
    },
  };
  const config = { ...image.Config, Image: 'app:1', Hostname: id.slice(0, 12), AttachStdout: true, AttachStderr: true };
  const host = {
    NetworkMode: 'default',
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    LogConfig: { Type: 'json-file', Config: {} },
    IpcMode: 'private',
    CgroupnsMode: 'private',
    ShmSize: 67_108_864,
    Runtime: 'runc',
    MemorySwappiness: -1,
  };
  const line = (changes: object, hostChanges: object = {}, more: object = {}) =>
    toRunLine(
      { Id: id, Config: { ...config, ...changes }, HostConfig: { ...host, ...hostChanges }, ...more },
      image,
    ).replace('docker run ', '');

  it('says nothing of what the image says', () => {
    assert.equal(line({}), 'app:1');
  });

  const cases: [string, object, object, string][] = [
    ['another command', { Cmd: ['other', '-x'] }, {}, 'app:1 other -x'],
    ['another entrypoint', { Entrypoint: ['/bin/sh', '-c'], Cmd: ['x y'] }, {}, "--entrypoint /bin/sh app:1 -c 'x y'"],
    ['no entrypoint', { Entrypoint: null, Cmd: ['ls'] }, {}, "--entrypoint '' app:1 ls"],
    ["the image's entrypoint without its command", { Cmd: null }, {}, '--entrypoint /entry app:1'],
    ['another variable', { Env: ['MODE=own', 'PATH=/bin', 'A=b c'] }, {}, "-e MODE=own -e 'A=b c' app:1"],
    ['another label', { Labels: { from: 'image', changed: 'yes', own: '' } }, {}, '-l changed=yes -l own app:1'],
    [
      'another port',
      { ExposedPorts: { '80/tcp': {}, '81/udp': {}, '443/tcp': {} } },
      {},
      '--expose 81/udp --expose 443 app:1',
    ],
    ['another user and folder', { User: '0', WorkingDir: '/' }, {}, '-u 0 -w / app:1'],
    ['another signal', { StopSignal: 'SIGTERM', StopTimeout: 0 }, {}, '--stop-signal SIGTERM --stop-timeout 0 app:1'],
    ['another volume', { Volumes: { '/data': {}, '/own': {} } }, {}, '-v /own app:1'],
    ['no health check', { Healthcheck: { Test: ['NONE'] } }, {}, '--no-healthcheck app:1'],
    [
      'another health check',
      { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 90e9, Retries: 2 } },
      {},
      '--health-interval 1m30s --health-retries 2 app:1',
    ],
    ['a hostname', { Hostname: 'box' }, {}, '-h box app:1'],
    ['the hostname of the host', { Hostname: 'machine' }, { NetworkMode: 'host' }, '--network host app:1'],
    ['the background', { AttachStdout: false, AttachStderr: false }, {}, '-d app:1'],
    ['a terminal', { Tty: true, OpenStdin: true, AttachStdin: true }, {}, '-it app:1'],
    ['one stream', { AttachStderr: false }, {}, '-a stdout app:1'],
    [
      'published ports',
      {},
      {
        PortBindings: {
          '443/tcp': [{ HostIp: '::1', HostPort: '8443' }],
          '53/udp': [{ HostIp: '', HostPort: '' }],
          '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '' }],
        },
      },
      "-p 53/udp -p 0.0.0.0::80 -p '[::1]:8443:443' app:1",
    ],
    [
      'limits',
      {},
      { Memory: 536_870_912, MemorySwap: 1_073_741_824, NanoCpus: 1.5e9, PidsLimit: 0 },
      '--cpus 1.5 -m 512m app:1',
    ],
    [
      'what privileges bring along',
      {},
      { Privileged: true, SecurityOpt: ['label=disable'], CgroupnsMode: 'host' },
      '--privileged app:1',
    ],
    ['open paths', {}, { MaskedPaths: [], ReadonlyPaths: [] }, '--security-opt systempaths=unconfined app:1'],
    [
      'GPUs',
      {},
      {
        DeviceRequests: [
          { Count: -1, Capabilities: [['gpu']] },
          { DeviceIDs: ['0', '1'], Capabilities: [['gpu']] },
        ],
      },
      '--gpus all --gpus \'"device=0,1"\' app:1',
    ],
    ['a link', {}, { Links: ['/db:/web/database', '/mq:/web/mq'] }, '--link db:database --link mq app:1'],
  ];
  for (const [what, changes, hostChanges, expected] of cases) {
    it(`says ${what}`, () => {
      assert.equal(line(changes, hostChanges), expected);
    });
  }

  it('says the networks, without the alias that an engine adds by itself', () => {
    const Networks = {
      front: { NetworkID: 'f', Aliases: ['www', id.slice(0, 12)], IPAMConfig: { IPv4Address: '10.0.0.5' } },
      back: { NetworkID: 'b', Aliases: ['api'], IPAMConfig: null },
    };
    assert.equal(
      line({}, { NetworkMode: 'front' }, { NetworkSettings: { Networks } }),
      '--network front --network name=back,alias=api --network-alias www --ip 10.0.0.5 app:1',
    );
  });

  it('says the name', () => {
    assert.equal(line({}, {}, { Name: '/web' }), '--name web app:1');
  });

  it("knows the engine's own defaults", () => {
    const info = { LoggingDriver: 'journald', DefaultRuntime: 'crun', CgroupVersion: '1', Name: 'machine' };
    const container = {
      Id: id,
      Config: { ...config, Hostname: 'machine' },
      HostConfig: {
        ...host,
        NetworkMode: 'host',
        LogConfig: { Type: 'journald' },
        Runtime: 'crun',
        CgroupnsMode: 'host',
      },
    };
    assert.equal(toRunLine(container, image, { info }), 'docker run --network host app:1');
    assert.equal(
      toRunLine({ ...container, Config: { ...config, Hostname: 'own' } }, image, { info }),
      'docker run -h own --network host app:1',
    );
  });

  it("leaves out Podman's own defaults", () => {
    const container = {
      Id: id,
      Config: {
        Image: 'localhost/app:1',
        Hostname: 'box',
        Env: ['TERM=xterm', 'container=podman', 'HOSTNAME=box', 'A=b'],
        StopSignal: '15',
        StopTimeout: 0,
        WorkingDir: '/',
        AttachStdout: true,
        AttachStderr: true,
      },
      HostConfig: {
        NetworkMode: 'bridge',
        Binds: ['/a:/b:rw,rprivate,rbind', '/c:/d:ro,rprivate,rbind'],
        Tmpfs: { '/run': 'rw,rprivate,nosuid,nodev,tmpcopyup,size=1m' },
        CapDrop: ['AUDIT_WRITE', 'MKNOD', 'NET_RAW', 'CHOWN'],
        IpcMode: 'shareable',
        PidMode: 'private',
        UTSMode: 'private',
        CgroupnsMode: 'private',
        MemorySwappiness: 0,
        ShmSize: 65_536_000,
        NanoCpus: 5e8,
        CpuPeriod: 100_000,
        CpuQuota: 50_000,
        Ulimits: [
          { Name: 'RLIMIT_NOFILE', Soft: 10, Hard: 10 },
          { Name: 'RLIMIT_NPROC', Soft: 32_768, Hard: 32_768 },
        ],
        Runtime: 'oci',
      },
      NetworkSettings: { Networks: { podman: { NetworkID: 'podman' } } },
    };
    assert.equal(
      toRunLine(container, {}),
      'docker run -h box -e A=b -v /a:/b -v /c:/d:ro --tmpfs /run:size=1m --cap-drop CHOWN --cpus 0.5 --ulimit nofile=10 localhost/app:1',
    );
  });

  it('makes something of any answer', () => {
    for (const answer of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { Config: [], HostConfig: 'x', NetworkSettings: { Networks: [] } },
    ]) {
      assert.match(toRunLine(answer, answer), /^docker run /);
    }
  });
});
