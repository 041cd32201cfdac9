// Looks a whole repository over before something is deleted from it: which tags name which digest, and what indexes hold.
import { forEachConcurrently } from '../../model/concurrent.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import type { RegistryClient } from '../types.ts';

export interface SurveyedTag {
  tag: string;
  digest: string;
}

export interface Survey {
  tags: SurveyedTag[];
  /** The tags of each digest. */
  tagsOf: Map<string, string[]>;
  /** For the digest of an index: the digests that it holds, attestations too. */
  childrenOf: Map<string, string[]>;
}

/** A repository with more tags than this would take a quarter of an hour to look over. */
const maxTags = 50_000;
/** As many as a client sends at once. */
const maxConcurrent = 6;

/** One HEAD for each tag, and a GET for each index. A tag that goes meanwhile is left out. */
export async function surveyRepository(
  client: RegistryClient,
  repository: string,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<Survey> {
  const names: string[] = [];
  for await (const page of client.tags(repository, signal)) {
    for (const name of page) {
      names.push(name);
    }
    if (names.length > maxTags) {
      throw new UserError(
        'too-many-tags',
        t('{0} has more than {1} tags, too many to examine. Delete by tag instead.', repository, maxTags),
      );
    }
  }
  const survey: Survey = { tags: [], tagsOf: new Map(), childrenOf: new Map() };
  let done = 0;
  await forEachConcurrently(names, maxConcurrent, async (tag) => {
    if (signal.aborted) {
      throw new Cancelled();
    }
    const head = await there(client.head(repository, tag, signal));
    if (head) {
      survey.tags.push({ tag, digest: head.digest });
      const same = survey.tagsOf.get(head.digest);
      if (same) {
        same.push(tag);
      } else {
        survey.tagsOf.set(head.digest, [tag]);
      }
      if (/index|manifest\.list/.test(head.mediaType) && !survey.childrenOf.has(head.digest)) {
        survey.childrenOf.set(head.digest, await childrenOf(client, repository, head.digest, signal));
      }
    }
    done += 1;
    onProgress?.(done, names.length);
  });
  for (const tags of survey.tagsOf.values()) {
    tags.sort();
  }
  return survey;
}

/** The tags of the indexes that hold this digest; empty when it stands for itself. */
export function indexesWith(survey: Survey, digest: string): { digest: string; tags: string[] }[] {
  return [...survey.childrenOf]
    .filter(([, children]) => children.includes(digest))
    .map(([index]) => ({ digest: index, tags: survey.tagsOf.get(index) ?? [] }));
}

async function childrenOf(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { content } = await client.manifest(repository, digest, signal);
  return content.kind === 'index' ? [...content.manifests, ...content.attestations].map((child) => child.digest) : [];
}

/** Undefined for what is not there any more. */
async function there<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') {
      return undefined;
    }
    throw error;
  }
}
