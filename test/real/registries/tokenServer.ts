// A token server as docker-registry 2.8 trusts it: ES256, the key named by its libtrust fingerprint.
import { createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { capture } from '../../parts/machine/process.ts';

export interface TokenServer {
  realm: string;
  /** PEM file for the registry's `rootcertbundle`. */
  certificate: string;
  /** Scopes of each token that was given, in order. */
  granted: { account: string | undefined; scopes: string[]; grant: string }[];
  /** The access tokens themselves. */
  tokens: string[];
  stop(): Promise<void>;
}

/** `allow` says which actions an account (undefined for anyone) has on a resource, e.g. `repository:app/one`. */
export async function startTokenServer(
  folder: string,
  users: Readonly<Record<string, string>>,
  allow: (account: string | undefined, resource: string) => readonly string[],
): Promise<TokenServer> {
  const certificate = join(folder, 'token.crt');
  const keyFile = join(folder, 'token.key');
  await capture('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=lab token server', '-keyout', keyFile, '-out', certificate],
  ]);
  const key = createPrivateKey(readFileSync(keyFile));
  const kid = fingerprint(new X509Certificate(readFileSync(certificate)));
  const refreshTokens = new Map<string, string>([['refresh-of-alice', 'alice']]);
  const granted: TokenServer['granted'] = [];
  const tokens: string[] = [];

  const tokenFor = (account: string | undefined, scopes: string[], grant: string) => {
    const access = scopes.map((scope) => {
      const resource = scope.slice(0, scope.lastIndexOf(':'));
      const allowed = allow(account, resource);
      const actions = scope.slice(resource.length + 1).split(',');
      return {
        type: resource.split(':')[0],
        name: resource.slice(resource.indexOf(':') + 1),
        actions: actions.filter((a) => allowed.includes(a)),
      };
    });
    granted.push({ account, scopes, grant });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'lab-issuer',
      sub: account ?? '',
      aud: 'lab',
      exp: now + 300,
      nbf: now - 10,
      iat: now,
      jti: randomUUID(),
    };
    const head = encode({ typ: 'JWT', alg: 'ES256', kid });
    const body = encode({ ...claims, access: access.filter(({ actions }) => actions.length > 0) });
    const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
    const token = `${head}.${body}.${signature.toString('base64url')}`;
    tokens.push(token);
    return token;
  };

  const server = http.createServer(async (request, response) => {
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    let text = '';
    for await (const piece of request) {
      text += String(piece);
    }
    if (request.method === 'POST') {
      const form = new URLSearchParams(text);
      const account = refreshTokens.get(form.get('refresh_token') ?? '');
      const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
      answer(
        account === undefined ? 401 : 200,
        account === undefined
          ? { error: 'invalid_grant' }
          : { access_token: tokenFor(account, scopes, 'refresh_token') },
      );
      return;
    }
    const login = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    const [account, password] = login === '' ? [undefined, undefined] : login.split(':');
    if (account !== undefined && users[account] !== password) {
      answer(401, { details: 'incorrect username or password' });
      return;
    }
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    answer(200, { token: tokenFor(account, searchParams.getAll('scope'), 'get') });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    realm: `http://localhost:${(server.address() as AddressInfo).port}/token`,
    certificate,
    granted,
    tokens,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** SHA-256 of the public key, its first 240 bits in base 32, in groups of four. */
function fingerprint(certificate: X509Certificate): string {
  const digest = createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  let bits = '';
  for (const byte of digest.subarray(0, 30)) {
    bits += byte.toString(2).padStart(8, '0');
  }
  const text = (bits.match(/.{5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five, 2)))
    .join('');
  return (text.match(/.{4}/g) ?? []).join(':');
}
