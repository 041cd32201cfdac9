// Deletes manifests, and takes single tags away even where a registry can only delete by digest.
import { randomUUID } from 'node:crypto';
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import type { Answer } from '../http/message.ts';
import { statusProblem } from '../http/problems.ts';
import { errorCodesOf } from '../http/serverText.ts';
import { acceptManifests, digestLike, mediaTypes } from './manifests.ts';
import type { Session } from './session.ts';
import { putBlob, putManifest } from './uploads.ts';

/** Deletes a manifest by digest, with every tag that names it. The space comes back at the registry's next garbage collection. */
export async function deleteManifest(
  session: Session,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<void> {
  checkDeleted(session, await sendDelete(session, repository, digest, signal));
}

/**
 * Takes one tag away. Registries that refuse to delete by tag get a manifest of its own for the tag, which is then deleted
 * by digest, so that the other tags of the image stay; if that deletion fails, the tag is put back.
 */
export async function untag(session: Session, repository: string, tag: string, signal: AbortSignal): Promise<void> {
  const answer = await sendDelete(session, repository, tag, signal);
  if (answer.status !== 400 && answer.status !== 405) {
    checkDeleted(session, answer);
    return;
  }
  await checkDeletionIsOn(session, repository, signal);
  const before = await getManifest(session, repository, tag, signal);
  const standIn = await uploadStandIn(session, repository, signal);
  await putManifest(session, repository, tag, { bytes: standIn.bytes, mediaType: mediaTypes.ociManifest }, signal);
  try {
    await deleteManifest(session, repository, standIn.digest, signal);
  } catch (error) {
    // Cancelled or refused half-way: the tag goes back to its image, whatever the signal says.
    const image = { bytes: before.body, mediaType: before.headers['content-type'] ?? '' };
    await putManifest(session, repository, tag, image, new AbortController().signal);
    throw error;
  }
}

function sendDelete(session: Session, repository: string, reference: string, signal: AbortSignal): Promise<Answer> {
  const url = session.url(`${repository}/manifests/${reference}`);
  return session.repository(repository, ['delete'], { method: 'DELETE', url }, signal);
}

function checkDeleted(session: Session, answer: Answer): void {
  if (answer.status >= 200 && answer.status < 300) {
    return;
  }
  throw isSwitchedOff(answer)
    ? deletionDisabled(session.host, answer)
    : statusProblem(session.host, answer.status, answer.body);
}

/** Deleting a digest that cannot exist tells whether deletion is on, before anything is changed. */
async function checkDeletionIsOn(session: Session, repository: string, signal: AbortSignal): Promise<void> {
  const answer = await sendDelete(session, repository, `${digestLike(Buffer.from(randomUUID()))}`, signal);
  if (answer.status !== 404) {
    checkDeleted(session, answer);
  }
}

function isSwitchedOff(answer: Answer): boolean {
  return answer.status === 405 || (answer.status === 400 && errorCodesOf(answer.body).includes('UNSUPPORTED'));
}

function deletionDisabled(host: string, answer: Answer): RegistryError {
  return new RegistryError(
    'deletion-disabled',
    t(
      'Deletion is switched off in {0}. Its owner can allow it with the setting storage.delete.enabled: true (REGISTRY_STORAGE_DELETE_ENABLED=true), and free the space with registry garbage-collect.',
      host,
    ),
    { host, status: answer.status, words: statusProblem(host, answer.status, answer.body).words },
  );
}

async function getManifest(
  session: Session,
  repository: string,
  reference: string,
  signal: AbortSignal,
): Promise<Answer> {
  const url = session.url(`${repository}/manifests/${reference}`);
  return session.expect(
    await session.repository(
      repository,
      ['pull'],
      { method: 'GET', url, headers: { Accept: acceptManifests } },
      signal,
    ),
    200,
  );
}

/** An image without layers whose configuration no other image has, so that its digest is unique to the tag. */
async function uploadStandIn(
  session: Session,
  repository: string,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array; digest: string }> {
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'unknown',
      os: 'unknown',
      config: { Labels: { 'docknotes.removed-tag': randomUUID() } },
      rootfs: { type: 'layers', diff_ids: [] },
    }),
  );
  const configDigest = `${digestLike(config)}`;
  await putBlob(session, repository, config, configDigest, signal);
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: configDigest, size: config.length },
      layers: [],
    }),
  );
  return { bytes, digest: `${digestLike(bytes)}` };
}
