// Changing what is in registries, as another extension would: every command with options, on real registries.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { api, command, ours, registry } from './support.ts';

describe('changes in registries', () => {
  const auth = {
    address: process.env.DOCKNOTES_TEST_REGISTRY_AUTH ?? '',
    username: process.env.DOCKNOTES_TEST_REGISTRY_USER ?? '',
    password: process.env.DOCKNOTES_TEST_REGISTRY_PASSWORD ?? '',
  };

  it('retag, copy, promote, delete and clean up; the digest stays', async () => {
    const repository = `${ours('team')}/app`;
    const name = `${registry()}/${repository}`;
    await command('addRegistry', registry(), {});
    await command('addRegistry', auth.address, { username: auth.username, password: auth.password });
    await command('tagImage', 'busybox', { ref: `${name}:1` });
    try {
      const { digest } = await command('pushImage', `${name}:1`, {});
      const tags = async (address = registry(), of = repository) => (await (await api()).tags(address, of)).names;

      assert.deepEqual(await command('retagTag', `${name}:1`, { tag: '2' }), { ref: `${name}:2`, digest });
      assert.deepEqual(await tags(), ['2', '1']);

      const promoted = await command('copyTag', `${name}:1`, { to: `${registry()}/${repository}-prod:1` });
      assert.equal(promoted.digest, digest);
      assert.equal(promoted.bytes, 0, 'blobs are mounted inside one registry');
      assert.ok(promoted.blobs.mounted > 0);

      const there = `${auth.address}/${repository}:1`;
      const copied = await command('copyTag', `${name}:1`, { to: there, referrers: true });
      assert.equal(copied.digest, digest);
      assert.equal(copied.ref, there);
      assert.ok(copied.bytes > 0 && copied.blobs.sent > 0);
      assert.equal((await command('copyTag', `${name}:1`, { to: there })).blobs.present, copied.blobs.sent);

      assert.deepEqual(await command('deleteTag', `${name}:1`, {}), { refs: [`${name}:1`] });
      assert.deepEqual(await tags(), ['2'], 'the sibling stays');

      await command('retagTag', `${name}:2`, { tag: 'stable' });
      const preview = await command('cleanUpRepository', name, { keep: 0, match: '2', preview: true });
      assert.deepEqual([preview.tags, preview.digests], [['2'], []], 'stable keeps the image');
      assert.deepEqual(await tags(), ['2', 'stable'], 'a preview changes nothing');
      const cleaned = await command('cleanUpRepository', name, { keep: 0, match: '2' });
      assert.deepEqual([cleaned.tags, cleaned.kept, cleaned.failed], [['2'], 1, []]);

      assert.deepEqual(await command('deleteManifest', `${name}:stable`, {}), { digests: [digest], tags: ['stable'] });
      assert.deepEqual(await tags(), []);
    } finally {
      await command('removeImage', `${name}:1`, {});
      await command('removeRegistry', auth.address, {});
      await command('removeRegistry', registry(), {});
    }
  });

  it('say what is wrong, and change nothing', async () => {
    await command('addRegistry', registry(), {});
    const name = `${registry()}/${ours('none')}/app`;
    const failing: [Promise<unknown>, RegExp][] = [
      [command('retagTag', `${name}:1`, { tag: 'x' }), /does not have this/],
      [command('retagTag', `${name}:1`, { tag: '-x' }), /A tag has letters/],
      [command('copyTag', `${name}:1`, { to: 'registry.invalid/a:1' }), /none of the registries/],
      [command('copyTag', `${name}:1`, { to: `${name}@sha256:${'0'.repeat(64)}` }), /needs a tag/],
      [command('deleteTag', `${name}@sha256:${'0'.repeat(64)}`, {}), /is a digest/],
      [command('deleteManifest', `${name}:1`, {}), /does not have this/],
      [command('cleanUpRepository', name, {}), /would delete every tag/],
      [command('cleanUpRepository', name, { keep: -1 }), /not a number/],
      [command('chooseNamespaces', registry(), { namespaces: '../x' }), /cannot be the name/],
    ];
    for (const [attempt, expected] of failing) {
      await assert.rejects(attempt, expected, String(expected));
    }
    await command('removeRegistry', registry(), {});
  });

  it('keep what is to be listed where a vendor wants to know it', async () => {
    await command('addRegistry', registry(), {});
    assert.deepEqual(await command('chooseNamespaces', registry(), { namespaces: 'team, other/group' }), {
      registry: registry(),
      namespaces: ['team', 'other/group'],
    });
    assert.deepEqual((await command('chooseNamespaces', registry(), { namespaces: [] })).namespaces, []);
    await command('removeRegistry', registry(), {});
  });
});
