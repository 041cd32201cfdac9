// Puts blobs and manifests into a registry, and reads blobs as streams.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push
import { randomUUID } from 'node:crypto';
import { t } from '../model/l10n.ts';
import { RegistryError } from '../model/registryError.ts';
import type { ReadPieces, Streamed } from './exchange.ts';
import { rebased } from './link.ts';
import { digestLike } from './manifests.ts';
import { samePlace } from './places.ts';
import { badAnswer } from './problems.ts';
import type { Session } from './session.ts';
import type { Answer } from './transport.ts';
import type { RegistryContent } from './types.ts';

/** Milliseconds that the end of an upload may take when the person does not wait any more. */
const endPatience = 15_000;

/** The part of a registry's client that a copy uses. */
export function contentOf(session: Session): RegistryContent {
  return {
    hasBlob: (repository, digest, signal) => hasBlob(session, repository, digest, signal),
    readBlob: (repository, digest, read, signal) => readBlob(session, repository, digest, read, signal),
    async openUpload(repository, mount, signal) {
      const place = await openUpload(session, repository, mount, signal);
      return (
        place && {
          location: place.href,
          send: (digest, size, pieces, stop) => sendBlob(session, repository, place, digest, { size, pieces }, stop),
          cancel: () => cancelUpload(session, repository, place),
        }
      );
    },
    async cancelUpload(repository, location) {
      const place = new URL(location, session.base);
      if (samePlace(place, session.base)) {
        await cancelUpload(session, repository, place);
      }
    },
    putManifest: (repository, reference, manifest, signal) =>
      putManifest(session, repository, reference, manifest, signal),
  };
}

async function hasBlob(
  session: Session,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<boolean> {
  const url = session.url(`${repository}/blobs/${digest}`);
  const { status } = await session.repository(repository, ['pull'], { method: 'HEAD', url }, signal);
  return status === 200;
}

/** Hands the blob's bytes to `read` as they come; resolves when `read` has. */
async function readBlob(
  session: Session,
  repository: string,
  digest: string,
  read: ReadPieces,
  signal: AbortSignal,
): Promise<void> {
  const url = session.url(`${repository}/blobs/${digest}`);
  session.expect(await session.repository(repository, ['pull'], { method: 'GET', url, read }, signal), 200);
}

/**
 * Opens an upload. With `mount`, the registry is asked first to take the blob over from another of its repositories;
 * undefined means that it did and nothing is left to send. Nobody is asked for rights on the other repository: without
 * them the blob is sent.
 */
async function openUpload(
  session: Session,
  repository: string,
  mount: { digest: string; from: string } | undefined,
  signal: AbortSignal,
): Promise<URL | undefined> {
  const open = (query: Record<string, string>, pullFrom?: string) =>
    session.repository(
      repository,
      ['pull', 'push'],
      {
        method: 'POST',
        url: session.url(`${repository}/blobs/uploads/`, query),
        ...(pullFrom === undefined ? {} : { pullFrom }),
      },
      signal,
    );
  if (mount !== undefined) {
    const answer = await open({ mount: mount.digest, from: mount.from }, mount.from).catch((error: unknown) => {
      if (error instanceof RegistryError && (error.code === 'forbidden' || error.code === 'unauthorized')) {
        return undefined;
      }
      throw error;
    });
    if (answer?.status === 201) {
      return undefined;
    }
    if (answer?.status === 202) {
      return uploadPlace(session, answer);
    }
  }
  return uploadPlace(session, session.expect(await open({}), 202));
}

/** Sends the whole blob in one request. The upload is over then; when this rejects it is still to be cancelled. */
async function sendBlob(
  session: Session,
  repository: string,
  place: URL,
  digest: string,
  body: Uint8Array | Streamed,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(place);
  url.searchParams.set('digest', digest);
  const request = { method: 'PUT', url, body, headers: { 'Content-Type': 'application/octet-stream' } } as const;
  session.expect(await session.repository(repository, ['pull', 'push'], request, signal), 201, 200, 204);
}

/** Uploads a blob that fits into memory. */
export async function putBlob(
  session: Session,
  repository: string,
  bytes: Uint8Array,
  digest: string,
  signal: AbortSignal,
): Promise<void> {
  const place = await openUpload(session, repository, undefined, signal);
  if (place === undefined) {
    return;
  }
  try {
    await sendBlob(session, repository, place, digest, bytes, signal);
  } catch (error) {
    await cancelUpload(session, repository, place).catch(() => undefined);
    throw error;
  }
}

/**
 * Ends an upload without a blob. distribution wants the right to delete for that, which an account that pushes may lack:
 * then a digest that cannot fit makes the registry throw the upload away itself. Rejects when neither was possible.
 */
async function cancelUpload(session: Session, repository: string, place: URL): Promise<void> {
  const signal = AbortSignal.timeout(endPatience);
  const gone = (answer: Answer) => answer.status < 300 || answer.status === 404;
  const asked = session.repository(repository, ['delete'], { method: 'DELETE', url: place }, signal);
  if (await asked.then(gone, () => false)) {
    return;
  }
  const url = new URL(place);
  url.searchParams.set('digest', `${digestLike(Buffer.from(randomUUID()))}`);
  const answer = await session.repository(repository, ['pull', 'push'], { method: 'PUT', url }, signal);
  if (answer.status >= 500 || answer.status === 403) {
    session.expect(answer, 400);
  }
}

/** Puts a manifest; `subject` is what it refers to, when the registry keeps track of referrers itself. */
export async function putManifest(
  session: Session,
  repository: string,
  reference: string,
  manifest: { bytes: Uint8Array; mediaType: string },
  signal: AbortSignal,
): Promise<{ subject?: string }> {
  const url = session.url(`${repository}/manifests/${reference}`);
  const request = {
    method: 'PUT',
    url,
    body: manifest.bytes,
    headers: { 'Content-Type': manifest.mediaType },
  } as const;
  const answer = session.expect(
    await session.repository(repository, ['pull', 'push'], request, signal),
    201,
    200,
    202,
    204,
  );
  const subject = answer.headers['oci-subject'];
  return typeof subject === 'string' ? { subject } : {};
}

/** The Location of an upload belongs to the registry; one behind a proxy may name itself otherwise, so its path counts. */
function uploadPlace(session: Session, answer: Answer): URL {
  const { location = '' } = answer.headers;
  if (location === '' || !URL.canParse(location, answer.url.href)) {
    throw badAnswer(session.host, t('{0} opened an upload without saying where.', session.host));
  }
  const url = new URL(location, answer.url);
  const place = samePlace(url, session.base) ? url : rebased(url, session.base);
  if (place === undefined) {
    throw new RegistryError(
      'unsafe-redirect',
      t('{0} wants the upload sent to {1}, which is refused.', session.host, url.host),
      { host: session.host },
    );
  }
  return place;
}
