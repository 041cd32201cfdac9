// Odd registries that differ in how they ask for a login. Numbers in brackets are those of the facts about registries.
import type { Call, Odd, OddRegistry } from './server.ts';

const user = `Basic ${Buffer.from('lena:s3cret').toString('base64')}`;

function open(call: Call): void {
  if (call.path.endsWith('/tags/list')) {
    call.json(200, { name: 'team/app', tags: ['1.0'] });
  } else if (call.path === '/v2/_catalog') {
    call.json(200, { repositories: ['team/app'] });
  } else {
    call.json(200, {});
  }
}

/** A registry behind Basic that challenges with these lines. */
function basic(about: string, ...lines: string[]): OddRegistry {
  const own: Odd = (call) => (call.headers.authorization === user ? open(call) : call.challenge(...lines));
  return { about, setUp: () => ({ own }) };
}

/** A registry behind a token server at /token, which gives `token` and answers as `grant` says. */
function bearer(
  about: string,
  lines: (call: Call) => string[],
  grant: Odd = (call) => call.json(200, { token: 'good' }),
): OddRegistry {
  const own: Odd = (call) => {
    if (call.path === '/token') {
      grant(call);
    } else if (call.headers.authorization === 'Bearer good') {
      open(call);
    } else {
      call.challenge(...lines(call));
    }
  };
  return { about, setUp: () => ({ own }) };
}

const plain = (call: Call) => [`Bearer realm="${call.self}/token",service="lab"`];

export const authOddities = {
  'basic-upper-case': basic('Nexus writes BASIC [6]', 'BASIC realm="Sonatype Nexus"'),
  'basic-without-realm': basic('no parameter at all [6]', 'Basic'),
  'basic-after-unknown': basic('several schemes in one line [6]', 'Negotiate, NTLM TlRMTVNTUAAB==, Basic realm="lab"'),
  'bearer-without-scope': bearer("distribution's own /v2/ challenge [6]", plain),
  'bearer-without-service': bearer('no service [6]', (call) => [`Bearer realm="${call.self}/token"`]),
  'bearer-unquoted': bearer('values without quotes [6]', (call) => [`bearer service=lab, realm=${call.self}/token`]),
  'bearer-two-lines': bearer('two header lines [6]', (call) => ['Negotiate', ...plain(call)]),
  'bearer-quoted-pairs': bearer(
    'quotes and commas inside values [6]',
    (call) => [`Bearer service="a \\"b\\", Basic realm=\\"x\\"", realm="${call.self}/token", error="invalid_token"`],
    (call) =>
      call.query.get('service') === 'a "b", Basic realm="x"'
        ? call.json(200, { token: 'good' })
        : call.text(400, 'wrong service'),
  ),
  'bearer-relative-realm': bearer(
    'a realm without host [6]',
    () => ['Bearer realm="/token?keep=1",service="lab"'],
    (call) =>
      call.query.get('keep') === '1' ? call.json(200, { token: 'good' }) : call.text(400, 'the query is gone'),
  ),
  'access-token': bearer('access_token, and no lifetime [9]', plain, (call) =>
    call.json(200, { access_token: 'good' }),
  ),
  'token-dates': bearer('issued in the future, one second long [9]', plain, (call) =>
    call.json(200, { token: 'good', expires_in: 1, issued_at: '2999-01-01T00:00:00Z' }),
  ),
  'token-html': bearer('a token server that answers HTML [9]', plain, (call) =>
    call.text(200, '<html><title>Sign in</title></html>'),
  ),
  'token-large': bearer('a token of a megabyte [9]', plain, (call) => call.json(200, { token: 'x'.repeat(1e6) })),
  'token-newline': bearer('a token that would break the header', plain, (call) =>
    call.json(200, { token: 'good\r\nX-Evil: 1' }),
  ),
  'token-refuses': bearer('wrong password [9]', plain, (call) =>
    call.json(401, { details: 'incorrect username or password' }),
  ),
  'token-fails': bearer('a token server that is down', plain, (call) => call.text(502, 'bad gateway')),
  'realm-metadata': bearer('a realm at the cloud metadata service [12]', () => [
    'Bearer realm="http://169.254.169.254/latest/token"',
  ]),
  'realm-private': bearer('a realm in a private network [12]', () => [
    'Bearer realm="http://10.0.0.1/token",service="lab"',
  ]),
  'realm-file': bearer('a realm that is no web address [12]', () => ['Bearer realm="file:///etc/passwd"']),
  'no-challenge': {
    about: '401 without WWW-Authenticate',
    setUp: () => ({ own: (call) => call.error(401, 'UNAUTHORIZED', 'who are you') }),
  },
  'refuses-for-ever': {
    about: 'a token is given and never accepted [10]',
    setUp: () => ({
      own: (call) =>
        call.path === '/token' ? call.json(200, { token: `t${call.count}` }) : call.challenge(...plain(call)),
    }),
  },
  'insufficient-scope': {
    about: 'the token server grants less without saying so [10]',
    setUp: () => ({
      own: (call) => {
        if (call.path === '/token') {
          call.json(200, { token: 'good' });
        } else if (call.headers.authorization === undefined || call.path === '/v2/') {
          call.headers.authorization === undefined ? call.challenge(...plain(call)) : open(call);
        } else {
          call.challenge(
            `Bearer realm="${call.self}/token",service="lab",scope="registry:catalog:*",error="insufficient_scope"`,
          );
        }
      },
    }),
  },
  'token-ends-early': {
    about: 'each token is good for one request, whatever its lifetime says [10]',
    setUp: () => {
      const used = new Set<string>();
      return {
        own: (call) => {
          const sent = call.headers.authorization ?? '';
          if (call.path === '/token') {
            call.json(200, { token: `t${call.count}`, expires_in: 3600 });
          } else if (sent !== '' && !used.has(sent)) {
            used.add(sent);
            open(call);
          } else {
            call.challenge(
              `Bearer realm="${call.self}/token",service="lab"${sent === '' ? '' : ',error="invalid_token"'}`,
            );
          }
        },
      };
    },
  },
  harbor: {
    about: 'Bearer on /v2/ and repositories, Basic on the catalog and on whatever failed with an Authorization [7]',
    setUp: () => ({
      own: (call) => {
        const sent = call.headers.authorization;
        if (call.path === '/service/token') {
          call.json(200, { token: sent === user ? 'lena' : 'anyone' });
        } else if (call.path === '/v2/_catalog') {
          sent === user ? open(call) : call.challenge('Basic realm="harbor"');
        } else if (sent === 'Bearer lena' || (sent === 'Bearer anyone' && call.path.startsWith('/v2/public/'))) {
          open(call);
        } else {
          call.challenge(
            sent === undefined
              ? `Bearer realm="${call.self}/service/token",service="harbor-registry"`
              : 'Basic realm="harbor"',
          );
        }
      },
    }),
  },
  'placeholder-scope': {
    about: 'GHCR names a placeholder repository where it cannot know, and gives no lifetime [7]',
    setUp: () => ({
      own: (call) => {
        if (call.path === '/token') {
          call.json(200, { token: call.query.getAll('scope').join('+') });
        } else if (
          call.headers.authorization === `Bearer repository:team/app:pull` &&
          call.path.startsWith('/v2/team/app/')
        ) {
          open(call);
        } else {
          call.challenge(`Bearer realm="${call.self}/token",service="ghcr.io",scope="repository:user/image:pull"`);
        }
      },
    }),
  },
  'identity-token': {
    about: 'an identity token is exchanged by an OAuth form [8]',
    setUp: () => ({
      own: (call) => {
        const form = new URLSearchParams(call.body);
        if (call.path === '/token' && call.method === 'POST') {
          form.get('grant_type') === 'refresh_token' &&
          form.get('refresh_token') === 'refresh-1' &&
          form.get('service') === 'lab'
            ? call.json(200, { access_token: 'good', expires_in: 300 })
            : call.json(400, { error: 'invalid_grant' });
        } else if (call.headers.authorization === 'Bearer good') {
          open(call);
        } else {
          call.challenge(...plain(call));
        }
      },
    }),
  },
  'identity-token-old-server': {
    about: 'a token server that knows no form, so that a GET is tried [8]',
    setUp: () => ({
      own: (call) => {
        if (call.path === '/token') {
          call.method === 'POST' ? call.text(404, '404 page not found') : call.json(200, { token: 'good' });
        } else if (call.headers.authorization === 'Bearer good') {
          open(call);
        } else {
          call.challenge(...plain(call));
        }
      },
    }),
  },
  'challenge-from-elsewhere': {
    about: 'a server that the request is sent on to asks for the login [12]',
    setUp: () => ({
      own: (call) =>
        call.headers.authorization === user
          ? call.text(307, '', { Location: `${call.foreign}/x` })
          : call.challenge('Basic realm="lab"'),
      foreign: (call) =>
        call.path === '/token'
          ? call.json(200, { token: 'good' })
          : call.challenge(`Bearer realm="${call.self}/token"`, 'Basic realm="x"'),
    }),
  },
  'token-redirect': {
    about: 'the token server sends the form with the secret on to another host',
    setUp: () => ({
      own: (call) => {
        if (call.path === '/token') {
          call.text(307, '', { Location: `${call.foreign}/token` });
        } else {
          call.challenge(...plain(call));
        }
      },
      foreign: (call) => call.json(200, { token: 'good' }),
    }),
  },
} satisfies Record<string, OddRegistry>;
