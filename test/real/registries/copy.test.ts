import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { fixedCredentials } from '../../../src/registry/auth/credentials.ts';
import { copyImage } from '../../../src/registry/change/copy/oneImage.ts';
import { until } from '../../parts/until.ts';
import { type Entry, openUploads, putIndex, putOciImage, putTwoPlatforms, uploadIsOpen } from './content.ts';
import { type Bench, benchOf, benchWith, notesOf } from './editing.ts';
import { type Lab, labClient, signal, startLab, temporaryFolder, whyNoLab } from './lab.ts';
import { startTokenServer, type TokenServer } from './tokenServer.ts';

describe('copying between real registries', function () {
  this.timeout(60_000);
  let one: Lab;
  let two: Lab;
  let bench: Bench;
  let index: Entry & { children: Entry[] };

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    [one, two] = await Promise.all([startLab(), startLab()]);
    bench = benchOf(one, two);
    index = await putTwoPlatforms(`http://${one.host}`, 'team/app', ['1.0'], 3_000_000);
  });
  after(async () => {
    bench?.dispose();
    await Promise.all([one?.stop(), two?.stop()]);
  });

  /** A repository with nothing in it. */
  const empty = (name: string) => `${name}-${Date.now().toString(36)}`;
  const from = (repository = 'team/app') => ({ registry: one.host, repository, reference: '1.0' });

  it('retags without moving anything, and the digest stays', async () => {
    const sent = bench.log.length;
    const { digest } = await bench.editing.retag(from(), 'stable', signal);
    assert.equal(digest, index.digest);
    assert.equal((await bench.clients[0]?.head('team/app', 'stable', signal))?.digest, index.digest);
    assert.deepEqual(
      bench.log.slice(sent).filter((line) => /blobs|POST|PATCH/.test(line)),
      [],
    );
  });

  it('promotes inside one registry by mounting every blob', async () => {
    const to = { registry: one.host, repository: empty('prod/app'), tag: '1.0' };
    const result = await bench.editing.copy(from(), to, {}, signal);
    assert.equal(result.digest, index.digest);
    assert.deepEqual(result.blobs, { sent: 0, mounted: 5, present: 0 });
    assert.equal(result.bytes, 0);
    assert.deepEqual(openUploads(one.folder, to.repository), []);
  });

  it('copies an index with all platforms to another registry, byte for byte, and again for nothing', async () => {
    const to = { registry: two.host, repository: empty('mirror/app'), tag: 'v1' };
    const seen: { done: number; total: number }[] = [];
    const result = await bench.editing.copy(from(), to, { onProgress: (at) => seen.push(at) }, signal);
    assert.equal(result.digest, index.digest);
    assert.deepEqual(result.blobs, { sent: 5, mounted: 0, present: 0 });
    assert.deepEqual(seen.at(-1), { done: result.bytes, total: result.bytes });
    for (const { digest } of index.children) {
      assert.equal((await bench.clients[1]?.head(to.repository, digest, signal))?.digest, digest);
    }
    assert.deepEqual(openUploads(two.folder, to.repository), []);
    const again = await bench.editing.copy(from(), to, {}, signal);
    assert.deepEqual(again.blobs, { sent: 0, mounted: 0, present: 5 });
  });

  it('takes signatures, SBOM tags and referrers along when they are wanted', async () => {
    const url = `http://${one.host}`;
    const image = await putOciImage(url, 'signed/app', ['1.0'], { layers: [randomBytes(1000)] });
    const hex = image.digest.replace(':', '-');
    const signature = await putOciImage(url, 'signed/app', [`${hex}.sig`], { layers: [randomBytes(100)] });
    const sbom = await putOciImage(url, 'signed/app', [], {
      layers: [randomBytes(100)],
      subject: image,
      artifactType: 'application/spdx+json',
    });
    // docker-registry 2.8 has no referrers API: the list is an index under a tag.
    await putIndex(url, 'signed/app', [hex], [sbom]);
    const to = { registry: two.host, repository: 'signed/app', tag: '1.0' };
    const bare = await bench.editing.copy(from('signed/app'), to, {}, signal);
    assert.deepEqual(bare.referrers, []);
    const whole = await bench.editing.copy(from('signed/app'), to, { referrers: true }, signal);
    assert.deepEqual(whole.referrers.sort(), [signature.digest, sbom.digest].sort());
    const there = await bench.clients[1]?.referrers('signed/app', image.digest, signal);
    assert.deepEqual(
      there?.map(({ digest }) => digest),
      [sbom.digest],
    );
    assert.equal((await bench.clients[1]?.head('signed/app', `${hex}.sig`, signal))?.digest, signature.digest);
  });

  it('leaves no upload behind when it is cancelled, and a second run completes it', async () => {
    const slow = await slowed(one, 4_000_000);
    const to = { registry: two.host, repository: empty('cancelled/app'), tag: '1.0' };
    const paced = benchOf({ ...one, host: slow.host }, two);
    try {
      const stop = new AbortController();
      const copying = paced.editing.copy(
        { ...from(), registry: slow.host },
        to,
        { onProgress: ({ done }) => done > 2_000_000 && stop.abort() },
        stop.signal,
      );
      await assert.rejects(copying, { name: 'Cancelled' });
      assert.ok(paced.log.some((line) => line.startsWith('PATCH')));
      assert.deepEqual(
        openUploads(two.folder, to.repository).filter((id) => uploadIsOpen(two.folder, to.repository, id)),
        [],
      );
      assert.deepEqual(readdirSync(notesOf(one)), [], 'no note is left when the uploads are gone');
      await assert.rejects(bench.clients[1]?.head(to.repository, '1.0', signal) ?? Promise.resolve(), {
        code: 'not-found',
      });
      assert.equal((await bench.editing.copy(from(), to, {}, signal)).digest, index.digest);
    } finally {
      paced.dispose();
      await slow.stop();
    }
  });

  it('ends its uploads when the source breaks off, after one more try', async () => {
    const broken = await slowed(one, 4_000_000, 500_000);
    const paced = benchOf({ ...one, host: broken.host }, two);
    const to = { registry: two.host, repository: 'broken/app', tag: '1.0' };
    try {
      await assert.rejects(paced.editing.copy({ ...from(), registry: broken.host }, to, {}, signal), {
        code: 'connection-lost',
      });
      assert.deepEqual(
        openUploads(two.folder, to.repository).filter((id) => uploadIsOpen(two.folder, to.repository, id)),
        [],
      );
    } finally {
      paced.dispose();
      await broken.stop();
    }
  });

  /** Starts a copy into `two` in a process of its own, and kills that in the middle. */
  async function killed(repository: string, ...more: string[]): Promise<void> {
    const slow = await slowed(one, 3_000_000);
    try {
      const program = join(import.meta.dirname, 'copyChild.ts');
      const child = spawn(process.execPath, [program, slow.host, two.host, repository, notesOf(one), ...more], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (text) => Number(String(text).trim().split('\n').at(-1)) > 1_000_000 && resolve());
      });
      assert.ok(stillOpen(repository).length > 0, 'uploads are open at that moment');
      child.kill('SIGKILL');
      await ended;
      await until('the copy to end', async () => more.length === 0 || readdirSync(notesOf(one)).length === 0);
    } finally {
      await slow.stop();
    }
  }
  const stillOpen = (repository: string) =>
    openUploads(two.folder, repository).filter((id) => uploadIsOpen(two.folder, repository, id));

  it('leaves no upload behind when its process is killed, and a second run completes it', async () => {
    await putTwoPlatforms(`http://${one.host}`, 'killed/app', ['1.0'], 3_000_000);
    await killed('killed/app', 'apart');
    assert.deepEqual(stillOpen('killed/app'), []);
    const to = { registry: two.host, repository: 'killed/app', tag: '1.0' };
    const apart = benchWith({ apart: true }, one, two);
    try {
      const result = await apart.editing.copy(from('killed/app'), to, {}, signal);
      assert.equal((await bench.clients[1]?.head('killed/app', '1.0', signal))?.digest, result.digest);
    } finally {
      apart.dispose();
    }
  });

  it('goes on after it was killed where it ran in the same process, and forgets what that one noted', async () => {
    await killed('team/app');
    assert.ok(readdirSync(notesOf(one)).length > 0, 'the process had noted its uploads');
    const to = { registry: two.host, repository: 'team/app', tag: '1.0' };
    const result = await bench.editing.copy(from(), to, {}, signal);
    assert.equal(result.digest, index.digest);
    assert.deepEqual(readdirSync(notesOf(one)), []);
  });

  it('runs in a process of its own: progress, result, failure and cancellation come through', async () => {
    const apart = benchWith({ apart: true }, one, two);
    const slow = await slowed(one, 3_000_000);
    const paced = benchWith({ apart: true }, { ...one, host: slow.host }, two);
    try {
      const to = { registry: two.host, repository: 'apart/app', tag: '1.0' };
      const seen: number[] = [];
      const stop = new AbortController();
      const cancelled = paced.editing.copy(
        { ...from(), registry: slow.host },
        to,
        { onProgress: ({ done }) => done > 1_000_000 && stop.abort() },
        stop.signal,
      );
      await assert.rejects(cancelled, { name: 'Cancelled' });
      assert.deepEqual(stillOpen('apart/app'), []);
      const result = await apart.editing.copy(from(), to, { onProgress: ({ done }) => seen.push(done) }, signal);
      assert.equal(result.digest, index.digest);
      assert.ok(seen.length > 0);
      assert.ok(apart.log.some((line) => line.startsWith('PUT')));
      await assert.rejects(apart.editing.copy({ ...from(), reference: 'none' }, to, {}, signal), {
        name: 'RegistryError',
        code: 'not-found',
        status: 404,
      });
      const nowhere = { registry: 'localhost:1', repository: 'x', tag: '1' };
      await assert.rejects(apart.editing.copy(from(), nowhere, {}, signal), /not on the bench/);
    } finally {
      apart.dispose();
      paced.dispose();
      await slow.stop();
    }
  });

  it('says which registry refuses content that is not what its digest names', async () => {
    const evil = await slowed(one, Number.POSITIVE_INFINITY, undefined, true);
    const client = labClient({ address: { host: evil.host, scheme: 'http' } });
    const paced = benchOf({ ...one, host: evil.host }, two);
    try {
      const to = { registry: two.host, repository: 'evil/app', tag: '1.0' };
      await assert.rejects(paced.editing.copy({ ...from(), registry: evil.host }, to, {}, signal), {
        code: 'digest-mismatch',
      });
      assert.deepEqual(
        openUploads(two.folder, to.repository).filter((id) => uploadIsOpen(two.folder, to.repository, id)),
        [],
      );
    } finally {
      client.dispose();
      paced.dispose();
      await evil.stop();
    }
  });
});

describe('copying with tokens', function () {
  this.timeout(60_000);
  let source: Lab;
  let lab: Lab;
  let server: TokenServer;
  let index: Entry;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    // Only root may delete.
    server = await startTokenServer(folder, { alice: 's3cret', root: 's3cret' }, (account) =>
      account === 'root' ? ['pull', 'push', 'delete'] : account === 'alice' ? ['pull', 'push'] : [],
    );
    const token = { realm: server.realm, service: 'lab', issuer: 'lab-issuer', rootcertbundle: server.certificate };
    [source, lab] = await Promise.all([startLab(), startLab({ folder, auth: { token } })]);
    index = await putTwoPlatforms(`http://${source.host}`, 'team/app', ['1.0'], 3_000_000);
  });
  after(async () => {
    await Promise.all([source?.stop(), lab?.stop(), server?.stop()]);
  });

  const clientOf = (username: string) =>
    labClient({
      address: { host: lab.host, scheme: 'http' },
      credentials: fixedCredentials({ username, password: 's3cret', source: 'test' }),
    });

  it('mounts with a token for both repositories', async () => {
    const client = clientOf('alice');
    const from = labClient({ address: { host: source.host, scheme: 'http' } });
    const team = { client, repository: 'team/app' };
    await copyImage(
      {
        from: { client: from, repository: 'team/app', reference: '1.0' },
        to: { ...team, tag: '1.0' },
        sameRegistry: false,
        referrers: false,
      },
      signal,
    );
    const result = await copyImage(
      {
        from: { ...team, reference: '1.0' },
        to: { client, repository: 'prod/app', tag: '1.0' },
        sameRegistry: true,
        referrers: false,
      },
      signal,
    );
    assert.equal(result.digest, index.digest);
    assert.deepEqual(result.blobs, { sent: 0, mounted: 5, present: 0 });
    assert.ok(server.granted.some(({ scopes }) => scopes.length === 2));
    client.dispose();
    from.dispose();
  });

  for (const username of ['root', 'alice']) {
    it(`leaves no upload open for an account that may ${username === 'root' ? '' : 'not '}delete`, async () => {
      const slow = await slowed(source, 4_000_000);
      const client = clientOf(username);
      const from = labClient({ address: { host: slow.host, scheme: 'http' } });
      const repository = `cancelled/${username}`;
      const stop = new AbortController();
      try {
        const copying = copyImage(
          {
            from: { client: from, repository: 'team/app', reference: '1.0' },
            to: { client, repository, tag: '1.0' },
            sameRegistry: false,
            referrers: false,
            onProgress: ({ done }) => done > 1_000_000 && stop.abort(),
          },
          stop.signal,
        );
        await assert.rejects(copying, { name: 'Cancelled' });
        const left = openUploads(lab.folder, repository).filter((id) => uploadIsOpen(lab.folder, repository, id));
        assert.deepEqual(left, []);
      } finally {
        client.dispose();
        from.dispose();
        await slow.stop();
      }
    });
  }
});

/**
 * A registry in front of another one that sends blobs at so many bytes a second, breaks off after some bytes, or turns the
 * last one around.
 */
async function slowed(
  lab: Lab,
  rate: number,
  breakAfter?: number,
  flip = false,
): Promise<{ host: string; stop(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    const onward = http.request(
      { host: 'localhost', port: lab.port, path: request.url, method: request.method, headers: request.headers },
      async (answer) => {
        const isBlob = request.method === 'GET' && request.url?.includes('/blobs/');
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        let sent = 0;
        const size = Number(answer.headers['content-length'] ?? 0);
        for await (const piece of answer as AsyncIterable<Buffer>) {
          sent += piece.length;
          if (isBlob && breakAfter !== undefined && sent > breakAfter) {
            response.destroy();
            return;
          }
          if (isBlob && flip && sent === size) {
            piece[piece.length - 1] = (piece.at(-1) ?? 0) ^ 1;
          }
          response.write(piece);
          if (isBlob && Number.isFinite(rate)) {
            await new Promise((resolve) => setTimeout(resolve, (piece.length / rate) * 1000));
          }
        }
        response.end();
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `localhost:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
