// When the images of a repository were created, for rules that go by age.
import { forEachConcurrently } from '../../model/concurrent.ts';
import { RegistryError } from '../../model/registries/error.ts';
import type { RegistryClient } from '../types.ts';
import type { Survey } from './survey.ts';

const maxConcurrent = 6;
/** Reproducible builds set 1970 or another constant of their own; no container image is older than this. */
const firstBelievable = Date.UTC(2013, 0, 2);

/** Milliseconds since 1970 by digest; of an index, the newest of its images. Digests without a believable date are absent. */
export async function datesOf(
  client: RegistryClient,
  repository: string,
  survey: Survey,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<Map<string, number>> {
  const dates = new Map<string, number>();
  const digests = [...survey.tagsOf.keys()];
  let done = 0;
  await forEachConcurrently(digests, maxConcurrent, async (digest) => {
    const created = await dateOf(client, repository, digest, signal);
    if (created !== undefined) {
      dates.set(digest, created);
    }
    done += 1;
    onProgress?.(done, digests.length);
  });
  return dates;
}

async function dateOf(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const { content } = await client.manifest(repository, digest, signal);
    if (content.kind === 'index') {
      const dates = await Promise.all(
        content.manifests.map((child) => dateOf(client, repository, child.digest, signal)),
      );
      return dates.reduce((newest, date) => (date !== undefined && date > (newest ?? 0) ? date : newest), undefined);
    }
    if (content.kind !== 'image') {
      return undefined;
    }
    const { created } = await client.config(repository, content.config.digest, signal);
    return created !== undefined && created >= firstBelievable ? created : undefined;
  } catch (error) {
    // A part that is gone or is no image has no date; anything else would make a wrong plan.
    if (error instanceof RegistryError && ['not-found', 'bad-answer', 'digest-mismatch'].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}
