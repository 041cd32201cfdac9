// Run options as the body of a request, and sentences for those that make no sense.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createBody, parsePort, parseVolume } from '../../../src/model/createBody.ts';
import { UserError } from '../../../src/model/errors.ts';

function refusal(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('createBody', () => {
  it('says no more than was asked for', () => {
    assert.deepEqual(createBody({ image: 'busybox' }), {
      body: {
        Image: 'busybox',
        Tty: false,
        OpenStdin: false,
        StdinOnce: false,
        AttachStdin: false,
        AttachStdout: true,
        AttachStderr: true,
        HostConfig: {},
      },
    });
  });

  it('translates every option', () => {
    const { body, name, platform } = createBody({
      image: 'busybox:1',
      name: 'web',
      command: ['httpd', '-f'],
      entrypoint: ['/bin/sh', '-c'],
      env: ['A=1=2', 'EMPTY=', 'FROM_IMAGE'],
      ports: ['8080:80', '127.0.0.1::53/udp'],
      publishAll: true,
      volumes: ['/host:/data:ro', 'cache:/cache', '/anonymous'],
      interactive: true,
      remove: true,
      labels: { a: 'b' },
      user: '1000',
      workdir: '/w',
      network: 'front',
      hostname: 'h',
      restart: 'on-failure:3',
      platform: 'linux/arm64',
    });
    assert.equal(name, 'web');
    assert.equal(platform, 'linux/arm64');
    assert.deepEqual(body, {
      Image: 'busybox:1',
      Cmd: ['httpd', '-f'],
      Entrypoint: ['/bin/sh', '-c'],
      Env: ['A=1=2', 'EMPTY=', 'FROM_IMAGE'],
      Labels: { a: 'b' },
      User: '1000',
      WorkingDir: '/w',
      Hostname: 'h',
      ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      Volumes: { '/anonymous': {} },
      Tty: true,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      HostConfig: {
        Binds: ['/host:/data:ro', 'cache:/cache'],
        PortBindings: {
          '80/tcp': [{ HostIp: '', HostPort: '8080' }],
          '53/udp': [{ HostIp: '127.0.0.1', HostPort: '' }],
        },
        PublishAllPorts: true,
        AutoRemove: true,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        NetworkMode: 'front',
      },
    });
  });

  for (const [code, options] of [
    ['bad-image', { image: ' ' }],
    ['bad-name', { image: 'b', name: 'my container' }],
    ['bad-name', { image: 'b', name: '-x' }],
    ['bad-env', { image: 'b', env: ['=1'] }],
    ['bad-env', { image: 'b', env: ['A B'].map((name) => ` ${name}`) }],
    ['bad-restart', { image: 'b', restart: 'sometimes' }],
    ['bad-restart', { image: 'b', restart: 'always:3' }],
    ['bad-port', { image: 'b', ports: ['80:http'] }],
    ['bad-volume', { image: 'b', volumes: ['data:relative'] }],
  ] as const) {
    it(`refuses ${JSON.stringify(options)} with ${code}`, () => {
      assert.equal(refusal(() => createBody({ ...options } as Parameters<typeof createBody>[0])).code, code);
    });
  }
});

describe('parsePort', () => {
  for (const [text, ...expected] of [
    ['80', ['80/tcp', '', '']],
    ['8080:80', ['80/tcp', '', '8080']],
    [':80', ['80/tcp', '', '']],
    ['127.0.0.1:8080:80/UDP', ['80/udp', '127.0.0.1', '8080']],
    ['127.0.0.1::80', ['80/tcp', '127.0.0.1', '']],
    ['[::1]:8080:80', ['80/tcp', '::1', '8080']],
    ['8000-8001:9000-9001', ['9000/tcp', '', '8000'], ['9001/tcp', '', '8001']],
    ['9000-9001', ['9000/tcp', '', ''], ['9001/tcp', '', '']],
    ['8000-8010:80', ['80/tcp', '', '8000-8010']],
  ] as const) {
    it(`reads ${text}`, () => {
      const read = parsePort(text).map(({ container, address, host }) => [container, address, host]);
      assert.deepEqual(read, expected);
    });
  }

  for (const text of [
    '',
    '0',
    '70000',
    '80:',
    'a:80',
    '80/http',
    '9-8',
    '1:2:3',
    '1.2.3.400:1:2',
    '8000-8002:80-81',
    '::1:80:80',
    '80 90',
    '-',
  ]) {
    it(`names "${text}" when it refuses it`, () => {
      const { code, message } = refusal(() => parsePort(text));
      assert.equal(code, 'bad-port');
      assert.ok(message.includes(`"${text}"`));
    });
  }
});

describe('parseVolume', () => {
  for (const [text, expected] of [
    ['/data', { target: '/data' }],
    ['/host:/path', { source: '/host', target: '/path' }],
    ['/host:/path:ro,z', { source: '/host', target: '/path', mode: 'ro,z' }],
    ['my-vol.1:/path', { source: 'my-vol.1', target: '/path' }],
    ['C:\\data:/data', { source: 'C:\\data', target: '/data' }],
    ['c:/data:d:/data:ro', { source: 'c:/data', target: 'd:/data', mode: 'ro' }],
    ['D:\\cache', { target: 'D:\\cache' }],
    ['/with space:/p', { source: '/with space', target: '/p' }],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseVolume(text), expected));
  }

  for (const text of [
    '',
    'data',
    ':/data',
    '/a:',
    '/a:/b:rw:ro',
    '/a:/b:never',
    './x:/data',
    '~/x:/data',
    'a b:/data',
    'data:rel',
  ]) {
    it(`names "${text}" when it refuses it`, () => {
      const { code, message } = refusal(() => parseVolume(text));
      assert.equal(code, 'bad-volume');
      assert.ok(message.includes(`"${text}"`));
    });
  }
});
