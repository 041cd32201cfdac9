import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { askCredentialHelper, type RunCredentialHelper } from '../../../../src/registry/auth/credentialHelper.ts';
import { createFileCredentials } from '../../../../src/registry/auth/credentials.ts';

const auth = (name: string, secret: string) => ({ auth: Buffer.from(`${name}:${secret}`).toString('base64') });
const docker = join('/home/lena', '.docker', 'config.json');
const podman = join('/run/user/1', 'containers', 'auth.json');

/** What is found for a host, with files by path, helpers by program name, and the log. */
function source(
  files: Record<string, unknown>,
  env: Record<string, string> = {},
  helpers: Record<string, Record<string, unknown> | number> = {},
) {
  const log: string[] = [];
  const asked: string[] = [];
  const run: RunCredentialHelper = (program, args, input) => {
    asked.push(`${program} ${args.join(' ')} < ${input}`);
    const helper = helpers[program];
    if (helper === undefined || typeof helper === 'number') {
      return Promise.resolve({ exitCode: helper, stdout: 'something broke' });
    }
    const answer = helper[input];
    return Promise.resolve(
      answer === undefined
        ? { exitCode: 1, stdout: 'credentials not found in native keychain\n' }
        : { exitCode: 0, stdout: typeof answer === 'string' ? answer : JSON.stringify(answer) },
    );
  };
  const read = (file: string) => {
    const content = files[file];
    return content === undefined
      ? Promise.reject(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }))
      : Promise.resolve(typeof content === 'string' ? content : JSON.stringify(content));
  };
  const credentials = createFileCredentials((line) => log.push(line), { env, home: '/home/lena', read, run });
  return { find: credentials.find, log, asked };
}

describe('credentials on disk', () => {
  it('takes DOCKER_AUTH_CONFIG before helpers, helpers before the store, the store before auths, Podman last', async () => {
    const files: Record<string, unknown> = {
      [docker]: { auths: { lab: auth('auths', 'x') }, credHelpers: { lab: 'one' }, credsStore: 'two' },
      [podman]: { auths: { lab: auth('podman', 'x') } },
    };
    const env: Record<string, string> = {
      XDG_RUNTIME_DIR: '/run/user/1',
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { lab: auth('variable', 'x') } }),
    };
    const helpers: Record<string, Record<string, unknown>> = {
      'docker-credential-one': { lab: { Username: 'helper', Secret: 'x' } },
      'docker-credential-two': { lab: { Username: 'store', Secret: 'x' } },
    };
    const names: (string | undefined)[] = [];
    const look = async () => names.push((await source(files, env, helpers).find('lab'))?.username);
    await look();
    delete env.DOCKER_AUTH_CONFIG;
    await look();
    delete helpers['docker-credential-one']?.lab;
    await look();
    delete helpers['docker-credential-two']?.lab;
    await look();
    delete files[docker];
    await look();
    delete files[podman];
    await look();
    assert.deepEqual(names, ['variable', 'helper', 'store', 'auths', 'podman', undefined]);
  });

  const entries: [string, Record<string, unknown>, string, object | undefined][] = [
    ['a password with colons', { lab: auth('lena', 'a:b:c') }, 'lab', { username: 'lena', password: 'a:b:c' }],
    ['a robot account', { lab: auth('robot$ci', 'x') }, 'lab', { username: 'robot$ci', password: 'x' }],
    ['plain fields', { lab: { username: 'lena', password: 'x' } }, 'lab', { username: 'lena', password: 'x' }],
    ['an old spelling', { 'https://lab:5000/v1/': auth('lena', 'x') }, 'lab:5000', { username: 'lena', password: 'x' }],
    [
      'Docker Hub',
      { 'https://index.docker.io/v1/': auth('lena', 'x') },
      'docker.io',
      { username: 'lena', password: 'x' },
    ],
    [
      'Docker Hub by its short name',
      { 'docker.io': auth('lena', 'x') },
      'docker.io',
      { username: 'lena', password: 'x' },
    ],
    [
      'an identity token',
      { lab: { ...auth('lena', ''), identitytoken: 't' } },
      'lab',
      { username: 'lena', identityToken: 't' },
    ],
    ['a registry token', { lab: { registrytoken: 't' } }, 'lab', { registryToken: 't' }],
    ['another port', { 'lab:5000': auth('lena', 'x') }, 'lab:5001', undefined],
    ['an empty entry, as the CLI leaves with a store', { lab: {} }, 'lab', undefined],
    ['an empty name', { lab: auth('', 'x') }, 'lab', undefined],
    ['no base64', { lab: { auth: '%%%' } }, 'lab', undefined],
    ['no object', { lab: 'x' }, 'lab', undefined],
  ];
  for (const [name, auths, host, expected] of entries) {
    it(name, async () => {
      const found = await source({ [docker]: { auths } }).find(host);
      assert.deepEqual(found, expected && { ...expected, source: docker });
    });
  }

  it('takes the longest entry of Podman for a repository', async () => {
    const auths = { lab: auth('host', 'x'), 'lab/team': auth('team', 'x'), 'lab/team/app': auth('app', 'x') };
    const { find } = source({ [podman]: { auths } }, { XDG_RUNTIME_DIR: '/run/user/1' });
    const name = async (repository?: string) => (await find('lab', repository))?.username;
    assert.deepEqual(
      [await name('team/app'), await name('team/other'), await name('x'), await name()],
      ['app', 'team', 'host', 'host'],
    );
  });

  it('asks a helper for the right server, once, without a shell', async () => {
    const { find, asked } = source({ [docker]: { credsStore: 'desktop', credHelpers: { 'docker.io': 'desktop' } } });
    await find('docker.io');
    await find('lab:5000');
    assert.deepEqual(asked, [
      'docker-credential-desktop get < https://index.docker.io/v1/',
      'docker-credential-desktop get < lab:5000',
    ]);
  });

  it('reads an identity token from a helper', async () => {
    const { find } = source(
      { [docker]: { credsStore: 'x' } },
      {},
      { 'docker-credential-x': { lab: { Username: '<token>', Secret: 't' } } },
    );
    assert.deepEqual(await find('lab'), { identityToken: 't', source: 'docker-credential-x' });
  });

  it('passes over what is broken, says so, and tells no secret', async () => {
    const { find, log } = source(
      {
        [docker]: { credsStore: 'x', auths: { lab: auth('lena', 'x') } },
        [podman]: '{"auths": {"lab": {"auth": "s3cret',
      },
      { DOCKER_AUTH_CONFIG: '{"s3cret', XDG_RUNTIME_DIR: '/run/user/1' },
      { 'docker-credential-x': { lab: '{"Secret":"s3cret' } },
    );
    assert.equal((await find('lab'))?.username, 'lena');
    assert.equal(await find('other'), undefined);
    assert.equal(log.length >= 3, true);
    assert.ok(!log.join('\n').includes('s3cret'));
  });

  it('refuses a helper whose name is no program name', async () => {
    await assert.rejects(
      askCredentialHelper('../evil', 'lab', () => Promise.reject(new Error('was run'))),
      /not a program name/,
    );
  });

  it('says when a helper is missing', async () => {
    await assert.rejects(askCredentialHelper('none-of-this-name', 'lab'), /cannot be run/);
  });
});
