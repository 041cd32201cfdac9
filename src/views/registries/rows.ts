// How the rows of the registries view look.
import type {
  AttachmentElement,
  FolderElement,
  MessageElement,
  RegistryElement,
  RepositoryElement,
  TagElement,
} from '../../model/elements.ts';
import { formatAge, formatSize, named, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { type Attachment, attachmentName, fullName, type TagDetails } from '../../model/registries/tag.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import type { Listing } from '../../registry/known/catalog.ts';
import { messageRow, warningIcon } from '../messageRow.ts';
import { aloud, described } from '../rowText.ts';
import type { Row } from '../types.ts';

/** `found` is how many repositories the filter finds. */
export function registryRow(element: RegistryElement, listing: Listing | undefined, found: number | undefined): Row {
  const label = plain(element.registry, 200);
  const failed = listing?.failure !== undefined && !listing.noCatalog;
  const description = described([
    found === undefined ? '' : t('{0} found', found.toLocaleString()),
    listing?.wantsLogin ? t('wants a login') : failed ? t('cannot be listed') : '',
    listing?.asOf === undefined ? '' : t('as of {0}', formatAge(listing.asOf)),
    listing && !listing.complete && listing.asOf === undefined && listing.names.length > 0
      ? t('{0} so far', listing.names.length.toLocaleString())
      : '',
  ]);
  return {
    label,
    description,
    icon: failed ? warningIcon : { name: 'server' },
    kind: listing?.wantsLogin ? 'registry.unauthorized' : failed ? 'registry.failed' : 'registry',
    spoken: t('Registry {0}, {1}', label, aloud(description)).replace(/, $/, ''),
  };
}

export function registryTooltip(
  listing: Listing | undefined,
  login: { account?: string; source: string } | undefined,
): string | undefined {
  const lines = [
    listing?.failure,
    listing?.complete && listing.failure === undefined
      ? t('{0} repositories', listing.names.length.toLocaleString())
      : undefined,
    login && (login.account === undefined ? t('Signed in') : t('Signed in as {0}', login.account)),
    login && t('Login from: {0}', login.source),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? lines.map((line) => escapeMarkdown(line)).join('  \n') : undefined;
}

export function folderRow({ path, under }: FolderElement): Row {
  const label = plain(path.slice(under.length, -1), 300);
  return { label, icon: { name: 'folder' }, kind: 'registry.folder', spoken: t('Folder {0}', label) };
}

/** `marks` tell what the filter found in the whole name; they are drawn where that is the label. */
export function repositoryRow(
  { name, under }: RepositoryElement,
  { added, marks }: { added: boolean; marks: Row['marks'] },
): Row {
  const label = plain(name.slice(under?.length ?? 0), 300);
  return {
    label,
    icon: { name: 'layers' },
    kind: added ? 'registry.repository.added' : 'registry.repository',
    spoken: t('Repository {0}', plain(name, 300)),
    ...(marks && label === name && { marks }),
  };
}

/** Size and date are there once the row was visible. */
export function detailedTag(element: TagElement, details: TagDetails | undefined, failed: boolean): Row {
  const label = plain(element.name, 200);
  const signed = details?.attachments.some(({ kind }) => kind === 'signature') ?? false;
  const description = details
    ? described([
        details.size === undefined ? '' : formatSize(details.size),
        details.created === undefined ? '' : formatAge(details.created),
        details.platforms.length > 1 ? t('{0} platforms', details.platforms.length) : '',
        signed ? t('signed') : '',
      ])
    : failed
      ? t('cannot be read')
      : '';
  return {
    label,
    description,
    icon: failed ? warningIcon : { name: 'tag' },
    kind: 'registry.tag',
    opens: 'openTag',
    watched: true,
    ...(details && details.attachments.length > 0 ? { expand: 'collapsed' } : {}),
    spoken: t('Tag {0}, {1}', label, aloud(description)).replace(/, $/, ''),
  };
}

export function tagTooltip(element: TagElement, details: TagDetails | undefined, problem: string | undefined): string {
  const lines = [`**${escapeMarkdown(fullName(element.registry, element.repository, element.name))}**`];
  if (details) {
    lines.push(named(t('Digest'), escapeMarkdown(details.digest)));
    if (details.size !== undefined) {
      lines.push(named(t('Size'), formatSize(details.size)));
    }
    if (details.created !== undefined) {
      lines.push(named(t('Created'), new Date(details.created).toLocaleString()));
    }
    if (details.platforms.length > 0) {
      lines.push(named(t('Platforms'), escapeMarkdown(details.platforms.join(', '))));
    }
  } else if (problem !== undefined) {
    lines.push(escapeMarkdown(problem));
  }
  return lines.join('  \n');
}

export function attachmentRow(element: AttachmentElement, attachment: Attachment | undefined): Row {
  const label = attachment ? attachmentName(attachment.kind) : t('Attachment');
  const type = attachment?.kind === 'other' && attachment.type ? plain(attachment.type, 200) : '';
  const size = attachment?.size === undefined ? '' : formatSize(attachment.size);
  return {
    label,
    description: described([type, size, element.reference.includes(':') ? shortId(element.reference) : '']),
    icon: { name: attachmentIcons[attachment?.kind ?? 'other'] },
    kind: 'registry.attachment',
    opens: 'openManifest',
    spoken: t('{0} of tag {1}', label, plain(element.tag, 200)),
  };
}

export function attachmentTooltip(attachment: Attachment | undefined): string | undefined {
  return (
    attachment &&
    [attachment.type ?? attachmentName(attachment.kind), attachment.reference]
      .map((line) => escapeMarkdown(line))
      .join('  \n')
  );
}

/** Below a registry, what is said and is no failure has an icon, too: it often has a click. */
export function adviceRow(element: MessageElement): Row {
  return { icon: { name: 'info' }, ...messageRow(element) };
}

const attachmentIcons = {
  signature: 'verified',
  attestation: 'law',
  sbom: 'list-tree',
  provenance: 'git-commit',
  other: 'link',
};
