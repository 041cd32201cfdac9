import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { describe, it } from 'mocha';
import { type Issued, issueServerCertificate, makeAuthority } from '../../../../src/registry/own/certificate.ts';

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 0, 15, 12);

describe('certificates of an own registry', () => {
  it('have an authority that signs, and nothing below it that could', async () => {
    const authority = await makeAuthority();
    const ca = new X509Certificate(authority.cert);
    assert.equal(ca.ca, true);
    assert.ok(ca.checkIssued(ca) && ca.verify(ca.publicKey));
    assert.equal(ca.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
    const server = new X509Certificate((await issueServerCertificate(authority, ['localhost'])).cert);
    assert.equal(server.ca, false);
    assert.ok(server.checkIssued(ca) && server.verify(ca.publicKey));
    assert.deepEqual(server.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  });

  it('are for every name and address, and for no other', async () => {
    const names = ['registry.lab', '*.team.lab', 'localhost', '127.0.0.1', '::1', 'fd00:1:2::a'];
    const server = new X509Certificate((await issueServerCertificate(await makeAuthority(), names)).cert);
    for (const host of ['registry.lab', 'a.team.lab', 'localhost']) {
      assert.ok(server.checkHost(host), host);
    }
    for (const address of ['127.0.0.1', '::1', 'fd00:1:2::a']) {
      assert.ok(server.checkIP(address), address);
    }
    assert.equal(server.checkHost('other.lab'), undefined);
    assert.equal(server.checkIP('127.0.0.2'), undefined);
  });

  it('begin a little in the past and last 825 days, but not longer than their authority', async () => {
    const authority = await makeAuthority(now);
    const valid = ({ cert }: Issued) => {
      const { validFrom, validTo } = new X509Certificate(cert);
      return [Date.parse(validFrom), Date.parse(validTo)] as const;
    };
    const [from, to] = valid(await issueServerCertificate(authority, ['localhost'], now));
    assert.equal(from, now - 3_600_000);
    assert.equal(to, from + 825 * day - 1000);
    const [, caEnd] = valid(authority);
    const [, lateEnd] = valid(await issueServerCertificate(authority, ['localhost'], caEnd - 100 * day));
    assert.ok(lateEnd <= caEnd && lateEnd > caEnd - 2 * day);
  });

  it('have a number, a key and an authority name of their own each time', async () => {
    const authorities = [await makeAuthority(), await makeAuthority()].map(({ cert }) => new X509Certificate(cert));
    for (const part of ['serialNumber', 'subject', 'fingerprint256'] as const) {
      assert.notEqual(authorities[0]?.[part], authorities[1]?.[part]);
    }
  });

  it('are accepted by a client that trusts the authority, and refused by one that does not', async () => {
    const authority = await makeAuthority();
    const { cert, key } = await issueServerCertificate(authority, ['localhost']);
    const server = tls.createServer({ cert, key }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.on('tlsClientError', () => undefined);
    const { port } = server.address() as AddressInfo;
    const connect = async (ca?: string) => {
      const socket = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ...(ca ? { ca } : {}) });
      try {
        await once(socket, 'secureConnect');
      } finally {
        socket.destroy();
      }
    };
    try {
      await connect(authority.cert);
      await assert.rejects(connect(), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
      await assert.rejects(connect((await makeAuthority()).cert), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    } finally {
      server.close();
    }
  });

  it('come with keys as PEM that belong to them', async () => {
    const authority = await makeAuthority();
    const server = await issueServerCertificate(authority, ['localhost']);
    for (const { cert, key } of [authority, server]) {
      assert.match(key, /^-----BEGIN PRIVATE KEY-----\n/);
      assert.ok(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)));
    }
  });

  it('may be signed by an authority that another program made, whose name is taken as it is', async () => {
    const ca = new X509Certificate(madeByOpenssl);
    // The key is another one, so that none is kept here: who signed is not what is looked at.
    const { cert } = await issueServerCertificate({ cert: madeByOpenssl, key: (await makeAuthority()).key }, [
      'localhost',
    ]);
    const server = new X509Certificate(cert);
    assert.equal(server.issuer, 'C=DE\nO=Lab\nCN=Lab CA');
    // Compares the names byte by byte, and the identifiers of the key.
    assert.ok(server.checkIssued(ca));
  });
});

/** `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/C=DE/O=Lab/CN=Lab CA" -days 36500` */
const madeByOpenssl = `-----BEGIN CERTIFICATE-----
MIIBrzCCAVWgAwIBAgIUfyXjQX3fA7wtwIR0JO81ZeSfk4QwCgYIKoZIzj0EAwIw
LDELMAkGA1UEBhMCREUxDDAKBgNVBAoMA0xhYjEPMA0GA1UEAwwGTGFiIENBMCAX
DTI2MTEyMTA0MDU0MVoYDzIxMjYxMDI4MDQwNTQxWjAsMQswCQYDVQQGEwJERTEM
MAoGA1UECgwDTGFiMQ8wDQYDVQQDDAZMYWIgQ0EwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATPLmMxJ2e8qTq/PwCWtu5v5EjiJtVnOwAFvzG4x+WC70ZRQfqfIlR7
SoFMwywVKCTFUWZvgPMxr0b4OZ+gZXBHo1MwUTAdBgNVHQ4EFgQUiiQuUhnq7uCV
BBVeSmx4ZgR2rJAwHwYDVR0jBBgwFoAUiiQuUhnq7uCVBBVeSmx4ZgR2rJAwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAjxaBQG9F7lH616OdKMoR
tvQFX6YlENRHRjXws7Gevy8CIDSHVFDXwMVDJtt0GnhILFsG75tvgqgJrJZP5drM
Hzka
-----END CERTIFICATE-----`;
