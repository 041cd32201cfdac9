// Reads manifests, indexes and image configurations, whose every field may be missing or wrong.
import { createHash } from 'node:crypto';
import { isDigest } from '../../model/reference.ts';
import { fields, isRecord, list, text, textMap, texts } from '../../model/untyped.ts';
import { parseJson } from '../http/jsonBody.ts';
import type { Descriptor, ImageConfig, Manifest, Platform } from '../types.ts';

export const mediaTypes = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;

/**
 * Sent with every request for a manifest: without it a registry may rewrite the manifest to schema 1
 * and report the digest of that, which must not be used for anything.
 */
export const acceptManifests = Object.values(mediaTypes).join(', ');

const algorithms = new Set(['sha256', 'sha384', 'sha512']);

/** The algorithm of a digest; undefined for one that is not known, whose content cannot be checked. */
export function algorithmOf(digest: string): string | undefined {
  const algorithm = digest.slice(0, digest.indexOf(':'));
  return algorithms.has(algorithm) ? algorithm : undefined;
}

/** The digest of bytes with the algorithm of another digest; undefined for an algorithm that is not known. */
export function digestLike(bytes: Uint8Array, digest = 'sha256:'): string | undefined {
  const algorithm = algorithmOf(digest);
  return algorithm ? `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` : undefined;
}

/** A media type without its parameters, in lower case. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** What a manifest says; its own `mediaType` field wins over the header, which some registries get wrong. */
export function readManifest(bytes: Uint8Array, contentType: string | undefined): Omit<Manifest, 'digest' | 'bytes'> {
  const read = parseJson(bytes);
  const mediaType = mediaTypeOf(typeof read.mediaType === 'string' ? read.mediaType : contentType);
  const annotations = textMap(read.annotations);
  if (Array.isArray(read.manifests)) {
    const children = descriptorsOf(read.manifests);
    const of = (child: Descriptor) => child.annotations['vnd.docker.reference.digest'];
    return {
      mediaType: mediaType || mediaTypes.ociIndex,
      content: {
        kind: 'index',
        annotations,
        manifests: children.filter((child) => !isAttestation(child)),
        attestations: children.filter(isAttestation).map((child) => ({ ...child, of: of(child) ?? '' })),
      },
    };
  }
  const config = descriptorOf(read.config);
  if (config === undefined) {
    return { mediaType, content: { kind: 'other' } };
  }
  return {
    mediaType: mediaType || mediaTypes.ociManifest,
    content: {
      kind: 'image',
      config,
      annotations,
      layers: descriptorsOf(read.layers),
      ...(typeof read.artifactType === 'string' ? { artifactType: read.artifactType } : {}),
    },
  };
}

/** The descriptors of a list, without the entries that are none. */
export function descriptorsOf(value: unknown): Descriptor[] {
  return list(value)
    .map(descriptorOf)
    .filter((entry) => entry !== undefined);
}

/** The image configuration (OCI image specification, config.md). */
export function readConfig(bytes: Uint8Array): ImageConfig {
  const raw = parseJson(bytes);
  const config = fields(raw.config);
  const created = timeOf(raw.created);
  const entrypoint = texts(config.Entrypoint);
  const command = texts(config.Cmd);
  return {
    ...(created === undefined ? {} : { created }),
    platform: platformOf(raw) ?? { os: '', architecture: '' },
    ...(typeof config.User === 'string' && config.User ? { user: config.User } : {}),
    ...(typeof config.WorkingDir === 'string' && config.WorkingDir ? { workdir: config.WorkingDir } : {}),
    ...(entrypoint.length > 0 ? { entrypoint } : {}),
    ...(command.length > 0 ? { command } : {}),
    env: texts(config.Env),
    labels: textMap(config.Labels),
    exposedPorts: Object.keys(fields(config.ExposedPorts)),
    volumes: Object.keys(fields(config.Volumes)),
    history: list(raw.history)
      .filter(isRecord)
      .map((step) => {
        const at = timeOf(step.created);
        return {
          createdBy: text(step.created_by),
          empty: step.empty_layer === true,
          ...(at === undefined ? {} : { created: at }),
          ...(typeof step.comment === 'string' && step.comment ? { comment: step.comment } : {}),
        };
      }),
    raw,
  };
}

/** BuildKit stores provenance and SBOM as children of the index, for a platform that does not exist. */
function isAttestation({ annotations, platform }: Descriptor): boolean {
  return (
    annotations['vnd.docker.reference.type'] === 'attestation-manifest' ||
    (platform?.os === 'unknown' && platform.architecture === 'unknown')
  );
}

function descriptorOf(value: unknown): Descriptor | undefined {
  if (!isRecord(value) || typeof value.digest !== 'string' || !isDigest(value.digest)) {
    return undefined;
  }
  const platform = platformOf(value.platform);
  return {
    mediaType: text(value.mediaType),
    digest: value.digest,
    size: Number.isSafeInteger(value.size) && Number(value.size) >= 0 ? Number(value.size) : 0,
    annotations: textMap(value.annotations),
    ...(platform === undefined ? {} : { platform }),
    ...(typeof value.artifactType === 'string' ? { artifactType: value.artifactType } : {}),
  };
}

function platformOf(value: unknown): Platform | undefined {
  if (!isRecord(value) || typeof value.os !== 'string' || typeof value.architecture !== 'string') {
    return undefined;
  }
  return {
    os: value.os,
    architecture: value.architecture,
    ...(typeof value.variant === 'string' && value.variant ? { variant: value.variant } : {}),
    ...(typeof value['os.version'] === 'string' ? { osVersion: value['os.version'] } : {}),
  };
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
