import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { putIndex, putOciImage, putTwoPlatforms } from './content.ts';
import { type Bench, benchOf } from './editing.ts';
import { collect, type Lab, signal, startLab, whyNoLab } from './lab.ts';

describe('deleting from a real registry', function () {
  this.timeout(60_000);
  let lab: Lab;
  let bench: Bench;
  let url: string;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    lab = await startLab();
    url = `http://${lab.host}`;
    bench = benchOf(lab);
  });
  after(async () => {
    bench?.dispose();
    await lab?.stop();
  });

  const place = (repository: string) => ({ registry: lab.host, repository });
  const tags = async (repository: string) => {
    const client = bench.clients[0];
    return client ? (await collect(client.tags(repository, signal))).sort() : [];
  };

  it('finds all tags of a digest, with its signature, and deletes exactly these', async () => {
    const image = await putOciImage(url, 'team/app', ['1.0', '1', 'latest'], { layers: [randomBytes(100)] });
    await putOciImage(url, 'team/app', ['2.0'], { layers: [randomBytes(100)] });
    const signature = `${image.digest.replace(':', '-')}.sig`;
    await putOciImage(url, 'team/app', [signature], { layers: [randomBytes(50)] });
    const counts: string[] = [];
    const [deletion, ...others] = await bench.editing.planDeletion(
      place('team/app'),
      ['1.0', 'latest'],
      signal,
      (done, total) => counts.push(`${done}/${total}`),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(deletion, {
      digest: image.digest,
      tags: ['1', '1.0', 'latest'],
      attached: [signature],
      heldBy: [],
    });
    assert.equal(counts.at(-1), '5/5');
    await bench.editing.remove(place('team/app'), deletion ?? assert.fail(), signal);
    assert.deepEqual(await tags('team/app'), ['2.0']);
  });

  it('knows which index needs an image', async () => {
    const index = await putTwoPlatforms(url, 'multi/app', ['1.0', 'latest'], 100);
    const [child] = index.children;
    assert.ok(child);
    const [deletion] = await bench.editing.planDeletion(place('multi/app'), [child.digest], signal);
    assert.deepEqual(deletion?.heldBy, ['1.0', 'latest']);
    const both = await bench.editing.planDeletion(place('multi/app'), [child.digest, '1.0'], signal);
    assert.deepEqual(
      both.map(({ heldBy }) => heldBy),
      [[], []],
      'with the index itself, nothing is left with a hole',
    );
  });

  it('takes one tag away and leaves its siblings', async () => {
    await putOciImage(url, 'untag/app', ['a', 'b'], { layers: [randomBytes(100)] });
    await bench.editing.untag({ ...place('untag/app'), tag: 'a' }, signal);
    assert.deepEqual(await tags('untag/app'), ['b']);
  });

  it('cleans up by rule: what the plan lists goes, and nothing else', async () => {
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const put = (tag: string[], days: number) =>
      putOciImage(url, 'clean/app', tag, { created: day(days), layers: [randomBytes(100)] });
    const shared = await put(['build-1', 'stable'], 90);
    const old = await put(['build-2', 'build-2b'], 80);
    await put(['build-3'], 70);
    await put(['build-4'], 10);
    await put(['build-5'], 5);
    await put(['latest'], 100);
    await putOciImage(url, 'clean/app', ['build-0'], { created: '1970-01-01T00:00:00Z', layers: [randomBytes(100)] });
    const signature = `${old.digest.replace(':', '-')}.sig`;
    await putOciImage(url, 'clean/app', [signature], { layers: [randomBytes(50)] });
    const held = await put(['build-part'], 85);
    await putIndex(url, 'clean/app', ['all'], [held]);

    const rule = { keep: 1, olderThanDays: 30, match: 'build-*', protect: ['build-3'] };
    const plan = await bench.editing.plan(place('clean/app'), rule, signal);
    assert.deepEqual(plan.tags.map(({ tag }) => tag).sort(), ['build-1', 'build-2', 'build-2b', 'build-part']);
    assert.deepEqual(plan.digests, [{ digest: old.digest, tags: ['build-2b', 'build-2'], attached: [signature] }]);
    assert.deepEqual(
      plan.untagged.map(({ tag, digest, because }) => ({ tag, digest, because })),
      [
        { tag: 'build-part', digest: held.digest, because: ['all'] },
        { tag: 'build-1', digest: shared.digest, because: ['stable'] },
      ],
    );
    assert.deepEqual(plan.undated, ['build-0']);

    const report = await bench.editing.cleanUp(place('clean/app'), plan, signal);
    assert.deepEqual(report.failed, []);
    assert.deepEqual(await tags('clean/app'), ['all', 'build-0', 'build-3', 'build-4', 'build-5', 'latest', 'stable']);
    const again = await bench.editing.plan(place('clean/app'), rule, signal);
    assert.deepEqual(again.tags, []);
  });
});

describe('deleting where deletion is off', function () {
  this.timeout(30_000);
  let lab: Lab;
  let bench: Bench;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    lab = await startLab({ deletion: false });
    bench = benchOf(lab);
  });
  after(async () => {
    bench?.dispose();
    await lab?.stop();
  });

  it('says which setting allows it and what frees the space, and changes nothing', async () => {
    const image = await putOciImage(`http://${lab.host}`, 'team/app', ['1.0', 'old'], {
      created: '2020-01-01T00:00:00Z',
      layers: [randomBytes(100)],
    });
    const place = { registry: lab.host, repository: 'team/app' };
    const explained = {
      code: 'deletion-disabled',
      message: /storage\.delete\.enabled.*REGISTRY_STORAGE_DELETE_ENABLED.*garbage-collect/,
    };
    const [deletion] = await bench.editing.planDeletion(place, [image.digest], signal);
    await assert.rejects(bench.editing.remove(place, deletion ?? assert.fail(), signal), explained);
    const plan = await bench.editing.plan(place, { olderThanDays: 1 }, signal);
    await assert.rejects(bench.editing.cleanUp(place, plan, signal), explained);
    assert.equal((await bench.clients[0]?.head('team/app', '1.0', signal))?.digest, image.digest);
  });
});
