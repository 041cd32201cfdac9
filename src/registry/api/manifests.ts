// Reads manifests, indexes and image configurations, whose every field may be missing or wrong.
import { createHash } from 'node:crypto';
import { isDigest } from '../../model/reference.ts';
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

/** Reads JSON of bytes; throws a SyntaxError without quoting the content. */
export function parseJson(bytes: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (!isRecord(value)) {
    throw new SyntaxError('it is not a JSON object');
  }
  return value;
}

/** What a manifest says; its own `mediaType` field wins over the header, which some registries get wrong. */
export function readManifest(bytes: Uint8Array, contentType: string | undefined): Omit<Manifest, 'digest' | 'bytes'> {
  const fields = parseJson(bytes);
  const mediaType = typeof fields.mediaType === 'string' ? mediaTypeOf(fields.mediaType) : mediaTypeOf(contentType);
  const annotations = textsOf(fields.annotations);
  if (Array.isArray(fields.manifests)) {
    const children = descriptorsOf(fields.manifests);
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
  const config = descriptorOf(fields.config);
  if (config === undefined) {
    return { mediaType, content: { kind: 'other' } };
  }
  return {
    mediaType: mediaType || mediaTypes.ociManifest,
    content: {
      kind: 'image',
      config,
      annotations,
      layers: descriptorsOf(fields.layers),
      ...(typeof fields.artifactType === 'string' ? { artifactType: fields.artifactType } : {}),
    },
  };
}

/** The descriptors of a list, without the entries that are none. */
export function descriptorsOf(list: unknown): Descriptor[] {
  return Array.isArray(list) ? list.map(descriptorOf).filter((entry) => entry !== undefined) : [];
}

/** The image configuration (OCI image specification, config.md). */
export function readConfig(bytes: Uint8Array): ImageConfig {
  const raw = parseJson(bytes);
  const config = isRecord(raw.config) ? raw.config : {};
  const created = timeOf(raw.created);
  const entrypoint = listOfTexts(config.Entrypoint);
  const command = listOfTexts(config.Cmd);
  return {
    ...(created === undefined ? {} : { created }),
    platform: platformOf(raw) ?? { os: '', architecture: '' },
    ...(typeof config.User === 'string' && config.User ? { user: config.User } : {}),
    ...(typeof config.WorkingDir === 'string' && config.WorkingDir ? { workdir: config.WorkingDir } : {}),
    ...(entrypoint.length > 0 ? { entrypoint } : {}),
    ...(command.length > 0 ? { command } : {}),
    env: listOfTexts(config.Env),
    labels: textsOf(config.Labels),
    exposedPorts: isRecord(config.ExposedPorts) ? Object.keys(config.ExposedPorts) : [],
    volumes: isRecord(config.Volumes) ? Object.keys(config.Volumes) : [],
    history: (Array.isArray(raw.history) ? raw.history : []).filter(isRecord).map((step) => {
      const at = timeOf(step.created);
      return {
        createdBy: typeof step.created_by === 'string' ? step.created_by : '',
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
    mediaType: typeof value.mediaType === 'string' ? value.mediaType : '',
    digest: value.digest,
    size: Number.isSafeInteger(value.size) && Number(value.size) >= 0 ? Number(value.size) : 0,
    annotations: textsOf(value.annotations),
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

function textsOf(value: unknown): Record<string, string> {
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
      )
    : {};
}

function listOfTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
