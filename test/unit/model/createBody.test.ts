// Run options as the body of a request, and sentences for those that make no sense.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createBody, parsePort, parseVolume } from '../../../src/model/createBody.ts';
import { UserError } from '../../../src/model/errors.ts';
import type { RunOptions } from '../../../src/model/runOptions.ts';

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
  /** The body as far as it says something: without empty values and zeros. */
  function said(options: RunOptions): Record<string, unknown> {
    const { body } = createBody(options);
    return JSON.parse(JSON.stringify(body), (_, value: unknown) => (isEmpty(value) ? undefined : value)) as Record<
      string,
      unknown
    >;
  }

  function isEmpty(value: unknown): boolean {
    return (
      value === '' ||
      value === 0 ||
      value === false ||
      value === null ||
      (Array.isArray(value) && value.length === 0) ||
      (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isEmpty))
    );
  }

  it('keeps a container that nobody asked more of plain', () => {
    const { Image, AttachStdout, AttachStderr, Tty, Cmd, Env, ExposedPorts } = said({ image: 'busybox' });
    assert.deepEqual(
      { Image, AttachStdout, AttachStderr },
      { Image: 'busybox', AttachStdout: true, AttachStderr: true },
    );
    assert.deepEqual([Tty, Cmd, Env, ExposedPorts], [undefined, undefined, undefined, undefined]);
  });

  it('translates the options', () => {
    const options: RunOptions = {
      image: 'busybox:1',
      name: 'web',
      command: ['httpd', '-f'],
      entrypoint: ['/bin/sh', '-c'],
      env: ['A=1=2', 'EMPTY=', 'FROM_IMAGE'],
      ports: ['8080:80', '127.0.0.1::53/udp'],
      publishAll: true,
      volumes: ['/host:/data:ro', 'cache:/cache', '/anonymous'],
      interactive: true,
      labels: { a: 'b' },
      user: '1000',
      workdir: '/w',
      network: 'front',
      hostname: 'h',
      restart: 'on-failure:3',
      platform: 'linux/arm64',
    };
    const { name, platform, body } = createBody(options);
    assert.equal(name, 'web');
    assert.equal(platform, 'linux/arm64');
    const { HostConfig, ...config } = body as Record<string, unknown>;
    assert.deepEqual(config.ExposedPorts, { '80/tcp': {}, '53/udp': {} });
    assert.deepEqual(config.Volumes, { '/anonymous': {} });
    const { Image, Cmd, Entrypoint, Env, Labels, User, WorkingDir, Hostname, Tty, OpenStdin, StdinOnce, AttachStdin } =
      config;
    assert.deepEqual([Tty, OpenStdin, StdinOnce, AttachStdin], [true, true, true, true]);
    assert.deepEqual(
      { Image, Cmd, Entrypoint, Env, Labels, User, WorkingDir, Hostname },
      {
        Image: 'busybox:1',
        Cmd: ['httpd', '-f'],
        Entrypoint: ['/bin/sh', '-c'],
        Env: ['A=1=2', 'EMPTY=', 'FROM_IMAGE'],
        Labels: { a: 'b' },
        User: '1000',
        WorkingDir: '/w',
        Hostname: 'h',
      },
    );
    const { Binds, PortBindings, PublishAllPorts, RestartPolicy, NetworkMode } = HostConfig as Record<string, unknown>;
    assert.deepEqual(
      { Binds, PortBindings, PublishAllPorts, RestartPolicy, NetworkMode },
      {
        Binds: ['/host:/data:ro', 'cache:/cache'],
        PortBindings: {
          '80/tcp': [{ HostIp: '', HostPort: '8080' }],
          '53/udp': [{ HostIp: '127.0.0.1', HostPort: '' }],
        },
        PublishAllPorts: true,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        NetworkMode: 'front',
      },
    );
  });

  it('removes a container at its end where that was asked for', () => {
    assert.equal((said({ image: 'b', remove: true }).HostConfig as { AutoRemove?: boolean }).AutoRemove, true);
  });

  for (const [code, options] of [
    ['bad-image', { image: ' ' }],
    ['bad-name', { image: 'b', name: 'my container' }],
    ['bad-name', { image: 'b', name: '-x' }],
    ['bad-env', { image: 'b', env: ['=1'] }],
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
