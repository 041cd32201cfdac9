// Vendors that list repositories through a web API of their own, as in-process servers that speak their protocols.
import type { Call, Odd, OddRegistry } from '../odd/server.ts';

function vendor(about: string, own: Odd): OddRegistry {
  return { about, setUp: () => ({ own }) };
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** Docker Hub's web API: 150 repositories of `team`, of which those from 100 on are private. */
export const hubServer = vendor('Docker Hub', (call) => {
  if (call.path === '/v2/auth/token' && call.method === 'POST') {
    const { identifier, secret } = JSON.parse(call.body) as Record<string, string>;
    return identifier === 'lena' && secret === 's3cret'
      ? call.json(200, { access_token: 'hub-jwt' })
      : call.json(401, { detail: 'Incorrect authentication credentials' });
  }
  const namespace = /^\/v2\/namespaces\/([^/]+)\/repositories$/.exec(call.path)?.[1];
  if (namespace !== 'team' && namespace !== 'lena') {
    return call.json(404, { message: 'object not found', errinfo: {} });
  }
  const visible = call.headers.authorization === 'Bearer hub-jwt' ? 150 : 100;
  const size = Number(call.query.get('page_size'));
  const page = Number(call.query.get('page') ?? 1);
  const end = Math.min(visible, page * size);
  return call.json(200, {
    count: visible,
    // The real one names itself in the link.
    next: end < visible ? `https://hub.docker.com${call.path}?page=${page + 1}&page_size=${size}` : null,
    results: numbers((page - 1) * size, end).map((n) => ({ name: `app-${n}`, namespace, is_private: n >= 100 })),
  });
});

/** A GitLab of one's own: the registry and the web server under one address. */
export const gitlabServer = vendor('GitLab', (call) => {
  if (call.path === '/v2/' || call.path === '/v2/_catalog') {
    return call.challenge(`Bearer realm="${call.self}/jwt/auth",service="container_registry"`);
  }
  if (call.path === '/jwt/auth') {
    return call.json(200, { token: 'no-catalog-for-users' });
  }
  if (call.headers['private-token'] !== 'glpat-1') {
    return call.json(401, { message: '401 Unauthorized' });
  }
  if (call.path === '/api/v4/groups/team%2Fcore/registry/repositories') {
    const page = Number(call.query.get('page') ?? 1);
    const more = page < 3 ? { Link: `<${call.self}${call.path}?page=${page + 1}&per_page=100>; rel="next"` } : {};
    return call.json(200, [{ id: page, name: '', path: `team/core/app-${page}`, project_id: 9 }], more);
  }
  if (call.path === '/api/v4/projects/solo%2Ftool/registry/repositories') {
    return call.json(200, [
      { id: 1, name: '', path: 'solo/tool', project_id: 1 },
      { id: 2, name: 'cache', path: 'solo/tool/cache', project_id: 1 },
    ]);
  }
  return call.json(404, { message: '404 Not Found' });
});

/** Harbor: 401 with Basic on the catalog for everyone but administrators, and 120 projects of which lena sees all. */
export const harborServer = vendor('Harbor', (call) => {
  const isLena = call.headers.authorization === basic('lena', 's3cret');
  const isAdmin = call.headers.authorization === basic('admin', 'Harbor12345');
  if (call.path === '/v2/') {
    return isLena || isAdmin
      ? call.json(200, {})
      : call.challenge(`Bearer realm="${call.self}/service/token",service="harbor-registry"`);
  }
  if (call.path === '/service/token') {
    return call.json(200, { token: 'harbor-token' });
  }
  if (call.path === '/v2/_catalog') {
    return isAdmin ? call.json(200, { repositories: ['all/of-it'] }) : call.challenge('Basic realm="harbor"');
  }
  if (call.headers.authorization !== undefined && !isLena && !isAdmin) {
    return call.json(401, { errors: [{ code: 'UNAUTHORIZED', message: 'unauthorized' }] });
  }
  const page = Number(call.query.get('page'));
  const size = Number(call.query.get('page_size'));
  if (call.path === '/api/v2.0/projects') {
    const all = numbers(0, isLena ? 120 : 1).map((n) => ({ project_id: n, name: `project-${n}` }));
    return call.json(200, all.slice((page - 1) * size, page * size), { 'X-Total-Count': String(all.length) });
  }
  const project = /^\/api\/v2\.0\/projects\/([^/]+)\/repositories$/.exec(call.path)?.[1];
  return project === undefined
    ? call.json(404, { errors: [{ code: 'NOT_FOUND', message: 'not found' }] })
    : call.json(
        200,
        page === 1
          ? [
              { id: 1, name: `${project}/web` },
              { id: 2, name: `${project}/api` },
            ]
          : [],
      );
});

/** Quay: the catalog is empty without a login, the web API pages by an opaque token. */
export const quayServer = vendor('Quay', (call: Call) => {
  const isToken = call.headers.authorization === 'Bearer quay-oauth';
  if (call.path === '/v2/' || (call.path === '/v2/_catalog' && call.headers.authorization === undefined)) {
    return call.challenge(`Bearer realm="${call.self}/v2/auth",service="quay"`);
  }
  if (call.path === '/v2/auth') {
    return call.json(200, { token: 'quay-token' });
  }
  if (call.path === '/v2/_catalog') {
    return call.json(200, { repositories: [] });
  }
  if (call.path !== '/api/v1/repository' || call.query.get('namespace') !== 'team') {
    return call.json(404, { status: 404, error_type: 'not_found', detail: 'Not Found' });
  }
  const names = isToken ? ['open', 'secret'] : ['open'];
  return call.query.get('next_page') === null
    ? call.json(200, { repositories: [{ namespace: 'team', name: 'first' }], next_page: 'gAAAAA==' })
    : call.json(200, { repositories: names.map((name) => ({ namespace: 'team', name })) });
});
