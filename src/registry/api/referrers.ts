// What refers to a digest: signatures, SBOMs, attestations (OCI distribution specification 1.1, "Listing Referrers").

import { parseJson } from '../http/jsonBody.ts';
import { nextPage } from '../http/link.ts';
import type { Answer } from '../http/message.ts';
import { notJson } from '../http/problems.ts';
import type { Descriptor } from '../types.ts';
import { acceptManifests, descriptorsOf, mediaTypes } from './manifests.ts';
import type { Session } from './session.ts';

const maxPages = 100;

/** What one registry was found to have, so that it is not asked again for what it has not. */
export interface ReferrersSupport {
  api?: boolean;
}

/** All referrers of a digest; registries without the API keep them in an index under the tag `sha256-<hex>`. */
export async function listReferrers(
  session: Session,
  support: ReferrersSupport,
  repository: string,
  digest: string,
  artifactType: string | undefined,
  signal: AbortSignal,
): Promise<Descriptor[]> {
  const ask = (url: URL, accept: string) =>
    session.repository(repository, ['pull'], { method: 'GET', url, headers: { Accept: accept } }, signal);
  const ours = (entry: Descriptor) => artifactType === undefined || entry.artifactType === artifactType;

  const query: Record<string, string> = artifactType === undefined ? {} : { artifactType };
  const first =
    support.api === false
      ? undefined
      : await ask(session.url(`${repository}/referrers/${digest}`, query), mediaTypes.ociIndex);
  if (first === undefined || first.status === 404) {
    // The specification wants 200 with an empty list where there is the API, even for a digest that is not known.
    support.api = false;
    const tag = digest.replace(':', '-');
    const index = await ask(session.url(`${repository}/manifests/${tag}`), acceptManifests);
    return index.status === 404 ? [] : entriesOf(session, session.expect(index, 200)).filter(ours);
  }
  const opening = session.expect(first, 200);
  support.api = true;
  const found = new Map<string, Descriptor>();
  const followed = new Set<string>();
  for (let page = opening; ; ) {
    const before = found.size;
    for (const entry of entriesOf(session, page)) {
      found.set(entry.digest, entry);
    }
    const next = nextPage(page.url, page.headers.link, session.base);
    if (next === undefined || followed.has(next.href) || found.size === before || followed.size >= maxPages) {
      // The registry may have left the filter to us (no OCI-Filters-Applied), and filtering twice does no harm.
      return [...found.values()].filter(ours);
    }
    followed.add(next.href);
    page = session.expect(await ask(next, mediaTypes.ociIndex), 200);
  }
}

function entriesOf(session: Session, answer: Answer): Descriptor[] {
  try {
    return descriptorsOf(parseJson(answer.body).manifests);
  } catch {
    throw notJson(session.host, answer.body);
  }
}
