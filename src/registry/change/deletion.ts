// Deletes digests with all that belongs to them, after a look at what else they concern.
import type { RegistryClient } from '../types.ts';
import type { Counted } from './imagePlace.ts';
import { indexesWith, type Survey, surveyRepository } from './survey.ts';

/** A digest that is to be deleted, with everything that its deletion concerns. */
export interface Deletion {
  digest: string;
  /** All tags that name it; they go with it. */
  tags: string[];
  /** Tags of signatures and the like that belong to it; they go, too. */
  attached: string[];
  /** Tags (or the digest, without one) of the indexes that need it: they would be left with a hole. */
  heldBy: string[];
}

/** Looks the repository over for everything that goes with these tags or digests; each digest once. Nothing is changed. */
export async function planDeletion(
  client: RegistryClient,
  repository: string,
  references: readonly string[],
  signal: AbortSignal,
  done?: Counted,
): Promise<Deletion[]> {
  const named = await Promise.all(references.map((reference) => client.head(repository, reference, signal)));
  const survey = await surveyRepository(client, repository, signal, done);
  return deletionsOf(
    survey,
    named.map(({ digest }) => digest),
  );
}

/** What the deletion of these digests concerns. An index that is deleted, too, holds nothing back. */
export function deletionsOf(survey: Survey, digests: readonly string[]): Deletion[] {
  const going = new Set(digests);
  return [...going].map((digest) => ({
    digest,
    tags: survey.tagsOf.get(digest) ?? [],
    attached: attachedTo(survey, digest),
    heldBy: indexesWith(survey, digest)
      .filter((index) => !going.has(index.digest))
      .flatMap((index) => (index.tags.length > 0 ? index.tags : [index.digest])),
  }));
}

/** Deletes a digest, and with it its tags, then what is attached to it. */
export async function deleteDigest(
  client: RegistryClient,
  repository: string,
  { digest, attached }: Pick<Deletion, 'digest' | 'attached'>,
  signal: AbortSignal,
): Promise<void> {
  await client.deleteManifest(repository, digest, signal);
  for (const tag of attached) {
    const { digest: other } = await client.head(repository, tag, signal);
    await client.deleteManifest(repository, other, signal);
  }
}

/** Cosign's tags of a digest, and the fallback list of its referrers. */
function attachedTo(survey: Survey, digest: string): string[] {
  const prefix = digest.replace(':', '-');
  return survey.tags
    .map(({ tag }) => tag)
    .filter((tag) => tag === prefix || tag.startsWith(`${prefix}.`))
    .sort();
}
