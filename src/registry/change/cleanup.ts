// Decides by rule what goes from a repository: a plan that lists every tag and digest before anything is deleted.
import { patternTest } from '../../model/registries/names.ts';
import { splitTags } from '../known/order.ts';
import type { Survey } from './survey.ts';

export interface CleanupRule {
  /** The newest so many tags that match stay. */
  keep?: number;
  /** Only what was created longer ago than so many days goes. */
  olderThanDays?: number;
  /** Only tags that match this pattern are looked at (`*` and `?`); all when absent. */
  match?: string;
  /** Tags that match one of these patterns never go. */
  protect?: readonly string[];
}

/** A tag with what the rule needs; `created` is absent where the image does not say it in a way to believe. */
export interface DatedTag {
  tag: string;
  digest: string;
  /** Milliseconds since 1970. */
  created?: number;
}

export interface CleanupPlan {
  /** Tags that go, the newest first. */
  tags: DatedTag[];
  /** Digests that go whole, since all their tags go, with these tags and the signatures and the like that belong to them. */
  digests: { digest: string; tags: string[]; attached: string[] }[];
  /** Tags that are taken off alone: the digest stays, because of other tags or an index that holds it. */
  untagged: { tag: string; digest: string; because: string[] }[];
  /** Tags that the rule looked at and left, because no believable date says how old they are. */
  undated: string[];
  /** How many tags stay. */
  kept: number;
}

const day = 24 * 60 * 60 * 1000;

/**
 * What the rule takes away from a repository. A tag without a date stays when the rule goes by age, or when other tags have one;
 * when no tag has one (reproducible builds), `keep` goes by version. Tags that are `spared` stay although the rule takes them.
 */
export function planCleanup(
  survey: Survey,
  dates: Map<string, number>,
  rule: CleanupRule,
  now: number,
  spared: ReadonlySet<string> = new Set(),
): CleanupPlan {
  const { tags: names, attached } = splitTags(survey.tags.map(({ tag }) => tag));
  const digestOf = new Map(survey.tags.map(({ tag, digest }) => [tag, digest]));
  const position = new Map(names.map((name, index) => [name, index]));
  const matches = patternTest(rule.match ?? '*');
  const protects = (rule.protect ?? []).map(patternTest);
  const looked = names
    .filter((tag) => matches(tag) && !protects.some((protect) => protect(tag)))
    .map((tag): DatedTag => {
      const digest = digestOf.get(tag) ?? '';
      const created = dates.get(digest);
      return { tag, digest, ...(created === undefined ? {} : { created }) };
    });
  const dated = looked.filter((tag) => tag.created !== undefined);
  const byVersion = dated.length === 0 && rule.olderThanDays === undefined;
  const ranked = byVersion
    ? looked
    : dated.sort(
        (a, b) => (b.created ?? 0) - (a.created ?? 0) || (position.get(a.tag) ?? 0) - (position.get(b.tag) ?? 0),
      );
  const oldest = rule.olderThanDays === undefined ? undefined : now - rule.olderThanDays * day;
  const going = ranked
    .slice(rule.keep ?? 0)
    .filter(({ created }) => oldest === undefined || (created !== undefined && created < oldest))
    .filter(({ tag }) => !spared.has(tag));
  return {
    ...splitByDigest(survey, going, attached),
    tags: going,
    undated: byVersion ? [] : looked.filter((tag) => tag.created === undefined).map(({ tag }) => tag),
    kept: names.length - going.length,
  };
}

function splitByDigest(
  survey: Survey,
  going: readonly DatedTag[],
  attached: ReturnType<typeof splitTags>['attached'],
): Pick<CleanupPlan, 'digests' | 'untagged'> {
  const names = new Set(going.map(({ tag }) => tag));
  const staying = (digest: string) => (survey.tagsOf.get(digest) ?? []).filter((tag) => !names.has(tag));
  const heldBy = new Map<string, string[]>();
  for (const [index, children] of survey.childrenOf) {
    const tags = staying(index);
    for (const child of tags.length > 0 ? children : []) {
      heldBy.set(child, [...(heldBy.get(child) ?? []), ...tags]);
    }
  }
  const digests = new Map<string, CleanupPlan['digests'][number]>();
  const untagged: CleanupPlan['untagged'] = [];
  for (const { tag, digest } of going) {
    const because = [...new Set([...staying(digest), ...(heldBy.get(digest) ?? [])])].sort();
    if (because.length > 0) {
      untagged.push({ tag, digest, because });
      continue;
    }
    const known = digests.get(digest);
    if (known) {
      known.tags.push(tag);
    } else {
      const belonging = attached.filter((one) => one.digest === digest).map((one) => one.tag);
      digests.set(digest, { digest, tags: [tag], attached: belonging });
    }
  }
  return { digests: [...digests.values()], untagged };
}
