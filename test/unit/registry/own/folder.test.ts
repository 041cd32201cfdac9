import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeAuthority } from '../../../../src/registry/own/certificate.ts';
import { certificatesIn } from '../../../../src/registry/own/folder.ts';

const day = 24 * 3_600_000;

describe('folder of an own registry', () => {
  let base: string;
  let folder: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'docknotes-own-'));
    folder = join(base, 'deep', 'registry');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const file = (name: string) => join(folder, name);
  const contents = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(file(name), 'utf8')]));

  it('is made with what a registry and its clients need', async () => {
    const made = await certificatesIn(folder, ['localhost']);
    assert.deepEqual(readdirSync(folder).sort(), ['ca.crt', 'ca.key', 'server.crt', 'server.key']);
    assert.equal(made.caFile, file('ca.crt'));
    assert.equal(made.fingerprint, new X509Certificate(made.ca).fingerprint256);
    assert.ok(made.chain.endsWith(made.ca), 'the chain shows the authority too');
    assert.ok(new X509Certificate(made.chain).checkPrivateKey(createPrivateKey(made.key)));
  });

  it('lets nobody but its owner read the keys', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    await certificatesIn(folder, ['localhost']);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of ['ca.key', 'server.key']) {
      assert.equal(statSync(file(name)).mode & 0o777, 0o600, name);
    }
  });

  it('is used again as it is', async () => {
    const first = await certificatesIn(folder, ['localhost', 'registry.lab']);
    const before = contents();
    assert.deepEqual(await certificatesIn(folder, ['registry.lab']), first);
    assert.deepEqual(contents(), before);
  });

  it('is not touched when its certificate is for other names, until it may be renewed by the same authority', async () => {
    const first = await certificatesIn(folder, ['localhost']);
    const before = contents();
    await assert.rejects(certificatesIn(folder, ['localhost', 'registry.lab', '10.0.0.7']), {
      code: 'own-certificate-misfit',
      message: /server\.crt is not for registry\.lab, 10\.0\.0\.7/,
    });
    assert.deepEqual(contents(), before);
    const renewed = await certificatesIn(folder, ['registry.lab'], { renew: true });
    assert.equal(renewed.fingerprint, first.fingerprint);
    assert.ok(new X509Certificate(renewed.chain).checkHost('registry.lab'));
    assert.equal(contents()['ca.key'], before['ca.key']);
    assert.deepEqual(readdirSync(folder).sort(), ['ca.crt', 'ca.key', 'server.crt', 'server.key']);
  });

  it('is not handed on when the certificate ends soon', async () => {
    await certificatesIn(folder, ['localhost']);
    await assert.rejects(certificatesIn(folder, ['localhost'], { now: Date.now() + 815 * day }), {
      code: 'own-certificate-misfit',
      message: /not valid at this time, or ends soon/,
    });
    await assert.rejects(certificatesIn(folder, ['localhost'], { now: Date.now() + 3645 * day }), {
      code: 'own-authority-unusable',
    });
  });

  it('gets a server certificate where only an authority is', async () => {
    const first = await certificatesIn(folder, ['localhost']);
    rmSync(file('server.crt'));
    rmSync(file('server.key'));
    const second = await certificatesIn(folder, ['localhost']);
    assert.equal(second.fingerprint, first.fingerprint);
    assert.notEqual(second.chain, first.chain);
  });

  it('works without the key of the authority as long as nothing has to be signed', async () => {
    const first = await certificatesIn(folder, ['localhost']);
    rmSync(file('ca.key'));
    assert.deepEqual(await certificatesIn(folder, ['localhost']), first);
    await assert.rejects(certificatesIn(folder, ['other.lab'], { renew: true }), { code: 'own-certificate-misfit' });
  });

  const damages: [string, () => void | Promise<void>, string][] = [
    ['a missing ca.crt', () => rmSync(file('ca.crt')), 'own-authority-unusable'],
    ['a missing server.crt', () => rmSync(file('server.crt')), 'own-certificate-misfit'],
    ['a missing server.key', () => rmSync(file('server.key')), 'own-certificate-misfit'],
    ['a ca.crt that is no PEM', () => writeFileSync(file('ca.crt'), 'x'), 'own-authority-unusable'],
    ['a server.crt that is no PEM', () => writeFileSync(file('server.crt'), 'x'), 'own-authority-unusable'],
    [
      'a server certificate in the place of the authority',
      () => writeFileSync(file('ca.crt'), readFileSync(file('server.crt'))),
      'own-authority-unusable',
    ],
    [
      'a key of another authority',
      async () => writeFileSync(file('ca.key'), (await makeAuthority()).key),
      'own-authority-unusable',
    ],
    [
      'another authority',
      async () => {
        const other = await makeAuthority();
        writeFileSync(file('ca.crt'), other.cert);
        writeFileSync(file('ca.key'), other.key);
      },
      'own-certificate-misfit',
    ],
    [
      'a key that is not that of the certificate',
      () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        writeFileSync(file('server.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
      },
      'own-certificate-misfit',
    ],
  ];
  for (const [what, damage, code] of damages) {
    it(`refuses ${what}, and changes nothing`, async () => {
      await certificatesIn(folder, ['localhost']);
      await damage();
      const before = contents();
      await assert.rejects(certificatesIn(folder, ['localhost']), { code });
      assert.deepEqual(contents(), before);
    });
  }

  it('says so when it cannot be written', async () => {
    writeFileSync(join(base, 'file'), '');
    await assert.rejects(certificatesIn(join(base, 'file', 'registry'), ['localhost']), { code: 'own-folder' });
  });
});
