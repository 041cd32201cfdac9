import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sortTags, splitTags } from '../../../../src/registry/known/order.ts';

describe('order of tags', () => {
  const cases: [string, string[]][] = [
    ['versions by number', ['1.63.78', '1.25.70', '1.14.21']],
    ['ten after nine', ['v1.10', 'v1.9', 'v1.2']],
    ['a release before its pre-releases', ['2.0.0', '2.0.0-rc.10', '2.0.0-rc.2', '2.0.0-beta', '1.9.9']],
    ['with and without v', ['v3', '2.1', 'v2.0', '1']],
    ['variants beside their version', ['1.25', '1.25-alpine', '1.24', '1.24-alpine']],
    ['python style', ['3.14', '3.14rc1', '3.13.2']],
    ['versions before names', ['1.0', '0.1', 'main', 'latest', 'edge']],
    ['names by their numbers', ['build-10', 'build-9', 'build-1']],
    ['dates', ['2026-11-03', '2026-02-28', '2025-12-31']],
    ['commits are no versions', ['1.0', 'f00ba12', '7fe2b1c']],
  ];
  for (const [name, expected] of cases) {
    it(name, () => {
      assert.deepEqual(sortTags([...expected].reverse()), expected);
      assert.deepEqual(sortTags([...expected].sort()), expected);
    });
  }

  it('keeps signatures and the like apart', () => {
    const hex = 'ab'.repeat(32);
    const { tags, attached } = splitTags([
      `sha256-${hex}.sig`,
      '1.0',
      `sha256-${hex}`,
      `sha256-${hex}.sbom`,
      'sha256-short.sig',
    ]);
    assert.deepEqual(tags, ['1.0', 'sha256-short.sig']);
    assert.deepEqual(
      attached.map(({ kind, digest }) => [kind, digest]),
      [
        ['signature', `sha256:${hex}`],
        ['referrers', `sha256:${hex}`],
        ['sbom', `sha256:${hex}`],
      ],
    );
  });

  it('orders 10,000 tags in a moment', () => {
    const tags = Array.from({ length: 10_000 }, (_, index) => `1.${(index * 7919) % 10_000}.0`);
    const started = performance.now();
    assert.equal(sortTags(tags)[0], '1.9999.0');
    assert.ok(performance.now() - started < 500);
  });
});
