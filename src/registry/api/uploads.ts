// Puts blobs and manifests into a registry, and reads blobs as streams.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import type { ReadPieces } from '../http/exchange.ts';
import { rebased } from '../http/link.ts';
import type { Answer } from '../http/message.ts';
import { sameOrigin } from '../http/networkGuard.ts';
import { badAnswer } from '../http/problems.ts';
import { errorCodesOf } from '../http/serverText.ts';
import type { RegistryContent, Upload } from '../types.ts';
import type { Session } from './session.ts';

/** What an account hears that may push but not delete. */
const refusals = new Set(['forbidden', 'unauthorized', 'unsupported']);
/** Milliseconds that a registry may take for a whole blob: one on object storage copies it once more. */
const blobPatience = 15 * 60_000;
const octets = { headers: { 'Content-Type': 'application/octet-stream' }, patience: blobPatience };
/** Milliseconds that the end of an upload may take when the person does not wait any more. */
const endPatience = 15_000;

/** The part of a registry's client that a copy uses. */
export function contentOf(session: Session): RegistryContent {
  return {
    hasBlob: (repository, digest, signal) => hasBlob(session, repository, digest, signal),
    readBlob: (repository, digest, read, signal) => readBlob(session, repository, digest, read, signal),
    async openUpload(repository, mount, signal) {
      const place = await openUpload(session, repository, mount, signal);
      return place && uploadAt(session, repository, place);
    },
    async cancelUpload(repository, location) {
      const place = new URL(location, session.base);
      if (sameOrigin(place, session.base)) {
        await cancelUpload(session, repository, place);
      }
    },
    putManifest: (repository, reference, manifest, signal) =>
      putManifest(session, repository, reference, manifest, signal),
  };
}

/**
 * One upload as docker pushes it: a PATCH with all bytes, then a PUT with the digest. Where an upload is holds how far it is
 * (in distribution it is signed), so one whose PATCH broke off half-way can no longer be named, nor taken away. That is why a
 * transfer that fails at its source, or is cancelled, ends the body of the PATCH in order and waits for its answer.
 */
function uploadAt(session: Session, repository: string, first: URL): Upload {
  let place = first;
  let sending: Promise<unknown> = Promise.resolve();

  async function send(digest: string, pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    let broken: { reason: unknown } | undefined;
    async function* untilBroken(): AsyncGenerator<Uint8Array> {
      try {
        yield* pieces;
      } catch (reason) {
        broken = { reason };
      }
    }
    const request = { method: 'PATCH', url: place, body: { pieces: untilBroken() }, ...octets } as const;
    const answer = await session.repository(repository, ['pull', 'push'], request, later(signal, endPatience));
    place = uploadPlace(session, session.expect(answer, 202, 201, 204));
    if (broken) {
      throw broken.reason;
    }
    await finishUpload(session, repository, place, digest, undefined, signal);
  }

  return {
    location: first.href,
    send(digest, pieces, signal) {
      const running = send(digest, pieces, signal);
      sending = running.catch(() => undefined);
      return running;
    },
    async cancel(sent) {
      await sending;
      try {
        await cancelUpload(session, repository, place);
      } catch (error) {
        if (sent === undefined || !(error instanceof RegistryError && refusals.has(error.code))) {
          throw error;
        }
        await finishUpload(session, repository, place, sent, undefined, AbortSignal.timeout(endPatience));
      }
    },
  };
}

async function hasBlob(session: Session, repository: string, digest: string, signal: AbortSignal): Promise<boolean> {
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
  // Broken off, the request could have opened an upload whose place nobody knows: it is waited for.
  const patient = later(signal, endPatience);
  const open = (query: Record<string, string>, pullFrom?: string) =>
    session.repository(
      repository,
      ['pull', 'push'],
      {
        method: 'POST',
        url: session.url(`${repository}/blobs/uploads/`, query),
        ...(pullFrom === undefined ? {} : { pullFrom }),
      },
      patient,
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

/** Ends an upload by the digest of its blob, with the whole blob as the body where nothing was sent before. */
async function finishUpload(
  session: Session,
  repository: string,
  place: URL,
  digest: string,
  body: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(place);
  url.searchParams.set('digest', digest);
  const request = { method: 'PUT', url, ...octets, ...(body ? { body } : {}) } as const;
  session.expect(
    await session.repository(repository, ['pull', 'push'], request, later(signal, endPatience)),
    201,
    200,
    204,
  );
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
    await finishUpload(session, repository, place, digest, bytes, signal);
  } catch (error) {
    await cancelUpload(session, repository, place).catch(() => undefined);
    throw error;
  }
}

/** Ends an upload without a blob. Rejects when the registry keeps it; it throws such uploads away by itself after some days. */
async function cancelUpload(session: Session, repository: string, place: URL): Promise<void> {
  const signal = AbortSignal.timeout(endPatience);
  const answer = await session.repository(
    repository,
    ['pull', 'push', 'delete'],
    { method: 'DELETE', url: place },
    signal,
  );
  // It may be gone already. distribution says the same status of one that broke off half-way, but it is still there.
  if (answer.status !== 404 || errorCodesOf(answer.body).includes('BLOB_UPLOAD_INVALID')) {
    session.expect(answer, 204, 200, 202);
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
    throw badAnswer(
      session.host,
      t(
        '{0} opened an upload without saying where. Try again; if it stays so, tell the owner of the registry.',
        session.host,
      ),
    );
  }
  const url = new URL(location, answer.url);
  const place = sameOrigin(url, session.base) ? url : rebased(url, session.base);
  if (place === undefined) {
    throw new RegistryError(
      'unsafe-redirect',
      t('{0} wants the upload sent to {1}, which is refused.', session.host, url.host),
      { host: session.host },
    );
  }
  return place;
}

/** A signal that follows another one so many milliseconds later. */
function later(signal: AbortSignal, milliseconds: number): AbortSignal {
  const follower = new AbortController();
  const follow = () => setTimeout(() => follower.abort(), milliseconds).unref();
  if (signal.aborted) {
    follower.abort();
  } else {
    signal.addEventListener('abort', follow, { once: true });
  }
  return follower.signal;
}
