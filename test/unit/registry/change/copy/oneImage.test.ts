// Copies between registries that misbehave in known ways; real registries are in test/real/registry/copy.test.ts.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { createRegistryClient } from '../../../../../src/registry/api/client.ts';
import { copyImage } from '../../../../../src/registry/change/copy/oneImage.ts';
import type { CopyResult } from '../../../../../src/registry/change/copy/types.ts';
import type { RegistryClient, Timeouts } from '../../../../../src/registry/types.ts';
import { type Hook, type MemoryRegistry, startMemoryRegistry } from '../../../../parts/registry/inMemory.ts';
import { signal } from '../../../../parts/registry/odd/client.ts';

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  foreign: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
};

describe('copying an image', () => {
  const running: { registry: MemoryRegistry; client: RegistryClient }[] = [];
  afterEach(async () => {
    for (const { registry, client } of running.splice(0)) {
      client.dispose();
      await registry.stop();
    }
  });

  async function start(options: Parameters<typeof startMemoryRegistry>[0] = {}, timeouts: Partial<Timeouts> = {}) {
    const registry = await startMemoryRegistry(options);
    const client = createRegistryClient({
      address: { host: registry.host, scheme: 'http' },
      credentials: { find: () => Promise.resolve(undefined) },
      certificates: () => Promise.resolve({ ca: [], problems: [] }),
      wait: () => Promise.resolve(),
      timeouts,
    });
    running.push({ registry, client });
    return { registry, client };
  }

  /** One image of one layer, under tag 1. */
  function fill(registry: MemoryRegistry, more: object = {}, layers: object[] = []): string {
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', ...registry.putBlob('{"os":"linux"}') };
    const layer = { mediaType: types.layer, ...registry.putBlob('layer '.repeat(50_000)) };
    const manifest = { schemaVersion: 2, mediaType: types.manifest, config, layers: [layer, ...layers], ...more };
    return registry.putManifest('app', ['1'], manifest);
  }

  type Started = Awaited<ReturnType<typeof start>>;
  const copy = (from: Started, to: Started, referrers = false): Promise<CopyResult> =>
    copyImage(
      {
        from: { client: from.client, repository: 'app', reference: '1' },
        to: { client: to.client, repository: 'copy', tag: '1' },
        sameRegistry: from === to,
        referrers,
      },
      signal,
    );

  it('sends each blob as POST, PATCH and PUT, and the tag last', async () => {
    const [from, to] = [await start(), await start()];
    const digest = fill(from.registry);
    assert.equal((await copy(from, to)).digest, digest);
    const steps = to.registry.requests.map((line) => line.replace(/sha256:\w+|[\da-f-]{36}/g, 'X').replace(/\?.*/, ''));
    assert.equal(steps.filter((step) => step === 'PATCH /v2/copy/blobs/uploads/X').length, 2);
    assert.deepEqual(steps.slice(-2), ['PUT /v2/copy/manifests/1', 'HEAD /v2/copy/manifests/1']);
    assert.equal(to.registry.uploads.size, 0);
  });

  it('keeps its login and its blobs at the registry when that names its uploads otherwise', async () => {
    const from = await start();
    const to = await start({ location: (path) => `https://registry.internal${path}?_state=abc` });
    fill(from.registry);
    await copy(from, to);
    assert.ok(to.registry.requests.some((line) => /^PATCH .*_state=abc/.test(line)));
  });

  it('refuses an upload without a place, or at a place that is no registry', async () => {
    for (const [location, code] of [
      ['', 'bad-answer'],
      ['https://elsewhere.example/steal', 'unsafe-redirect'],
    ] as const) {
      const [from, to] = [await start(), await start({ location: () => location })];
      fill(from.registry);
      await assert.rejects(copy(from, to), { code });
    }
  });

  it('tries a blob once more after a passing failure, and takes the first upload away', async () => {
    for (const status of [500, 401]) {
      let failures = 1;
      const hook: Hook = (request, response) => {
        if (request.method !== 'PATCH' || failures === 0) {
          return false;
        }
        failures -= 1;
        request.resume().on('end', () => response.writeHead(status).end());
        return true;
      };
      const [from, to] = [await start(), await start({ hook })];
      const digest = fill(from.registry);
      assert.equal((await copy(from, to)).digest, digest, String(status));
      assert.ok(to.registry.requests.some((line) => line.startsWith('DELETE')));
      assert.equal(to.registry.uploads.size, 0);
    }
  });

  it('ends when the target answers before it has read the blob', async () => {
    const hook: Hook = (request, response) => {
      if (request.method !== 'PATCH') {
        return false;
      }
      response.writeHead(413).end('too large');
      return true;
    };
    const [from, to] = [await start(), await start({ hook })];
    fill(from.registry);
    await assert.rejects(copy(from, to), { code: 'bad-answer', status: 413 });
    assert.equal(to.registry.uploads.size, 0);
  });

  it('does not wait for ever for a target that takes next to nothing, and takes its uploads away', async () => {
    // Takes a few bytes now and then: what the two systems hold between them is full after some megabytes.
    const hook: Hook = (request) => {
      if (request.method !== 'PATCH') {
        return false;
      }
      const taking = setInterval(() => request.read(1), 5);
      request.on('close', () => clearInterval(taking)).pause();
      return true;
    };
    const [from, to] = [await start(), await start({ hook }, { body: 400 })];
    const config = { mediaType: types.layer, ...from.registry.putBlob(Buffer.alloc(20_000_000)) };
    from.registry.putManifest('app', ['1'], { schemaVersion: 2, mediaType: types.manifest, config, layers: [] });
    await assert.rejects(copy(from, to), { code: 'timeout', message: /too slowly/ });
    assert.equal(to.registry.uploads.size, 0);
  }).timeout(20_000);

  it('opens no upload for a blob whose digest cannot be checked', async () => {
    const [from, to] = [await start(), await start()];
    // Nothing says that a digest is of an algorithm that is known everywhere.
    fill(from.registry, {}, [{ mediaType: types.layer, digest: `blake3:${'a'.repeat(64)}`, size: 10 }]);
    await assert.rejects(copy(from, to), { code: 'cannot-copy', message: /blake3:a+ cannot be copied/ });
    assert.equal(to.registry.uploads.size, 0);
    assert.ok(!to.registry.manifests.has('copy:1'));
  });

  it('does not believe a registry that gives the copy another digest', async () => {
    const hook: Hook = (request, response) => {
      if (request.method !== 'HEAD' || !request.url?.includes('/manifests/')) {
        return false;
      }
      response.writeHead(200, { 'Docker-Content-Digest': `sha256:${'0'.repeat(64)}` }).end();
      return true;
    };
    const [from, to] = [await start(), await start({ hook })];
    fill(from.registry);
    await assert.rejects(copy(from, to), { code: 'digest-mismatch' });
  });

  it('leaves out layers that only their owner may give', async () => {
    const [from, to] = [await start(), await start()];
    const foreign = {
      mediaType: types.foreign,
      digest: `sha256:${'f'.repeat(64)}`,
      size: 9,
      urls: ['https://x.invalid'],
    };
    fill(from.registry, {}, [foreign]);
    assert.equal((await copy(from, to)).blobs.sent, 2);
  });

  it('names the platform that an index has lost, and sets no tag', async () => {
    const [from, to] = [await start(), await start()];
    const digest = fill(from.registry);
    const lost = { mediaType: types.manifest, digest: `sha256:${'a'.repeat(64)}`, size: 9 };
    const child = { mediaType: types.manifest, digest, size: 1 };
    from.registry.putManifest('app', ['1'], {
      schemaVersion: 2,
      mediaType: types.index,
      manifests: [
        { ...child, platform: { os: 'linux', architecture: 'amd64' } },
        { ...lost, platform: { os: 'linux', architecture: 's390x' } },
      ],
    });
    await assert.rejects(copy(from, to), { code: 'incomplete-image', message: /linux\/s390x/ });
    assert.ok(!to.registry.manifests.has('copy:1'));
  });

  it('lets a registry that lists referrers do so, and keeps the list itself elsewhere', async () => {
    for (const subjects of [true, false]) {
      const [from, to] = [await start({ subjects: true }), await start({ subjects })];
      const digest = fill(from.registry);
      const subject = { mediaType: types.manifest, digest, size: 1 };
      const config = { mediaType: 'application/vnd.oci.empty.v1+json', ...from.registry.putBlob('{}') };
      const signature = from.registry.putManifest('app', [], {
        ...{ schemaVersion: 2, mediaType: types.manifest, artifactType: 'application/vnd.example.signature' },
        ...{ config, layers: [], subject },
      });
      const result = await copy(from, to, true);
      assert.deepEqual(result.referrers, [signature]);
      assert.ok(to.registry.manifests.has(`copy@${signature}`));
      assert.equal(to.registry.manifests.has(`copy:${digest.replace(':', '-')}`), !subjects);
      const listed = await to.client.referrers('copy', digest, signal);
      assert.deepEqual(
        listed.map((entry) => entry.digest),
        [signature],
      );
    }
  });

  it('sends nothing where the blobs are there already', async () => {
    const one = await start();
    fill(one.registry);
    const result = await copy(one, one);
    // The registry in memory has its blobs for all repositories.
    assert.deepEqual(result.blobs, { sent: 0, mounted: 0, present: 2 });
  });
});
