// Files of containers and volumes as a file system of the editor.
import * as vscode from 'vscode';
import type { App } from '../../app/index.ts';
import type { Files } from '../../engine/types.ts';
import { UserError } from '../../model/errors.ts';
import { baseName, type FileEntry, type FileOwner } from '../../model/files/entry.ts';
import { createAgreement, type UnsafeSave } from '../../model/files/unsafeSave.ts';
import { addressPath, fileScheme, pathOf } from '../../model/files/uri.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { commandAction } from '../actions.ts';
import { showFailure } from '../register.ts';
import { createFileAccess } from './access.ts';

/** Bytes of the largest file that is opened in an editor: its text is held in memory several times over. */
export const maxFileSize = 50_000_000;

/** Registers the `docknotes-files` scheme. Nothing is asked of the engine before a file is opened. */
export function registerFiles(app: Pick<App, 'engine' | 'ui' | 'log'>): vscode.Disposable {
  const access = createFileAccess(app.engine);
  const { at } = access;
  const save = createSave(app);
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: access.onChange,
    // The archive API tells of no changes; what is changed here is told by `onChange`.
    watch: () => new vscode.Disposable(() => {}),
    stat: (uri) => at(uri, async (files, owner, path) => statOf(await files.stat(owner, path))),
    readDirectory: (uri) => at(uri, (files, owner, path) => list(app, files, owner, path)),
    readFile: (uri) => at(uri, (files, owner, path) => read(app, files, owner, path)),
    writeFile: (uri, content, options) =>
      at(uri, (files, owner, path) => save(uri, files, owner, path, content, options)),
    createDirectory: (uri) => at(uri, (files, owner, path) => files.createFolder(owner, path)),
    delete: (uri, { recursive }) => at(uri, (files, owner, path) => files.remove(owner, path, { recursive })),
    rename: (from, to, { overwrite }) =>
      at(from, async (files, owner, path) => {
        if (from.authority !== to.authority) {
          throw new UserError(
            'other-owner',
            t('A file cannot be moved from one container or volume to another. Copy it, and delete it afterwards.'),
          );
        }
        await files.rename(owner, path, pathOf(to.path), { overwrite });
      }),
  };
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(fileScheme, provider, { isCaseSensitive: true }),
    access,
  );
}

/** What cannot be listed or named is left out, and said. */
async function list(
  { ui, log }: Pick<App, 'ui' | 'log'>,
  files: Files,
  owner: FileOwner,
  path: string,
): Promise<[string, vscode.FileType][]> {
  const { entries, complete } = await files.list(owner, path);
  if (!complete) {
    ui.say(t('Only a part of {0} is listed: it holds more than can be read at once.', plain(path, 200)));
  }
  const usable = entries.filter(({ unnameable }) => !unnameable);
  if (usable.length < entries.length) {
    log.warn(`${path}: ${entries.length - usable.length} names are not UTF-8 and left out`);
  }
  return usable.map((entry) => [addressPath(entry.name), typeOf(entry)]);
}

/** A file that is too large is offered as a download. */
async function read(app: Pick<App, 'log'>, files: Files, owner: FileOwner, path: string): Promise<Uint8Array> {
  try {
    return await files.read(owner, path, { limit: maxFileSize });
  } catch (error) {
    if (error instanceof UserError && error.code === 'file-too-large') {
      offerDownload(app, owner, path);
    }
    throw error;
  }
}

function offerDownload({ log }: Pick<App, 'log'>, owner: FileOwner, path: string): void {
  const message = t(
    '{0} is larger than {1}, and is not opened in an editor. Download it instead.',
    plain(baseName(path), 100),
    formatSize(maxFileSize),
  );
  const actions = [commandAction(t('Download'), 'downloadFiles', { type: 'file', owner, path, kind: 'file' })];
  void showFailure(new UserError('file-too-large', message, { actions }), log);
}

/** Returns the function that saves a file; it asks before an unsafe way, and says once of a file that it was written in place. */
function createSave({ ui }: Pick<App, 'ui'>) {
  const agree = createAgreement((...question) => ui.confirm(...question));
  /** Files of which it was told that they were written in place. */
  const told = new Set<string>();
  return async (
    uri: vscode.Uri,
    files: Files,
    owner: FileOwner,
    path: string,
    content: Uint8Array,
    options: { create: boolean; overwrite: boolean },
  ): Promise<void> => {
    const askUnsafe = (why: UnsafeSave) => agree(uri.authority, path, why);
    const { inPlace } = await files.write(owner, path, content, { ...options, askUnsafe });
    if (inPlace && !told.has(uri.toString())) {
      told.add(uri.toString());
      ui.say(t('{0} is mounted by itself and cannot be replaced, so it was written in place.', plain(path, 200)));
    }
  };
}

function statOf(entry: FileEntry): vscode.FileStat {
  return { type: typeOf(entry), size: entry.size, mtime: entry.modified, ctime: entry.modified };
}

function typeOf({ kind, leadsTo }: FileEntry): vscode.FileType {
  const { File, Directory, SymbolicLink, Unknown } = vscode.FileType;
  switch (kind) {
    case 'file':
      return File;
    case 'folder':
      return Directory;
    case 'link':
      return SymbolicLink | (leadsTo === 'folder' ? Directory : leadsTo === 'file' ? File : Unknown);
    case 'other':
      return Unknown;
  }
}
