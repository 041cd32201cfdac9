// Vendors whose catalog is there, each with its own ways, as in-process servers that speak their protocols.
import type { Odd, OddRegistry } from '../odd/server.ts';

function vendor(about: string, own: Odd): OddRegistry {
  return { about, setUp: () => ({ own }) };
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Amazon ECR: Basic only, at most 1000 a page, an absolute link with an opaque cursor, tags as text/plain. */
export const ecrServer = vendor('Amazon ECR', (call) => {
  if (call.headers.authorization !== basic('AWS', 'twelve-hours')) {
    return call.challenge(`Basic realm="${call.self}/",service="ecr.amazonaws.com"`);
  }
  if (call.path === '/v2/_catalog') {
    if (Number(call.query.get('n') ?? 100) > 1000) {
      return call.error(405, 'UNSUPPORTED', "Invalid parameter at 'maxResults'");
    }
    const second = call.query.get('last') === 'b3BhcXVl+/==';
    return second
      ? call.json(200, { repositories: ['team/b'] })
      : call.json(
          200,
          { repositories: ['team/a'] },
          {
            Link: `<${call.self}/v2/_catalog?last=b3BhcXVl%2B%2F%3D%3D&n=1000>; rel="next"`,
          },
        );
  }
  return call.text(200, JSON.stringify({ name: 'team/a', tags: ['1', '2'] }), {
    'Content-Type': 'text/plain; charset=utf-8',
  });
});

/** Azure Container Registry: a token for `registry:catalog:*`, got with the refresh token as the password. */
export const acrServer = vendor('Azure Container Registry', (call) => {
  if (call.path === '/oauth2/token') {
    const login = call.headers.authorization === basic('00000000-0000-0000-0000-000000000000', 'acr-refresh');
    return login && call.query.get('scope') === 'registry:catalog:*'
      ? call.json(200, { access_token: 'acr-catalog' })
      : call.json(401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] });
  }
  if (call.headers.authorization !== 'Bearer acr-catalog') {
    return call.challenge(
      `Bearer realm="${call.self}/oauth2/token",service="lab.azurecr.io",scope="registry:catalog:*"`,
    );
  }
  return call.query.get('last') === 'team/a'
    ? call.json(200, { repositories: ['team/b'] })
    : call.json(
        200,
        { repositories: ['team/a'] },
        { Link: '</v2/_catalog?last=team%2Fa&n=1000&orderby=>; rel="next"' },
      );
});

/** Sonatype Nexus: BASIC in capitals, and behind a connector port an absolute link whose path it does not know. */
export const nexusServer = vendor('Sonatype Nexus', (call) => {
  if (call.headers.authorization !== basic('lena', 's3cret')) {
    return call.error(401, 'UNAUTHORIZED', 'access to the requested resource is not authorized', {
      'WWW-Authenticate': 'BASIC realm="Sonatype Nexus Repository Manager"',
      Server: 'Nexus/3.61.0-02 (OSS)',
    });
  }
  if (call.path.startsWith('/repository/docker/')) {
    return call.text(400, 'Not a docker request');
  }
  return call.query.get('last') === 'a'
    ? call.json(200, { repositories: ['b'] })
    : call.json(
        200,
        { repositories: ['a'] },
        {
          Link: `<${call.self}/repository/docker/v2/_catalog?last=a&n=1000>; rel="next"`,
        },
      );
});

/** Gitea: a token server of its own, and a link that never ends. */
export const giteaServer = vendor('Gitea', (call) => {
  if (call.path === '/v2/token') {
    return call.json(200, { token: 'gitea-token' });
  }
  if (call.headers.authorization !== 'Bearer gitea-token') {
    return call.challenge(`Bearer realm="${call.self}/v2/token",service="container_registry",scope="*"`);
  }
  return call.query.has('last')
    ? call.json(200, { repositories: [] }, { Link: '</v2/_catalog?last=&n=1000>; rel="next"' })
    : call.json(200, { repositories: ['lena/app'] }, { Link: '</v2/_catalog?last=lena%2Fapp&n=1000>; rel="next"' });
});

/** GitHub: a placeholder in the challenge, and the catalog denied to everyone. */
export const ghcrServer = vendor('GitHub Container Registry', (call) => {
  if (call.path === '/token') {
    return call.json(200, { token: 'ghcr-token' });
  }
  if (call.headers.authorization !== 'Bearer ghcr-token') {
    return call.challenge(`Bearer realm="${call.self}/token",service="ghcr.io",scope="repository:user/image:pull"`);
  }
  return call.path === '/v2/_catalog'
    ? call.error(403, 'DENIED', 'requested access to the resource is denied')
    : call.json(200, { name: 'owner/app', tags: ['1'] });
});
