// Which engine is chosen, on every platform, from an environment that is given.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { parseEndpoint, socketPath } from '../../../../src/engine/connection/address.ts';
import {
  addedEndpoint,
  chooseEndpoint,
  chosenEndpoint,
  type Environment,
  findEndpoints,
  machine,
  watchEndpointFiles,
  wellKnownEndpoints,
} from '../../../../src/engine/connection/discover.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';

interface Given {
  env?: Record<string, string>;
  platform?: NodeJS.Platform;
  files?: Record<string, string>;
  sockets?: string[];
}

function environment({ env = {}, platform = 'linux', files = {}, sockets = [] }: Given): Environment {
  return {
    env,
    home: '/home/ada',
    platform,
    readFile: (file) => files[file],
    exists: (file) => sockets.includes(file),
    list: (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.startsWith(`${folder}/`))
          .map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
  };
}

function hash(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

function contextFiles(name: string, meta: object, folder = '/home/ada/.docker'): Record<string, string> {
  return {
    [`${folder}/config.json`]: JSON.stringify({ currentContext: name }),
    [`${folder}/contexts/meta/${hash(name)}/meta.json`]: JSON.stringify({ Name: name, ...meta }),
  };
}

function problemOf(choose: () => unknown): { problem: string | undefined; message: string } {
  try {
    choose();
  } catch (error) {
    assert.ok(error instanceof EngineError);
    return { problem: error.problem, message: error.message };
  }
  throw new Error('Nothing was thrown.');
}

describe('chooseEndpoint', () => {
  it('takes the setting before everything else', () => {
    const given = environment({ env: { DOCKER_HOST: 'tcp://other:2375' }, sockets: ['/var/run/docker.sock'] });
    assert.deepEqual(chooseEndpoint(' unix:///run/mine.sock ', given), {
      url: 'unix:///run/mine.sock',
      source: 'setting',
    });
  });

  it('takes DOCKER_HOST before the context', () => {
    const files = contextFiles('work', { Endpoints: { docker: { Host: 'unix:///run/work.sock' } } });
    const given = environment({ env: { DOCKER_HOST: 'tcp://build:2375' }, files });
    assert.deepEqual(chooseEndpoint(undefined, given), { url: 'tcp://build:2375', source: 'DOCKER_HOST' });
  });

  it('reads the certificates that DOCKER_CERT_PATH names', () => {
    const files = { '/certs/ca.pem': 'CA', '/certs/cert.pem': 'CERT', '/certs/key.pem': 'KEY' };
    const env = { DOCKER_HOST: 'tcp://build:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    const endpoint = chooseEndpoint(undefined, environment({ env, files }));
    assert.deepEqual(endpoint.tls, { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true });
    const { DOCKER_TLS_VERIFY: _, ...unverified } = env;
    assert.equal(chooseEndpoint(undefined, environment({ env: unverified, files })).tls?.verify, false);
  });

  it('uses TLS for port 2376 and looks for certificates in the docker folder', () => {
    const files = { '/home/ada/.docker/ca.pem': 'CA' };
    assert.deepEqual(chooseEndpoint('tcp://build:2376', environment({ files })).tls, { ca: 'CA', verify: true });
  });

  it('follows the current context of config.json, with its certificates', () => {
    const files = {
      ...contextFiles('work', { Endpoints: { docker: { Host: 'tcp://work:2376', SkipTLSVerify: false } } }),
      [`/home/ada/.docker/contexts/tls/${hash('work')}/docker/ca.pem`]: 'CA',
      [`/home/ada/.docker/contexts/tls/${hash('work')}/docker/cert.pem`]: 'CERT',
      [`/home/ada/.docker/contexts/tls/${hash('work')}/docker/key.pem`]: 'KEY',
    };
    assert.deepEqual(chooseEndpoint(undefined, environment({ files })), {
      url: 'tcp://work:2376',
      source: 'context',
      context: 'work',
      tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true },
    });
  });

  it('honours SkipTLSVerify, DOCKER_CONTEXT and DOCKER_CONFIG', () => {
    const files = contextFiles(
      'lab',
      { Endpoints: { docker: { Host: 'tcp://lab:2376', SkipTLSVerify: true } } },
      '/cfg',
    );
    const env = { DOCKER_CONFIG: '/cfg', DOCKER_CONTEXT: 'lab' };
    const endpoint = chooseEndpoint(undefined, environment({ env, files }));
    assert.equal(endpoint.context, 'lab');
    assert.equal(endpoint.tls?.verify, false);
  });

  it('passes over the context "default" and an empty config.json', () => {
    for (const text of ['{"currentContext":"default"}', '{}', '']) {
      const given = environment({
        files: { '/home/ada/.docker/config.json': text },
        sockets: ['/var/run/docker.sock'],
      });
      assert.equal(chooseEndpoint(undefined, given).url, 'unix:///var/run/docker.sock');
    }
  });

  for (const [name, platform, env, socket, url] of [
    ['Linux', 'linux', {}, '/var/run/docker.sock', 'unix:///var/run/docker.sock'],
    [
      'rootless',
      'linux',
      { XDG_RUNTIME_DIR: '/run/user/7' },
      '/run/user/7/docker.sock',
      'unix:///run/user/7/docker.sock',
    ],
    ['Docker Desktop', 'darwin', {}, '/home/ada/.docker/run/docker.sock', 'unix:///home/ada/.docker/run/docker.sock'],
    ['Colima', 'darwin', {}, '/home/ada/.colima/default/docker.sock', 'unix:///home/ada/.colima/default/docker.sock'],
    [
      'Podman',
      'linux',
      { XDG_RUNTIME_DIR: '/run/user/7' },
      '/run/user/7/podman/podman.sock',
      'unix:///run/user/7/podman/podman.sock',
    ],
    ['Podman as root', 'linux', {}, '/run/podman/podman.sock', 'unix:///run/podman/podman.sock'],
    ['Windows', 'win32', {}, '//./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
  ] as const) {
    it(`finds the well-known socket of ${name}`, () => {
      const endpoint = chooseEndpoint(undefined, environment({ platform, env, sockets: [socket] }));
      assert.deepEqual(endpoint, { url, source: 'well-known' });
    });
  }

  it('asks for well-known sockets in their order', () => {
    const sockets = wellKnownEndpoints(environment({})).map((url) => socketPath(url) ?? '');
    assert.equal(chooseEndpoint('', environment({ sockets })).url, 'unix:///var/run/docker.sock');
  });

  it('says when nothing is there', () => {
    assert.equal(problemOf(() => chooseEndpoint(undefined, environment({}))).problem, 'no-endpoint');
  });

  it('never passes over a name that is wrong', () => {
    const sockets = ['/var/run/docker.sock'];
    const cases: [() => unknown, RegExp][] = [
      [() => chooseEndpoint('/var/run/docker.sock', environment({ sockets })), /"\/var\/run\/docker.sock".*unix:\/\//],
      [() => chooseEndpoint('unix://', environment({ sockets })), /"unix:\/\/"/],
      [() => chooseEndpoint('tcp://', environment({ sockets })), /"tcp:\/\/"/],
      [() => chooseEndpoint('tcp://host:99999', environment({ sockets })), /99999/],
      [() => chooseEndpoint('ftp://host', environment({ sockets })), /ftp/],
      [() => chooseEndpoint(undefined, environment({ env: { DOCKER_HOST: 'nonsense' }, sockets })), /nonsense/],
      [() => chooseEndpoint(undefined, environment({ env: { DOCKER_CONTEXT: 'gone' }, sockets })), /"gone"/],
      [
        () => chooseEndpoint(undefined, environment({ files: { '/home/ada/.docker/config.json': '{,' }, sockets })),
        /config\.json/,
      ],
      [() => chooseEndpoint(undefined, environment({ files: contextFiles('odd', {}), sockets })), /"odd"/],
    ];
    for (const [choose, words] of cases) {
      const { problem, message } = problemOf(choose);
      assert.equal(problem, 'bad-address', message);
      assert.match(message, words);
    }
  });
});

describe('findEndpoints', () => {
  const files = contextFiles('lab', { Endpoints: { docker: { Host: 'ssh://ada@lab' } } });
  const broken = contextFiles('broken', { Endpoints: {} });
  const given = environment({
    env: { DOCKER_HOST: 'tcp://build:2375' },
    files: { ...broken, ...files, '/home/ada/.docker/contexts/meta/odd/meta.json': 'no json' },
    sockets: ['/var/run/docker.sock', '/run/podman/podman.sock'],
  });

  it('names every way once, each with its id, and says which cannot be used', () => {
    const found = findEndpoints('unix:///var/run/docker.sock', ['tcp://other:2376'], given);
    assert.deepEqual(
      found.map(({ id, url, failure }) => [id, url, failure?.problem]),
      [
        ['setting', 'unix:///var/run/docker.sock', undefined],
        ['DOCKER_HOST', 'tcp://build:2375', undefined],
        ['context/broken', '', 'bad-address'],
        ['context/lab', 'ssh://ada@lab', undefined],
        ['unix:///run/podman/podman.sock', 'unix:///run/podman/podman.sock', undefined],
        ['tcp://other:2376', 'tcp://other:2376', undefined],
      ],
    );
  });

  it('gives the endpoint of an id', () => {
    for (const { id, endpoint, failure } of findEndpoints('unix:///x', ['tcp://other:2376'], given)) {
      if (!failure) {
        assert.deepEqual(chosenEndpoint(id, 'unix:///x', given), endpoint);
      }
    }
    assert.equal(chosenEndpoint('setting', undefined, given), undefined);
    assert.equal(chosenEndpoint('DOCKER_HOST', undefined, environment({})), undefined);
    assert.equal(problemOf(() => chosenEndpoint('context/gone', undefined, given)).problem, 'bad-address');
  });

  it('takes addresses as people type them', () => {
    assert.equal(addedEndpoint(' /run/my.sock ', given).url, 'unix:///run/my.sock');
    assert.equal(addedEndpoint('build:2375', given).url, 'tcp://build:2375');
    assert.equal(problemOf(() => addedEndpoint('build', given)).problem, 'bad-address');
  });
});

describe('parseEndpoint', () => {
  const parse = (url: string) => parseEndpoint({ url, source: 'setting' });

  it('reads every spelling of a Windows pipe', () => {
    for (const url of [
      'npipe:////./pipe/docker_engine',
      'npipe://./pipe/docker_engine',
      'npipe:\\\\.\\pipe\\docker_engine',
    ]) {
      assert.deepEqual(parse(url), { protocol: 'http', socketPath: '//./pipe/docker_engine' });
    }
  });

  it('fills in the usual ports', () => {
    assert.deepEqual(parse('tcp://build'), { protocol: 'http', host: 'http://build', port: 2375 });
    assert.deepEqual(parse('https://build'), { protocol: 'https', host: 'https://build', port: 443 });
    const tls = { verify: true, ca: 'CA' };
    const { protocol, port, ca } = parseEndpoint({ url: 'tcp://build', source: 'setting', tls });
    assert.deepEqual({ protocol, port, ca }, { protocol: 'https', port: 2376, ca: 'CA' });
  });

  it('refuses what ssh or a shell could take for something else, and keeps a password to itself', () => {
    for (const url of [
      'ssh://-oProxyCommand=x',
      'ssh://-l@lab',
      'ssh://lab/$(id)',
      'ssh://lab/a%20b',
      'ssh://lab/%zz',
    ]) {
      assert.equal(problemOf(() => parse(url)).problem, 'bad-address', url);
    }
    const { problem, message } = problemOf(() => parse('ssh://ada:secret@lab'));
    assert.equal(problem, 'bad-address');
    assert.ok(!message.includes('secret'), message);
  });

  it('reads IPv6 and ssh', () => {
    assert.deepEqual(parse('tcp://[::1]:2375'), { protocol: 'http', host: 'http://[::1]', port: 2375 });
    assert.deepEqual(parse('ssh://ada@build:2222'), { protocol: 'ssh', host: 'build', port: 2222, username: 'ada' });
    assert.deepEqual(parse('ssh://[::1]/run/user/1000/podman/podman.sock'), {
      protocol: 'ssh',
      host: '::1',
      socket: '/run/user/1000/podman/podman.sock',
    });
  });
});

describe('watchEndpointFiles', () => {
  it('tells when config.json is replaced, and not after it is disposed', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'docknotes-'));
    try {
      mkdirSync(path.join(home, '.docker'));
      let changed = () => {};
      const told = new Promise<void>((resolve) => {
        changed = resolve;
      });
      const watching = watchEndpointFiles(() => changed(), { ...machine, env: {}, home });
      writeFileSync(path.join(home, '.docker', 'config.json'), '{"currentContext":"work"}');
      await told;
      changed = () => assert.fail('told after dispose');
      watching.dispose();
      writeFileSync(path.join(home, '.docker', 'config.json'), '{}');
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('is no trouble where there is no docker folder', () => {
    watchEndpointFiles(() => {}, { ...machine, env: {}, home: '/nowhere' }).dispose();
  });
});
