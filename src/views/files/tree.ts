// The files of a container or volume, one folder at a time; the containers and volumes views show them.
import type { App } from '../../app.ts';
import type { Files } from '../../engine/types.ts';
import type { MessageElement } from '../../model/elements.ts';
import { explain } from '../../model/engines/help.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import {
  type FileChange,
  type FileElement,
  type FileEntry,
  type FileOwner,
  fileKey,
  parentPath,
} from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { messageUnder } from '../messageRow.ts';
import type { RowType } from '../rowTypes.ts';
import type { RowChange } from '../types.ts';
import { elementOf, fileRow, fileTooltip, folderRows } from './rows.ts';

/** Files of all folders that are kept for drawing. */
const maxKnown = 100_000;

/** `parent` gives none for the root, which the view knows; `collapsed` ends the listing of a row. */
export interface FileRows extends Disposable, Required<RowType<FileElement, FileElement | MessageElement>> {
  /** The row under which all files of an owner are. */
  root(owner: FileOwner): FileElement;
  /** Never rejects: what cannot be listed is a message. */
  children(element: FileElement): Promise<(FileElement | MessageElement)[]>;
  tooltip(element: FileElement): Promise<string | undefined>;
  parent(element: FileElement): FileElement | undefined;
  readonly onChange: Event<RowChange>;
}

/**
 * The files of all containers and volumes as rows. Works until it is disposed of, which ends what is being listed. It
 * holds what was listed, and the listings under way.
 */
export function createFileRows(app: Pick<App, 'engine'>): FileRows {
  const changed = new Emitter<RowChange>();
  /** What was listed, by key: rows are drawn from it. */
  const known = new Map<string, FileEntry>();
  const running = new Map<string, AbortController>();
  const files = followFiles(app, (changes) => {
    const folders = changes.map(({ owner, path }) => fileKey({ owner, path: parentPath(path) }));
    changed.fire([...new Set(folders)]);
  });

  function forgetOldest(): void {
    for (const key of known.keys()) {
      if (known.size <= maxKnown) {
        return;
      }
      known.delete(key);
    }
  }

  return {
    onChange: changed.event,
    root: (owner) => ({ type: 'file', owner, path: '/', kind: 'folder' }),

    async children(element) {
      const key = fileKey(element);
      const abort = new AbortController();
      running.get(key)?.abort();
      running.set(key, abort);
      try {
        const listing = await (await files.get()).list(element.owner, element.path, { signal: abort.signal });
        forgetOldest();
        return folderRows(element, listing, (entry) => {
          const row = elementOf(element, entry);
          known.set(fileKey(row), entry);
          return row;
        });
      } catch (error) {
        return abort.signal.aborted ? [] : [messageUnder(element, explain(error).message, true)];
      } finally {
        if (running.get(key) === abort) {
          running.delete(key);
        }
      }
    },

    row: (element) => fileRow(element, known.get(fileKey(element))),

    async tooltip(element) {
      if (known.get(fileKey(element))?.unnameable) {
        return t('The name of this file is not UTF-8. It can be downloaded with the folder that it is in.');
      }
      const entry = await (await files.get()).stat(element.owner, element.path).catch(() => undefined);
      return entry && fileTooltip(element.path, entry);
    },

    parent: ({ owner, path }) =>
      path === '/' ? undefined : { type: 'file', owner, path: parentPath(path), kind: 'folder' },

    collapsed: (element) => running.get(fileKey(element))?.abort(),

    dispose() {
      files.dispose();
      changed.dispose();
      for (const abort of running.values()) {
        abort.abort();
      }
    },
  };
}

/** The files of the engine that is in use, whenever they are asked for; `changed` hears of those that were given last. */
function followFiles(
  { engine }: Pick<App, 'engine'>,
  changed: (changes: readonly FileChange[]) => void,
): Disposable & { get(): Promise<Files> } {
  let followed: Files | undefined;
  let following: Disposable | undefined;
  return {
    async get() {
      const { files } = await engine.client();
      if (files !== followed) {
        following?.dispose();
        followed = files;
        following = files.onChange(changed);
      }
      return files;
    },
    dispose: () => following?.dispose(),
  };
}
