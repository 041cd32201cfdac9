import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { after, before, describe, it } from 'mocha';
import { fixedCredentials } from '../../../src/registry/auth/credentials.ts';
import { probeRegistry } from '../../../src/registry/known/probe.ts';
import { putImage } from './fill.ts';
import {
  collect,
  type Lab,
  labClient,
  noCertificates,
  noCredentials,
  signal,
  startLab,
  temporaryFolder,
  whyNoLab,
} from './lab.ts';
import { startTokenServer, type TokenServer } from './tokenServer.ts';

const alice = fixedCredentials({ username: 'alice', password: 's3cret', source: 'test' });
const basicAlice = { Authorization: `Basic ${Buffer.from('alice:s3cret').toString('base64')}` };

describe('a real registry with htpasswd', function () {
  this.timeout(30_000);
  let lab: Lab;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'htpasswd'), `alice:${hashSync('s3cret', 5)}\n`);
    lab = await startLab({ folder, auth: { htpasswd: { realm: 'lab', path: join(folder, 'htpasswd') } } });
    await putImage(`http://${lab.host}`, 'team/one', ['1.0'], 'one', basicAlice);
  });
  after(() => lab?.stop());

  it('wants a login', async () => {
    await assert.rejects(probeRegistry(lab.host, { credentials: noCredentials }), {
      name: 'ProbeError',
      code: 'unauthorized',
    });
    const client = labClient({ address: { host: lab.host, scheme: 'http' } });
    await assert.rejects(collect(client.repositories(signal)), { code: 'unauthorized' });
    assert.deepEqual(await client.ping(signal), { state: 'login', kinds: ['basic'] });
    client.dispose();
  });

  it('refuses a wrong one', async () => {
    const wrong = fixedCredentials({ username: 'alice', password: 'wrong', source: 'test' });
    await assert.rejects(probeRegistry(lab.host, { credentials: wrong }), { code: 'login-failed' });
  });

  it('takes the right one', async () => {
    const found = await probeRegistry(lab.host, { credentials: alice, certificates: noCertificates });
    assert.equal(found.access, 'login');
    assert.equal(found.account, 'alice');
    const client = labClient({ address: found.address, credentials: alice });
    assert.deepEqual(await collect(client.repositories(signal)), ['team/one']);
    assert.deepEqual(await collect(client.tags('team/one', signal)), ['1.0']);
    client.dispose();
  });
});

describe('a real registry with a token server', function () {
  this.timeout(30_000);
  let lab: Lab;
  let server: TokenServer;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    server = await startTokenServer(folder, { alice: 's3cret', bob: 'hunter2' }, (account, resource) => {
      if (account === 'alice') {
        return ['pull', 'push', 'delete', '*'];
      }
      return resource.startsWith('repository:public/') || account === 'bob'
        ? resource.startsWith('registry:')
          ? []
          : ['pull']
        : [];
    });
    lab = await startLab({
      folder,
      auth: {
        token: { realm: server.realm, service: 'lab', issuer: 'lab-issuer', rootcertbundle: server.certificate },
      },
    });
    const token = async (repository: string) => {
      const answer = await fetch(`${server.realm}?service=lab&scope=repository:${repository}:pull,push`, {
        headers: basicAlice,
      });
      return { Authorization: `Bearer ${((await answer.json()) as { token: string }).token}` };
    };
    await putImage(`http://${lab.host}`, 'public/one', ['1.0', '2.0'], 'one', await token('public/one'));
    await putImage(`http://${lab.host}`, 'private/two', ['1.0'], 'two', await token('private/two'));
    server.granted.length = 0;
  });
  after(async () => {
    await server?.stop();
    await lab?.stop();
  });

  it('lets anyone read what is public', async () => {
    const found = await probeRegistry(lab.host, { credentials: noCredentials });
    assert.equal(found.access, 'anonymous');
    const client = labClient({ address: found.address });
    assert.deepEqual((await collect(client.tags('public/one', signal))).sort(), ['1.0', '2.0']);
    await assert.rejects(collect(client.tags('private/two', signal)), { code: 'unauthorized' });
    await assert.rejects(collect(client.repositories(signal)), { code: 'unauthorized' });
    client.dispose();
  });

  it('gives the owner everything, with one token for each need', async () => {
    const client = labClient({ address: { host: lab.host, scheme: 'http' }, credentials: alice });
    server.granted.length = 0;
    assert.deepEqual(await collect(client.repositories(signal)), ['private/two', 'public/one']);
    const tags = await collect(client.tags('public/one', signal));
    await Promise.all(tags.map((tag) => client.head('public/one', tag, signal)));
    assert.deepEqual(
      server.granted.map(({ scopes }) => scopes),
      [['registry:catalog:*'], ['repository:public/one:pull']],
    );
    await client.untag('public/one', '2.0', signal);
    assert.deepEqual(await collect(client.tags('public/one', signal)), ['1.0']);
    client.dispose();
  });

  it('tells an account without the right so', async () => {
    const bob = fixedCredentials({ username: 'bob', password: 'hunter2', source: 'test' });
    const client = labClient({ address: { host: lab.host, scheme: 'http' }, credentials: bob });
    await assert.rejects(collect(client.repositories(signal)), { code: 'no-catalog' });
    const { digest } = await client.head('public/one', '1.0', signal);
    await assert.rejects(client.deleteManifest('public/one', digest, signal), { code: 'forbidden' });
    client.dispose();
  });

  it('refuses a wrong password', async () => {
    const wrong = fixedCredentials({ username: 'bob', password: 'wrong', source: 'test' });
    await assert.rejects(probeRegistry(lab.host, { credentials: wrong }), { code: 'login-failed' });
  });

  it('exchanges an identity token', async () => {
    const credentials = fixedCredentials({ identityToken: 'refresh-of-alice', source: 'test' });
    const client = labClient({ address: { host: lab.host, scheme: 'http' }, credentials });
    server.granted.length = 0;
    assert.deepEqual(await collect(client.tags('private/two', signal)), ['1.0']);
    assert.deepEqual(
      server.granted.map(({ grant }) => grant),
      ['refresh_token'],
    );
    client.dispose();
  });
});
