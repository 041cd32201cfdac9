// The rows below a registry, a folder and a repository, from what is known of them.
import type {
  AttachmentElement,
  FolderElement,
  MessageElement,
  RegistryElement,
  RepositoryElement,
  TagElement,
} from '../../model/elements.ts';
import { t } from '../../model/l10n.ts';
import { entriesBelow, type Found, foldersAbove } from '../../model/registries/names.ts';
import type { Attachment } from '../../model/registries/tag.ts';
import type { Listing } from '../../registry/known/catalog.ts';
import { messageUnder } from '../messageRow.ts';

/** The repositories of a registry, as folders or as one list; of a filtered one, those that were found, as a list. */
export function repositoryRows(
  element: RegistryElement,
  listing: Listing,
  { found, layout }: { found: Found | undefined; layout: 'tree' | 'list' },
): (FolderElement | RepositoryElement | MessageElement)[] {
  const { registry } = element;
  const names = found ? found.matches.map(({ name }) => name) : listing.names;
  const rows =
    found || layout === 'list'
      ? names.map((name): RepositoryElement => ({ type: 'repository', registry, name }))
      : entryRows(registry, names, '');
  return [...rows, ...messagesBelow(element, listing, rows.length, found)];
}

/** What one step of the names is below a folder: folders and repositories. `under` ends with a slash, or is empty. */
export function entryRows(
  registry: string,
  names: readonly string[],
  under: string,
): (FolderElement | RepositoryElement)[] {
  return entriesBelow(names, under).map((entry) =>
    entry.type === 'folder'
      ? { type: 'folder', registry, path: entry.path, under }
      : { type: 'repository', registry, name: entry.name, under },
  );
}

/** Why repositories are missing, with the way out as a click: that there are more, a failure, or that there are none. */
function messagesBelow(
  element: RegistryElement,
  listing: Listing,
  shown: number,
  found: Found | undefined,
): MessageElement[] {
  const { registry } = element;
  const says = (text: string, failed = false, opens?: string): MessageElement => ({
    ...messageUnder(element, text, failed),
    ...(opens !== undefined && { opens, registry }),
  });
  const rows: MessageElement[] = [];
  if (found && found.total > shown) {
    rows.push(says(t('{0} more are found. Type more letters to see them.', found.total - shown)));
  }
  if (listing.cut) {
    rows.push(
      says(t('There are more repositories than are listed here. Add one by its name.'), false, 'addRepository'),
    );
  }
  const none = shown + rows.length === 0;
  if (listing.failure !== undefined && (!listing.noCatalog || listing.names.length === 0)) {
    rows.push(says(listing.failure, !listing.noCatalog, wayOut(listing)));
  } else if (none && found) {
    rows.push(says(listing.complete ? t('Nothing is found here.') : t('Nothing is found so far.')));
  } else if (none && listing.complete) {
    rows.push(says(t('No repositories yet. Push an image to {0} to see it here.', registry)));
  }
  return rows;
}

/** The command that helps where a registry cannot be listed. */
function wayOut({ wantsLogin, noCatalog, wantsNamespaces }: Listing): string | undefined {
  if (wantsLogin) {
    return 'signIn';
  }
  return noCatalog ? (wantsNamespaces ? 'chooseNamespaces' : 'addRepository') : undefined;
}

/** The tags of a repository in their order. `dated`: the first so many by version stand in order of their dates. */
export function tagRows(
  element: RepositoryElement,
  names: readonly string[],
  { dated, cut }: { dated: number | undefined; cut: boolean },
): (TagElement | MessageElement)[] {
  const { registry, name: repository } = element;
  const rows = names.map((name): TagElement | MessageElement => ({ type: 'tag', registry, repository, name }));
  const says = (text: string) => rows.push(messageUnder(element, text));
  if (dated !== undefined && names.length > dated) {
    says(t('The first {0} by version are in order of their dates; the others follow by version.', dated));
  }
  if (cut) {
    says(t('Only the first {0} tags that the registry gave are here. Others can be pulled by name.', names.length));
  }
  if (rows.length === 0) {
    says(t('No tags: all have been deleted.'));
  }
  return rows;
}

export function attachmentRows(
  { registry, repository, name }: TagElement,
  attachments: readonly Attachment[],
): AttachmentElement[] {
  return attachments.map(({ reference }) => ({ type: 'attachment', registry, repository, tag: name, reference }));
}

/** The folder that a path of a registry is in, among its names; undefined at the top. The path of a folder ends with a slash. */
export function folderAround(registry: string, names: readonly string[], path: string): FolderElement | undefined {
  const folders = foldersAbove(names, path).filter((folder) => folder !== path);
  const folder = folders.at(-1);
  return folder === undefined ? undefined : { type: 'folder', registry, path: folder, under: folders.at(-2) ?? '' };
}
