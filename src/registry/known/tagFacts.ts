// Reads what the tree and the pages show of a tag: manifests, configurations, and what is attached to them.
import { messageOf, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import {
  type Attachment,
  type PlatformFacts,
  pairSteps,
  type TagDetails,
  type TagFacts,
  type TagList,
} from '../../model/registries/tag.ts';
import { fields, texts } from '../../model/untyped.ts';
import { defaultChild, platformName } from '../api/platforms.ts';
import type { Descriptor, ImageConfig, Manifest, RegistryClient } from '../types.ts';
import { type AttachedTag, attachedTag } from './order.ts';

/** The tags of images in the order that they are given in, and by digest the tags that belong to them. */
export function tagListOf(names: readonly string[]): TagList {
  const tags: string[] = [];
  const attached = new Map<string, Attachment[]>();
  for (const name of names) {
    const found = attachedTag(name);
    if (found) {
      attached.set(found.digest, [...(attached.get(found.digest) ?? []), attachmentOf(found)]);
    } else {
      tags.push(name);
    }
  }
  return { tags, attached };
}

/**
 * What a row shows, in two requests for an image and three for an index; one more where the registry can list
 * referrers. `attached` are the tags of the repository that belong to others.
 */
export async function readDetails(
  client: RegistryClient,
  repository: string,
  reference: string,
  attached: ReadonlyMap<string, Attachment[]>,
  signal: AbortSignal,
): Promise<TagDetails> {
  const top = await client.manifest(repository, reference, signal);
  const shown = await imageOf(client, repository, top, signal);
  const config =
    shown?.content.kind === 'image' && isImageConfig(shown.content.config)
      ? await client.config(repository, shown.content.config.digest, signal)
      : undefined;
  const size = shown?.content.kind === 'image' ? sizeOf(shown.content.layers) : undefined;
  const children = top.content.kind === 'index' ? top.content.manifests : [];
  const attachments = [
    ...attestationsOf(top),
    ...(attached.get(top.digest) ?? []).filter(({ type }) => type !== 'referrers'),
    ...(client.hasReferrers !== false || attached.has(top.digest)
      ? await referrersOf(client, repository, top.digest, signal).catch(() => [])
      : []),
  ];
  return {
    digest: top.digest,
    platforms: (children.length ? children.map(({ platform }) => platform) : [config?.platform])
      .map(platformName)
      .filter(Boolean),
    attachments: uniqueOf(attachments),
    ...(size === undefined ? {} : { size }),
    ...(config?.created === undefined ? {} : { created: config.created }),
  };
}

/** Everything of a tag or digest but the platforms' own facts. `list` gives the tags of the repository. */
export async function readTag(
  client: RegistryClient,
  registry: string,
  repository: string,
  reference: string,
  list: () => Promise<TagList>,
  signal: AbortSignal,
): Promise<TagFacts> {
  const top = await client.manifest(repository, reference, signal);
  const children = top.content.kind === 'index' ? top.content.manifests : [];
  const found = await attachedTo(client, repository, top, list, signal);
  return {
    registry,
    repository,
    reference,
    digest: top.digest,
    mediaType: top.mediaType,
    manifestSize: top.bytes.length,
    platforms: children.map(({ platform, digest }) => ({ name: platformName(platform) || t('unknown'), digest })),
    annotations: top.content.kind === 'other' ? {} : top.content.annotations,
    ...found,
  };
}

/** One image: a platform of an index, or an image without one. Rejects with `no-image` for anything else. */
export async function readPlatform(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<PlatformFacts> {
  const { content } = await client.manifest(repository, digest, signal);
  if (content.kind !== 'image') {
    throw new UserError('no-image', t('{0} is not an image: it has no layers to show.', `${repository}@${digest}`));
  }
  const config = isImageConfig(content.config)
    ? await client.config(repository, content.config.digest, signal)
    : undefined;
  const steps = pairSteps(config?.history ?? [], content.layers.length);
  const diffIds = diffIdsOf(config);
  return {
    platform: platformName(config?.platform),
    digest,
    configDigest: content.config.digest,
    size: sizeOf(content.layers),
    ...(config?.created === undefined ? {} : { created: config.created }),
    layers: content.layers.map((layer, index) => {
      const step = steps.find((candidate) => candidate.layer === index)?.text;
      const diffId = diffIds.length === content.layers.length ? diffIds[index] : undefined;
      return {
        digest: layer.digest,
        size: layer.size,
        mediaType: layer.mediaType,
        ...(diffId === undefined ? {} : { diffId }),
        ...(step === undefined ? {} : { step }),
      };
    }),
    steps,
    labels: config?.labels ?? {},
    annotations: content.annotations,
    env: config?.env ?? [],
    ...(config?.entrypoint ? { entrypoint: config.entrypoint } : {}),
    ...(config?.command ? { command: config.command } : {}),
    ...(config?.user ? { user: config.user } : {}),
    ...(config?.workdir ? { workdir: config.workdir } : {}),
    ports: config?.exposedPorts ?? [],
    volumes: config?.volumes ?? [],
  };
}

async function imageOf(
  client: RegistryClient,
  repository: string,
  top: Manifest,
  signal: AbortSignal,
): Promise<Manifest | undefined> {
  if (top.content.kind === 'image') {
    return top;
  }
  const child = defaultChild(top);
  return child && (await client.manifest(repository, child.digest, signal));
}

async function attachedTo(
  client: RegistryClient,
  repository: string,
  top: Manifest,
  list: () => Promise<TagList>,
  signal: AbortSignal,
): Promise<Pick<TagFacts, 'attachments' | 'attachmentsProblem'>> {
  const own = attestationsOf(top);
  try {
    const { attached } = await list();
    const tags = (attached.get(top.digest) ?? []).filter(({ type }) => type !== 'referrers');
    return { attachments: uniqueOf([...own, ...tags, ...(await referrersOf(client, repository, top.digest, signal))]) };
  } catch (error) {
    return { attachments: own, attachmentsProblem: messageOf(error) };
  }
}

async function referrersOf(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Attachment[]> {
  const found = await client.referrers(repository, digest, signal);
  return found.map((entry) => ({
    kind: kindOf(entry.artifactType ?? entry.mediaType),
    reference: entry.digest,
    type: entry.artifactType ?? entry.mediaType,
    size: entry.size,
    of: digest,
  }));
}

/** BuildKit's attestations: children of the index; the predicate type is only in their layers. */
function attestationsOf(top: Manifest): Attachment[] {
  return top.content.kind === 'index'
    ? top.content.attestations.map(({ digest, size, of, annotations }) => ({
        kind: 'attestation',
        reference: digest,
        size,
        of,
        ...(annotations['vnd.docker.reference.type'] ? { type: annotations['vnd.docker.reference.type'] } : {}),
      }))
    : [];
}

function attachmentOf({ tag, digest, kind }: AttachedTag): Attachment {
  return { kind: kind === 'referrers' ? 'other' : kind, reference: tag, type: kind, of: digest };
}

/** What an artifact type says that it is; the types are those of Cosign, Notation, CycloneDX, SPDX and in-toto. */
function kindOf(type: string): Attachment['kind'] {
  const kinds: [RegExp, Attachment['kind']][] = [
    [/signature|cosign.*simplesigning|sigstore\.bundle/i, 'signature'],
    [/spdx|cyclonedx|sbom/i, 'sbom'],
    [/provenance|slsa/i, 'provenance'],
    [/in-toto|attestation/i, 'attestation'],
  ];
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}

/** A Helm chart or another artifact has a configuration of its own kind, which says nothing about an image. */
function isImageConfig({ mediaType }: Descriptor): boolean {
  return (
    mediaType === 'application/vnd.docker.container.image.v1+json' ||
    mediaType === 'application/vnd.oci.image.config.v1+json'
  );
}

function diffIdsOf(config: ImageConfig | undefined): string[] {
  return texts(fields(fields(config?.raw).rootfs).diff_ids);
}

function sizeOf(layers: readonly Descriptor[]): number {
  return layers.reduce((sum, { size }) => sum + size, 0);
}

function uniqueOf(attachments: Attachment[]): Attachment[] {
  return [...new Map(attachments.map((entry) => [entry.reference, entry])).values()];
}

/**
 * A manifest as it was sent, or the configuration behind it (of an index: that of the usual image), made readable.
 * The digest is that of the bytes in the registry, which the client has checked, and not of the text.
 */
export async function readDocument(
  client: RegistryClient,
  repository: string,
  reference: string,
  what: 'manifest' | 'config',
  signal: AbortSignal,
): Promise<{ digest: string; text: string }> {
  const top = await client.manifest(repository, reference, signal);
  if (what === 'manifest') {
    return { digest: top.digest, text: readable(JSON.parse(Buffer.from(top.bytes).toString('utf8')), top.digest) };
  }
  const image = await imageOf(client, repository, top, signal);
  if (image?.content.kind !== 'image') {
    throw new UserError('no-image', t('{0} has no image configuration.', `${repository}:${reference}`));
  }
  const { digest } = image.content.config;
  return { digest, text: readable((await client.config(repository, digest, signal)).raw, digest) };
}

/** JSON may be read however deep it is nested, but not written. */
function readable(value: unknown, digest: string): string {
  try {
    return `${JSON.stringify(value, undefined, 2)}\n`;
  } catch (cause) {
    throw new UserError('too-deep', t('{0} is nested too deeply to be shown as text.', digest), { cause });
  }
}
