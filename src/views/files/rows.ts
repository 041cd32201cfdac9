// How files look: the rows of a folder, a row, its tooltip.
import type { MessageElement } from '../../model/elements.ts';
import { baseName, type FileElement, type FileEntry, formatMode, joinPath } from '../../model/files/entry.ts';
import { formatAge, formatSize, named } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import { messageUnder } from '../messageRow.ts';
import { described } from '../rowText.ts';
import type { Row } from '../types.ts';

/** Rows of one folder that are drawn; an editor's tree is no place to look through more. */
const maxRows = 5_000;

/** The first rows of a folder, and below them how many these are where there are more; `under` says so for none. */
export function firstRows<Item, E>(
  items: readonly Item[],
  rowOf: (item: Item) => E,
  says: (text: string) => MessageElement,
): (E | MessageElement)[] {
  const rows = items.slice(0, maxRows).map(rowOf);
  return rows.length < items.length
    ? [...rows, says(t('{0} of {1} files are shown.', rows.length, items.length))]
    : rows;
}

/** The rows of a folder that was listed; `complete` is false where it was too large to be read whole. */
export function folderRows(
  folder: FileElement,
  { entries, complete }: { entries: readonly FileEntry[]; complete: boolean },
  rowOf: (entry: FileEntry) => FileElement,
): (FileElement | MessageElement)[] {
  const says = (text: string) => messageUnder(folder, text);
  return [
    ...firstRows(entries, rowOf, says),
    ...(complete
      ? []
      : [
          says(
            t('Only a part is listed: this folder holds too much to be read at once. Start the container to see all.'),
          ),
        ]),
    ...(entries.length === 0 ? [says(t('This folder is empty.'))] : []),
  ];
}

/** What a name cannot be used with is drawn as `other`: it can be neither opened nor asked about. */
export function elementOf({ owner, path }: FileElement, { name, kind, unnameable }: FileEntry): FileElement {
  return { type: 'file', owner, path: joinPath(path, name), kind: unnameable ? 'other' : kind };
}

/** `entry` is what was listed; without it, the row has what its element says. */
export function fileRow(element: FileElement, entry: FileEntry | undefined): Row {
  if (element.path === '/') {
    return { label: t('Files'), icon: { name: 'files' }, kind: 'files', expand: 'collapsed' };
  }
  const label = plain(baseName(element.path), 200) || '?';
  const folder = element.kind === 'folder' || entry?.leadsTo === 'folder';
  const size = entry && entry.kind === 'file' ? formatSize(entry.size) : '';
  const link = element.kind === 'link' ? (entry?.leadsTo ? t('link') : t('broken link')) : '';
  const description = described([link, size]);
  return {
    label,
    ...(description && { description }),
    icon: { name: iconOf(element, folder) },
    kind: kindOf(element, folder, entry),
    ...(folder ? { expand: 'collapsed' } : {}),
    ...(!folder && element.kind !== 'other' && { opens: 'openFile' }),
    spoken: folder ? t('Folder {0}', label) : t('File {0}', [label, description].filter(Boolean).join(', ')),
  };
}

/** Markdown: mode, size, where a link leads, time. */
export function fileTooltip(path: string, entry: FileEntry): string {
  return [
    `**${escapeMarkdown(path)}**`,
    named(t('Mode'), escapeMarkdown(formatMode(entry))),
    ...(entry.kind === 'file' ? [named(t('Size'), formatSize(entry.size))] : []),
    ...(entry.target === undefined ? [] : [named(t('Leads to'), escapeMarkdown(entry.target))]),
    named(t('Changed'), formatAge(entry.modified)),
  ].join('  \n');
}

function iconOf({ kind }: FileElement, folder: boolean): string {
  if (kind === 'link') {
    return folder ? 'file-symlink-directory' : 'file-symlink-file';
  }
  return folder ? 'folder' : 'file';
}

function kindOf({ kind }: FileElement, folder: boolean, entry: FileEntry | undefined): Row['kind'] {
  if (folder) {
    return 'file.folder';
  }
  return kind === 'file' || entry?.leadsTo === 'file' ? 'file' : kind === 'link' ? 'file.link' : 'file.other';
}
