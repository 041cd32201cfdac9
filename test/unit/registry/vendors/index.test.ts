import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createRegistryClient } from '../../../../src/registry/api/client.ts';
import { createListing } from '../../../../src/registry/api/repositories.ts';
import type { Session } from '../../../../src/registry/api/session.ts';
import { createTransport } from '../../../../src/registry/http/transport.ts';
import { createNamespaces } from '../../../../src/registry/known/stored/namespaces.ts';
import type { Credentials } from '../../../../src/registry/types.ts';
import { vendorByHost, vendors } from '../../../../src/registry/vendors/index.ts';
import { memoryState } from '../../../parts/memoryState.ts';
import { collect, lena, signal } from '../../../parts/oddRegistries/client.ts';
import { type OddRegistry, type RunningOdd, runOdd } from '../../../parts/oddRegistries/server.ts';
import { acrServer, ecrServer, ghcrServer, giteaServer, nexusServer } from '../../../parts/vendors/catalogs.ts';
import { gitlabServer, harborServer, hubServer, quayServer } from '../../../parts/vendors/lists.ts';

interface Run extends RunningOdd {
  list(namespaces?: readonly string[], account?: Credentials): Promise<string[]>;
  vendor(): Promise<string | undefined>;
}

/** Runs a vendor's server, and lists it as a client does that was given its loopback address. */
async function withVendor(server: OddRegistry, use: (run: Run) => Promise<void>): Promise<void> {
  const running = await runOdd(server);
  const clientOf = (namespaces: readonly string[] = [], account?: Credentials) =>
    createRegistryClient({
      address: { host: running.host, scheme: 'http' },
      credentials: { find: () => Promise.resolve(account) },
      certificates: () => Promise.resolve({ ca: [], problems: [] }),
      namespaces,
    });
  try {
    await use({
      ...running,
      list: (namespaces, account) => collect(clientOf(namespaces, account).repositories(signal)),
      vendor: async () => (await clientOf().vendor(signal))?.id,
    });
  } finally {
    await running.stop();
  }
}

/** A vendor that is known by its host: every request goes to the server on loopback. */
async function listAs(
  host: string,
  running: RunningOdd,
  namespaces: readonly string[] = [],
  account?: Credentials,
): Promise<string[]> {
  const local = (url: URL) => new URL(`http://${running.host}${url.pathname}${url.search}`);
  const transport = createTransport({ host, tls: () => Promise.resolve({ rejectUnauthorized: true }), log: () => {} });
  const base = new URL(`https://${host}/`);
  const send: typeof transport.send = async (request) => {
    const answer = await transport.send({ ...request, url: local(request.url) });
    return { ...answer, url: request.url };
  };
  const session: Session = {
    host,
    base,
    url: (path, query = {}) => new URL(`v2/${path}?${new URLSearchParams(query)}`, base),
    repository: () => Promise.reject(new Error('not asked here')),
    catalog: (url) => send({ method: 'GET', url, signal }),
    expect: (answer) => answer,
  };
  const listing = createListing({ session, size: {}, namespaces, credentials: () => Promise.resolve(account), send });
  return collect(listing.repositories(signal));
}

describe('vendors', () => {
  it('are known by their hosts', () => {
    const hosts: Record<string, string | undefined> = {
      'docker.io': 'hub',
      'ghcr.io': 'ghcr',
      'registry.gitlab.com': 'gitlab',
      'quay.io': 'quay',
      'public.ecr.aws': 'ecr-public',
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com': 'ecr',
      '123456789012.dkr.ecr-fips.us-east-1.amazonaws.com': 'ecr',
      'lab.azurecr.io': 'acr',
      'europe-docker.pkg.dev': 'google',
      'eu.gcr.io': 'google',
      'registry.example.com': undefined,
      'ghcr.io.example.com': undefined,
      'localhost:5000': undefined,
    };
    for (const [host, id] of Object.entries(hosts)) {
      assert.equal(vendorByHost(host)?.id, id, host);
    }
  });

  it('say why there is no list, with a way out', () => {
    for (const vendor of vendors) {
      assert.match(vendor.reason('registry.example.com'), /registry\.example\.com.*\./, vendor.id);
    }
  });

  it('Docker Hub lists a namespace, 100 a page, and private repositories with a login', async () => {
    const running = await runOdd(hubServer);
    try {
      assert.equal((await listAs('docker.io', running, ['team'])).length, 100);
      assert.deepEqual((await listAs('docker.io', running, ['team'])).slice(0, 2), ['team/app-0', 'team/app-1']);
      running.requests.length = 0;
      assert.equal(
        (await listAs('docker.io', running, [], lena)).length,
        150,
        'the own namespace unless others are named',
      );
      assert.deepEqual(
        running.requests.map(({ method, url }) => `${method} ${url}`),
        [
          'POST /v2/auth/token',
          'GET /v2/namespaces/lena/repositories?page_size=100',
          'GET /v2/namespaces/lena/repositories?page=2&page_size=100',
        ],
      );
      await assert.rejects(listAs('docker.io', running), {
        code: 'no-catalog',
        actions: [{ label: 'Choose What to List…', command: 'docknotes.chooseNamespaces', args: ['docker.io'] }],
      });
      await assert.rejects(listAs('docker.io', running, ['nobody']), { code: 'not-found' });
      await assert.rejects(listAs('docker.io', running, [], { ...lena, password: 'wrong' }), { code: 'unauthorized' });
    } finally {
      await running.stop();
    }
  });

  it('GHCR has no list, and the sentence says so', async () => {
    const running = await runOdd(ghcrServer);
    try {
      await assert.rejects(listAs('ghcr.io', running), { code: 'no-catalog', message: /GitHub.*by name.*pattern/ });
      assert.deepEqual(running.requests, [], 'nothing is asked in vain');
    } finally {
      await running.stop();
    }
    await withVendor(ghcrServer, async ({ list }) => {
      await assert.rejects(list(), { code: 'no-catalog' });
    });
  });

  it('GitLab lists groups and projects by its web server, with an access token', () =>
    withVendor(gitlabServer, async ({ list, vendor, requests }) => {
      const token = { ...lena, password: 'glpat-1' };
      assert.equal(await vendor(), 'gitlab');
      assert.deepEqual(await list(['team/core', 'solo/tool'], token), [
        'team/core/app-1',
        'team/core/app-2',
        'team/core/app-3',
        'solo/tool',
        'solo/tool/cache',
      ]);
      await assert.rejects(list([], token), { code: 'no-catalog', message: /group and project/ });
      await assert.rejects(list(['team/core'], lena), { code: 'unauthorized' });
      assert.ok(requests.every(({ url }) => !url.includes('glpat')));
    }));

  it('Harbor lists projects to those who may not read the catalog', () =>
    withVendor(harborServer, async ({ list, vendor }) => {
      assert.equal(await vendor(), 'harbor');
      assert.deepEqual(await list([], { ...lena, username: 'admin', password: 'Harbor12345' }), ['all/of-it']);
      const names = await list([], lena);
      assert.equal(names.length, 240);
      assert.deepEqual(names.slice(0, 2), ['project-0/web', 'project-0/api']);
      assert.deepEqual(await list(), ['project-0/web', 'project-0/api'], 'what is public');
      assert.deepEqual(await list(['project-7'], lena), ['project-7/web', 'project-7/api']);
      await assert.rejects(list([], { ...lena, password: 'wrong' }), { code: 'unauthorized' });
    }));

  it('Quay lists a namespace page by page', async () => {
    const running = await runOdd(quayServer);
    try {
      assert.deepEqual(await listAs('quay.io', running, ['team']), ['team/first', 'team/open']);
      const oauth = { username: '$oauthtoken', password: 'quay-oauth', source: 'test' };
      assert.deepEqual(await listAs('quay.io', running, ['team'], oauth), ['team/first', 'team/open', 'team/secret']);
      const robot = { username: 'team+robot', password: 'robot-secret', source: 'test' };
      assert.deepEqual(await listAs('quay.io', running, [], robot), ['team/first', 'team/open']);
    } finally {
      await running.stop();
    }
    await withVendor(quayServer, async ({ list, vendor }) => {
      assert.equal(await vendor(), 'quay');
      assert.deepEqual(await list(['team']), ['team/first', 'team/open']);
    });
  });

  it('ECR, ACR, Nexus and Gitea list by their catalogs, each in its way', async () => {
    await withVendor(ecrServer, async ({ list }) => {
      const account = { username: 'AWS', password: 'twelve-hours', source: 'test' };
      assert.deepEqual(await list([], account), ['team/a', 'team/b']);
    });
    await withVendor(acrServer, async ({ list }) => {
      const username = '00000000-0000-0000-0000-000000000000';
      assert.deepEqual(await list([], { username, password: 'acr-refresh', source: 'test' }), ['team/a', 'team/b']);
    });
    await withVendor(nexusServer, async ({ list, vendor }) => {
      assert.deepEqual(await list([], lena), ['a', 'b']);
      assert.equal(await vendor(), 'nexus');
    });
    await withVendor(giteaServer, async ({ list, vendor, requests }) => {
      assert.deepEqual(await list([], lena), ['lena/app']);
      assert.ok(requests.length < 10);
      assert.equal(await vendor(), 'gitea');
    });
  });

  it('keep what was named between sessions, and refuse what cannot be a name', async () => {
    const kept = new Map<string, unknown>();
    const state = memoryState(kept);
    const namespaces = createNamespaces(state);
    assert.deepEqual(await namespaces.set('docker.io', [' team ', '/team/', 'other']), ['team', 'other']);
    assert.deepEqual(createNamespaces(state).of('docker.io'), ['team', 'other']);
    await assert.rejects(namespaces.set('docker.io', ['../x y']), { code: 'bad-namespace' });
    await namespaces.set('docker.io', []);
    assert.deepEqual(kept.get('namespaces'), {});
    kept.set('namespaces', { 'docker.io': [1, 'a'], x: 'no' });
    assert.deepEqual(namespaces.of('docker.io'), ['a']);
    assert.deepEqual(namespaces.of('x'), []);
  });
});
