import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from 'bcryptjs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { passwordLine } from '../../../../src/registry/own/passwordFile.ts';
import { offerOwn, prepareOwn } from '../../../../src/registry/own/setup.ts';

describe('login of an own registry', () => {
  it('is a line with a bcrypt hash, another one each time', async () => {
    const line = await passwordLine('alice', 's3cret pass');
    const [, name, hash = ''] = /^([^:]+):(.+)\n$/.exec(line) ?? [];
    assert.equal(name, 'alice');
    assert.match(hash, /^\$2[aby]\$10\$/);
    assert.equal(await compare('s3cret pass', hash), true);
    assert.equal(await compare('other', hash), false);
    assert.notEqual(await passwordLine('alice', 's3cret pass'), line);
  });

  for (const name of ['', 'a:b', 'a\nb', '#a', ' a', 'a\u0000']) {
    it(`refuses the name ${JSON.stringify(name)}`, () =>
      assert.rejects(passwordLine(name, 'x'), { code: 'own-login' }));
  }

  it('refuses a password that its hash cannot hold', async () => {
    await assert.rejects(passwordLine('alice', ''), { code: 'own-login' });
    await assert.rejects(passwordLine('alice', 'é'.repeat(37)), { code: 'own-login' });
    assert.match(await passwordLine('alice', 'é'.repeat(36)), /^alice:/);
  });
});

describe('own registry', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-own-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('offers names that a certificate can have, and a folder in the home directory', () => {
    const { names, folder: offered } = offerOwn('registry-2');
    assert.equal(offered, join(homedir(), '.docknotes', 'registry-2'));
    assert.ok(names.length > 0);
    for (const name of names) {
      assert.ok(isIP(name) === 4 || /^[a-z0-9._-]+$/.test(name), name);
    }
  });

  it('needs no file for plain http without a login', async () => {
    assert.deepEqual(await prepareOwn({ names: [], deletion: false }), {
      env: [
        'REGISTRY_HTTP_ADDR=:5000',
        'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/var/lib/registry',
        'REGISTRY_STORAGE_DELETE_ENABLED=false',
      ],
      files: [],
    });
  });

  it('gives the container its files, and the password to none of them', async () => {
    const login = { username: 'alice', password: 'pa55word' };
    const parts = await prepareOwn({ names: ['Registry.Lab', '[::1]', 'bücher.lab'], folder, login, deletion: true });
    assert.deepEqual(
      parts.files.map(({ path, mode }) => [path, mode]),
      [
        ['/auth/htpasswd', 0o600],
        ['/certs/server.crt', 0o644],
        ['/certs/server.key', 0o600],
      ],
    );
    assert.equal(JSON.stringify(parts).includes(login.password), false);
    assert.equal(
      parts.env.some((line) => line.includes('$2')),
      false,
    );
    assert.ok(parts.env.includes('REGISTRY_AUTH=htpasswd'));
    assert.ok(parts.env.includes('REGISTRY_HTTP_TLS_KEY=/certs/server.key'));
    const server = new X509Certificate(parts.files[1]?.content ?? '');
    assert.match(server.subjectAltName ?? '', /DNS:registry\.lab, IP Address:0:0:0:0:0:0:0:1, DNS:xn--bcher-kva\.lab/);
    assert.equal(parts.ca?.file, join(folder, 'ca.crt'));
  });

  for (const name of ['registry.lab:5000', 'https://registry.lab', 'a b', '', 'registry/path', '-x']) {
    it(`refuses the name ${JSON.stringify(name)} and makes nothing`, async () => {
      await assert.rejects(prepareOwn({ names: [name], folder, deletion: true }), { code: 'own-name' });
      assert.deepEqual(readdirSync(folder), []);
    });
  }
});
