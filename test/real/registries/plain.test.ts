import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { probeRegistry } from '../../../src/registry/known/probe.ts';
import type { RegistryClient } from '../../../src/registry/types.ts';
import { digestOf, type Filled, putImage } from './fill.ts';
import { collect, type Lab, labClient, noCertificates, noCredentials, signal, startLab, whyNoLab } from './lab.ts';

describe('a real registry over plain http', function () {
  this.timeout(30_000);
  let lab: Lab;
  let client: RegistryClient;
  let one: Filled;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    lab = await startLab();
    const url = `http://${lab.host}`;
    one = await putImage(url, 'team/one', ['1.0', '1.10', '1.9', 'latest'], 'one');
    await putImage(url, 'team/two', ['a'], 'two');
    client = labClient({ address: { host: lab.host, scheme: 'http' } });
  });
  after(async () => {
    client?.dispose();
    await lab?.stop();
  });

  it('is found without a scheme, and says so', async () => {
    const found = await probeRegistry(`${lab.host}/`, { credentials: noCredentials, certificates: noCertificates });
    assert.deepEqual(found.address, { host: lab.host, scheme: 'http' });
    assert.equal(found.access, 'open');
    assert.deepEqual(
      found.steps.map(({ step, state }) => `${step} ${state}`),
      ['name ok', 'port ok', 'tls skipped', 'api ok', 'login ok'],
    );
  });

  it('is found from the address of one of its pages', async () => {
    const found = await probeRegistry(`http://${lab.host}/v2/_catalog?n=10`, { credentials: noCredentials });
    assert.deepEqual(found.address, { host: lab.host, scheme: 'http' });
  });

  it('is not found when https is asked for', async () => {
    await assert.rejects(probeRegistry(`https://${lab.host}`, { credentials: noCredentials }), {
      name: 'ProbeError',
      code: 'plain-http',
    });
  });

  it('lists repositories and tags', async () => {
    assert.deepEqual(await collect(client.repositories(signal)), ['team/one', 'team/two']);
    assert.deepEqual((await collect(client.tags('team/one', signal))).sort(), ['1.0', '1.10', '1.9', 'latest']);
    await assert.rejects(collect(client.tags('team/none', signal)), { code: 'not-found' });
  });

  it('reads manifest, head and configuration with the right digests', async () => {
    const head = await client.head('team/one', 'latest', signal);
    assert.equal(head.digest, one.digest);
    const manifest = await client.manifest('team/one', 'latest', signal);
    assert.equal(manifest.digest, digestOf(manifest.bytes));
    assert.ok(manifest.content.kind === 'image');
    assert.equal(manifest.content.layers[0]?.size, one.layerSize);
    const config = await client.config('team/one', one.configDigest, signal);
    assert.deepEqual(config.platform, { os: 'linux', architecture: 'amd64' });
    assert.deepEqual(config.labels, { about: 'one' });
    assert.equal(config.created, Date.parse('2026-01-02T03:04:05Z'));
    assert.deepEqual(
      config.history.map(({ empty }) => empty),
      [false, true],
    );
    assert.deepEqual(await client.referrers('team/one', one.digest, signal), []);
  });

  it('takes one tag away and leaves its siblings', async () => {
    await client.untag('team/one', '1.9', signal);
    assert.deepEqual((await collect(client.tags('team/one', signal))).sort(), ['1.0', '1.10', 'latest']);
    assert.equal((await client.head('team/one', '1.0', signal)).digest, one.digest);
  });

  it('deletes a digest with all its tags', async () => {
    await client.deleteManifest('team/one', one.digest, signal);
    assert.deepEqual(await collect(client.tags('team/one', signal)), []);
    await assert.rejects(client.deleteManifest('team/one', one.digest, signal), { code: 'not-found' });
    await assert.rejects(client.untag('team/one', 'latest', signal), { code: 'not-found' });
  });
});

describe('a real registry with deletion off', function () {
  this.timeout(30_000);
  let lab: Lab;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    lab = await startLab({ deletion: false });
  });
  after(() => lab?.stop());

  it('says so, and the tag stays with its image', async () => {
    const { digest } = await putImage(`http://${lab.host}`, 'team/one', ['1.0'], 'one');
    const client = labClient({ address: { host: lab.host, scheme: 'http' } });
    await assert.rejects(client.deleteManifest('team/one', digest, signal), { code: 'deletion-disabled', status: 405 });
    await assert.rejects(client.untag('team/one', '1.0', signal), { code: 'deletion-disabled' });
    assert.equal((await client.head('team/one', '1.0', signal)).digest, digest);
    client.dispose();
  });
});
