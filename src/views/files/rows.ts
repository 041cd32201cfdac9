// Rows for the files of a container or volume, one folder at a time; the containers and volumes views show them.
import type { App } from '../../app.ts';
import type { Files } from '../../engine/types.ts';
import { explain } from '../../model/engines/help.ts';
import { type Disposable, Emitter } from '../../model/event.ts';
import {
  baseName,
  type FileElement,
  type FileEntry,
  type FileOwner,
  fileKey,
  formatMode,
  joinPath,
  parentPath,
} from '../../model/files/entry.ts';
import { formatAge, formatSize, named } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import type { Row, RowChange } from '../types.ts';

/** Rows of one folder that are drawn; an editor's tree is no place to look through more. */
const mostRows = 5_000;
/** Files of all folders that are kept for drawing. */
const mostKnown = 100_000;

export type FileRowKind = 'files' | 'file' | 'file.folder' | 'file.link' | 'file.other';

/** As a `Row`; a click runs the command `open`, when there is one. */
export interface FileRow {
  label: string;
  description?: string;
  icon: { name: string; color?: string };
  kind: FileRowKind;
  expand?: 'collapsed';
  open?: 'openFile';
  spoken?: string;
}

/** Something that is said in the place of rows. */
export interface FileMessage {
  type: 'message';
  under: string;
  text: string;
  failed: boolean;
}

export interface FileRows extends Disposable {
  /** The row under which all files of an owner are. */
  root(owner: FileOwner): FileElement;
  /** Never rejects: what cannot be listed is a message. */
  children(element: FileElement): Promise<(FileElement | FileMessage)[]>;
  row(element: FileElement): FileRow;
  /** Markdown: mode, time, where a link leads. */
  tooltip(element: FileElement): Promise<string | undefined>;
  /** The row that a row is under; undefined for the root, which the view knows. */
  parent(element: FileElement): FileElement | undefined;
  /** The row was closed: its listing is ended. */
  collapsed(element: FileElement): void;
  readonly onChange: Emitter<RowChange>['event'];
}

export function createFileRows(app: App): FileRows {
  const changed = new Emitter<RowChange>();
  /** What was listed, by key: rows are drawn from it. */
  const known = new Map<string, FileEntry>();
  const running = new Map<string, AbortController>();
  let followed: Files | undefined;
  let following: Disposable | undefined;

  async function files(): Promise<Files> {
    const current = (await app.engine.client()).files;
    if (current !== followed) {
      following?.dispose();
      followed = current;
      following = current.onChange((changes) => {
        const folders = changes.map(({ owner, path }) => fileKey({ owner, path: parentPath(path) }));
        changed.fire([...new Set(folders)]);
      });
    }
    return current;
  }

  function forgetOldest(): void {
    for (const key of known.keys()) {
      if (known.size <= mostKnown) {
        return;
      }
      known.delete(key);
    }
  }

  return {
    onChange: changed.event,
    root: (owner) => ({ type: 'file', owner, path: '/', kind: 'folder' }),

    async children(element) {
      const { owner, path } = element;
      const under = fileKey(element);
      const abort = new AbortController();
      running.get(under)?.abort();
      running.set(under, abort);
      const message = (text: string, failed: boolean): FileMessage => ({ type: 'message', under, text, failed });
      try {
        const { entries, complete } = await (await files()).list(owner, path, { signal: abort.signal });
        forgetOldest();
        const shown = entries.slice(0, mostRows);
        const rows = shown.map((entry): FileElement => {
          const row: FileElement = {
            type: 'file',
            owner,
            path: joinPath(path, entry.name),
            kind: entry.unnameable ? 'other' : entry.kind,
          };
          known.set(fileKey(row), entry);
          return row;
        });
        const cut = shown.length < entries.length;
        return [
          ...rows,
          ...(cut ? [message(t('{0} of {1} files are shown.', shown.length, entries.length), false)] : []),
          ...(complete
            ? []
            : [
                message(
                  t(
                    'Only a part is listed: this folder holds too much to be read at once. Start the container to see all.',
                  ),
                  false,
                ),
              ]),
          ...(entries.length === 0 ? [message(t('This folder is empty.'), false)] : []),
        ];
      } catch (error) {
        return abort.signal.aborted ? [] : [message(explain(error).message, true)];
      } finally {
        if (running.get(under) === abort) {
          running.delete(under);
        }
      }
    },

    row(element) {
      if (element.path === '/') {
        return { label: t('Files'), icon: { name: 'files' }, kind: 'files', expand: 'collapsed' };
      }
      const entry = known.get(fileKey(element));
      const label = plain(baseName(element.path), 200) || '?';
      const folder = element.kind === 'folder' || entry?.leadsTo === 'folder';
      const size = entry && entry.kind === 'file' ? formatSize(entry.size) : '';
      const link = element.kind === 'link' ? linkWords(entry) : '';
      const description = [link, size].filter(Boolean).join(' · ');
      return {
        label,
        ...(description && { description }),
        icon: { name: iconOf(element, folder) },
        kind: folder ? 'file.folder' : element.kind === 'file' || entry?.leadsTo === 'file' ? 'file' : kindOf(element),
        ...(folder ? { expand: 'collapsed' as const } : {}),
        ...(!folder && element.kind !== 'other' && { open: 'openFile' as const }),
        spoken: folder ? t('Folder {0}', label) : t('File {0}', [label, description].filter(Boolean).join(', ')),
      };
    },

    async tooltip(element) {
      if (known.get(fileKey(element))?.unnameable) {
        return t('The name of this file is not UTF-8. It can be downloaded with the folder that it is in.');
      }
      const entry = await (await files()).stat(element.owner, element.path).catch(() => undefined);
      return (
        entry &&
        [
          `**${escapeMarkdown(element.path)}**`,
          named(t('Mode'), escapeMarkdown(formatMode(entry))),
          ...(entry.kind === 'file' ? [named(t('Size'), formatSize(entry.size))] : []),
          ...(entry.target === undefined ? [] : [named(t('Leads to'), escapeMarkdown(entry.target))]),
          named(t('Changed'), formatAge(entry.modified)),
        ].join('  \n')
      );
    },

    parent: ({ owner, path }) =>
      path === '/' ? undefined : { type: 'file', owner, path: parentPath(path), kind: 'folder' },

    collapsed(element) {
      running.get(fileKey(element))?.abort();
    },

    dispose() {
      following?.dispose();
      changed.dispose();
      for (const abort of running.values()) {
        abort.abort();
      }
    },
  };
}

/** The row as a view draws it. */
export function viewRow({ open, ...row }: FileRow): Row {
  return { ...row, ...(open && { opens: open }) };
}

function linkWords(entry: FileEntry | undefined): string {
  return entry?.leadsTo ? t('link') : t('broken link');
}

function iconOf({ kind }: FileElement, folder: boolean): string {
  return folder
    ? kind === 'link'
      ? 'file-symlink-directory'
      : 'folder'
    : kind === 'link'
      ? 'file-symlink-file'
      : 'file';
}

function kindOf({ kind }: FileElement): FileRowKind {
  return kind === 'link' ? 'file.link' : 'file.other';
}
