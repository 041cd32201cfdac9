import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CleanupRule, planCleanup } from '../../../../src/registry/change/cleanup.ts';
import type { Survey } from '../../../../src/registry/change/survey.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 0, 1);

/** `tag=digest@age in days`; without an age there is no date. */
function plan(tags: string, rule: CleanupRule, indexes: Record<string, string[]> = {}) {
  const entries = tags.split(' ').map((text) => {
    const [, tag = '', digest = '', age] = /^([^=]+)=(\w+)(?:@(\d+))?$/.exec(text) ?? [];
    return { tag, digest, age: age === undefined ? undefined : Number(age) };
  });
  const survey: Survey = {
    tags: entries,
    tagsOf: new Map(),
    childrenOf: new Map(Object.entries(indexes)),
  };
  const dates = new Map<string, number>();
  for (const { tag, digest, age } of entries) {
    survey.tagsOf.set(digest, [...(survey.tagsOf.get(digest) ?? []), tag].sort());
    if (age !== undefined) {
      dates.set(digest, now - age * day);
    }
  }
  return planCleanup(survey, dates, rule, now);
}

const names = (tags: readonly { tag: string }[]) => tags.map(({ tag }) => tag);

describe('a clean-up', () => {
  it('keeps the newest, whatever they are called', () => {
    const { tags, kept } = plan('1.9=a@10 1.10=b@50 nightly=c@1 old=d@90', { keep: 2 });
    assert.deepEqual(names(tags), ['1.10', 'old']);
    assert.equal(kept, 2);
  });

  it('takes only what is older than so many days', () => {
    assert.deepEqual(names(plan('a=a@29 b=b@30 c=c@31', { olderThanDays: 30 }).tags), ['c']);
    assert.deepEqual(names(plan('a=a@29 b=b@31 c=c@32', { olderThanDays: 30, keep: 2 }).tags), ['c']);
  });

  it('looks at what matches only, and counts nothing else', () => {
    const { tags, kept } = plan('build-1=a@9 build-2=b@8 1.0=c@90 latest=d@99', { keep: 1, match: 'build-*' });
    assert.deepEqual(names(tags), ['build-1']);
    assert.equal(kept, 3);
  });

  it('never takes what is protected', () => {
    const { tags } = plan('latest=a@90 v1=b@90 v2=c@90 x=d@90', { olderThanDays: 1, protect: ['latest', 'v?'] });
    assert.deepEqual(names(tags), ['x']);
  });

  it('deletes a digest when all its tags go, and takes tags off alone otherwise', () => {
    const { digests, untagged } = plan('a1=a@90 a2=a@90 b1=b@80 keep-b=b@80', {
      olderThanDays: 1,
      protect: ['keep-*'],
    });
    assert.deepEqual(digests, [{ digest: 'a', tags: ['a2', 'a1'], attached: [] }]);
    assert.deepEqual(untagged, [{ tag: 'b1', digest: 'b', because: ['keep-b'] }]);
  });

  it('leaves the images of an index that stays', () => {
    const tags = 'all=i@1 part=p@90 gone=j@90 other=q@90';
    const indexes = { i: ['p'], j: ['q'] };
    const { digests, untagged } = plan(tags, { olderThanDays: 30 }, indexes);
    assert.deepEqual(untagged, [{ tag: 'part', digest: 'p', because: ['all'] }]);
    assert.deepEqual(digests.map(({ digest }) => digest).sort(), ['j', 'q'], 'the index j goes, so its image may, too');
  });

  it('takes signatures with their image, and never by themselves', () => {
    const hex = 'a'.repeat(64);
    const digest = `sha256:${hex}`;
    const survey: Survey = {
      tags: [
        { tag: '1.0', digest },
        { tag: `sha256-${hex}.sig`, digest: 'signature' },
        { tag: `sha256-${'b'.repeat(64)}.sig`, digest: 'other' },
      ],
      tagsOf: new Map([
        [digest, ['1.0']],
        ['signature', [`sha256-${hex}.sig`]],
        ['other', [`sha256-${'b'.repeat(64)}.sig`]],
      ]),
      childrenOf: new Map(),
    };
    const all = planCleanup(survey, new Map([[digest, 0]]), { keep: 0 }, now);
    assert.deepEqual(all.digests, [{ digest, tags: ['1.0'], attached: [`sha256-${hex}.sig`] }]);
    assert.equal(all.kept, 0);
  });

  it('leaves what has no date, and says so', () => {
    const { tags, undated } = plan('a=a@90 b=b', { olderThanDays: 30 });
    assert.deepEqual(names(tags), ['a']);
    assert.deepEqual(undated, ['b']);
    assert.deepEqual(plan('a=a@90 b=b', { keep: 0 }).undated, ['b']);
    assert.deepEqual(names(plan('a=a b=b', { olderThanDays: 1 }).tags), []);
  });

  it('goes by version where no image has a date', () => {
    assert.deepEqual(names(plan('1.9=a 1.10=b 1.2=c', { keep: 1 }).tags), ['1.9', '1.2']);
  });
});
