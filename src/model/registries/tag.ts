// What a registry says of a tag, as plain data: for the rows of the tree, the page of a tag, and comparisons.
import { t } from '../l10n.ts';

/** Something that was attached to an image: a signature, an SBOM, where it came from. */
export interface Attachment {
  kind: 'signature' | 'attestation' | 'sbom' | 'provenance' | 'other';
  /** What names it in its repository: a tag or a digest. */
  reference: string;
  /** The registry's word for it, e.g. its artifact type; shown where the kind does not say enough. */
  type?: string;
  /** Bytes, where known. */
  size?: number;
  /** The digest that it belongs to: of the whole, or of one platform. */
  of: string;
}

/** What the tree shows of a tag. */
export interface TagDetails {
  /** Of the index where there is one, so that it pins every platform. */
  digest: string;
  /** Bytes of all layers, compressed, of the image that would be pulled here. */
  size?: number;
  /** Milliseconds since 1970. */
  created?: number;
  /** `linux/arm64/v8`. */
  platforms: string[];
  attachments: Attachment[];
}

/** The names in a repository, those of images apart from those that belong to another. */
export interface TagList {
  /** Newest version first. */
  tags: string[];
  /** By the digest that they belong to. */
  attached: ReadonlyMap<string, Attachment[]>;
  /** There are more than a list here may hold. */
  cut?: boolean;
}

export interface LayerFacts {
  /** Of the compressed layer; absent for an image of the engine. */
  digest?: string;
  /** Of its content: the same wherever and however it is compressed. */
  diffId?: string;
  /** Bytes; compressed in a registry. */
  size?: number;
  mediaType?: string;
  /** The step of the build that made it, as the history says. */
  step?: string;
}

/** One platform of a tag with everything that its page shows; also an image of the engine, for a comparison. */
export interface PlatformFacts {
  /** `linux/arm64/v8`. */
  platform: string;
  digest: string;
  configDigest?: string;
  /** Bytes of all layers. */
  size?: number;
  created?: number;
  layers: LayerFacts[];
  /** All steps of the history, oldest first; `layer` is the index of the layer that the step made. */
  steps: { text: string; created?: number; layer?: number }[];
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** `NAME=value`. */
  env: string[];
  entrypoint?: string[];
  command?: string[];
  user?: string;
  workdir?: string;
  ports: string[];
  volumes: string[];
}

export interface TagFacts {
  registry: string;
  repository: string;
  /** A tag or a digest. */
  reference: string;
  digest: string;
  mediaType: string;
  /** Bytes of the manifest itself. */
  manifestSize: number;
  /** The platforms of an index in its order; one entry for an image without an index. */
  platforms: { name: string; digest: string; size?: number }[];
  annotations: Record<string, string>;
  attachments: Attachment[];
  /** Why the attachments may be incomplete: the sentence of what went wrong. */
  attachmentsProblem?: string;
}

/** What the page of a tag shows. */
export interface TagPage {
  /** `host/repository:tag` or `host/repository@sha256:…`. */
  name: string;
  /** Absent until the registry has answered. */
  tag?: TagFacts;
  /** The digest of the platform that is shown. */
  shown?: string;
  /** Absent while it is read, and where it could not be. */
  platform?: PlatformFacts;
  /** Why the platform cannot be shown. */
  problem?: string;
  /** The name of the registry's own pages, where there are some. */
  vendor?: string;
}

/** What a person does on the page of a tag. */
export type TagPageMessage =
  | { type: 'show'; digest: string }
  | { type: 'copy'; text: string }
  | { type: 'attachment'; reference: string }
  | { type: TagAction };

/** What a person can do with the tag as a whole, by the buttons of its page. */
export const tagActions = ['pull', 'run', 'compare', 'manifest', 'config', 'browse'] as const;
export type TagAction = (typeof tagActions)[number];

/** The whole name of a tag or digest: `host/repository:tag` or `host/repository@sha256:…`. */
export function fullName(registry: string, repository: string, reference: string): string {
  return `${registry}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}

/** More steps than any build has. */
const maxSteps = 2000;

/** Each layer with the step of the history that made it; steps that changed no file have no layer. */
export function pairSteps(
  history: readonly { createdBy: string; created?: number; empty: boolean; comment?: string }[],
  layers: number,
): { text: string; created?: number; layer?: number }[] {
  const full = history.filter(({ empty }) => !empty).length;
  let next = 0;
  return history.slice(0, maxSteps).map(({ createdBy, created, empty, comment }) => ({
    text: readableStep(createdBy || comment || ''),
    ...(created === undefined ? {} : { created }),
    // A history that does not fit the layers (squashed, or written by another tool) is shown, but not paired.
    ...(empty || full !== layers ? {} : { layer: next++ }),
  }));
}

/** A step as the Dockerfile said it: the classic builder and BuildKit each add their own words. */
export function readableStep(createdBy: string): string {
  // Searched without patterns that could go back and forth: the text comes from outside and may be long.
  const whole = createdBy.trim();
  const text = whole.endsWith(builtBy) ? whole.slice(0, -builtBy.length).trimEnd() : whole;
  if (text.startsWith(noFiles)) {
    return text.slice(noFiles.length).trimStart();
  }
  const step = text.startsWith('RUN ') ? text.slice(4) : text;
  // Build arguments stand before the shell as `|2 NAME=value NAME=value`.
  const at = /^\|\d+ /.test(step) ? step.indexOf(shell) : step.startsWith(shell) ? 0 : -1;
  return at < 0 ? text : `RUN ${step.slice(at + shell.length).trim()}`;
}

const shell = '/bin/sh -c ';
const noFiles = `${shell}#(nop)`;
const builtBy = '# buildkit';

/** What an attachment is called, in the row and on the page of its tag. */
export function attachmentName(kind: Attachment['kind']): string {
  switch (kind) {
    case 'signature':
      return t('Signature');
    case 'attestation':
      return t('Attestation');
    case 'sbom':
      return t('SBOM');
    case 'provenance':
      return t('Provenance');
    case 'other':
      return t('Attachment');
  }
}
