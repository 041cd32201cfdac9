// Files of containers and volumes as a file system of the editor.
import * as vscode from 'vscode';
import type { App } from '../../app.ts';
import type { Files } from '../../engine/types.ts';
import { explain } from '../../model/engines/help.ts';
import { UserError } from '../../model/errors.ts';
import { baseName, type FileChange, type FileEntry, type FileOwner } from '../../model/files/entry.ts';
import { createAgreement, type UnsafeSave } from '../../model/files/unsafeSave.ts';
import { addressPath, engineMark, fileAuthority, fileScheme, ownerOf, pathOf } from '../../model/files/uri.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { inert, plain } from '../../model/text.ts';
import { showFailure } from '../register.ts';

/** Bytes of the largest file that is opened in an editor: its text is held in memory several times over. */
export const largestFile = 50_000_000;

/** Registers the `docknotes-files` scheme. Nothing is asked of the engine before a file is opened. */
export function registerFiles(app: App): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** The files that are listened to: another engine has others. */
  let followed: Files | undefined;
  let following: { dispose(): void } | undefined;
  const agree = createAgreement((...question) => app.ui.confirm(...question));
  /** Files of which it was told that they were written in place. */
  const told = new Set<string>();

  async function filesAt(uri: vscode.Uri): Promise<{ files: Files; owner: FileOwner; path: string }> {
    const address = ownerOf(uri.authority);
    if (!address) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const client = await app.engine.client();
    const { url } = client.endpoint;
    if (address.engine !== undefined && address.engine !== engineMark(url)) {
      throw new UserError(
        'other-engine',
        t('This file is on another engine than the one in use. Switch back to that engine to open or save it.'),
      );
    }
    if (followed !== client.files) {
      following?.dispose();
      followed = client.files;
      following = followed.onChange((changes) => changed.fire(changes.map((change) => changeEvent(change, url))));
    }
    return { files: client.files, owner: address.owner, path: pathOf(uri.path) || '/' };
  }

  /** Runs `work` with the files at an address; failures become what the editor understands. */
  async function at<T>(
    uri: vscode.Uri,
    work: (files: Files, owner: FileOwner, path: string) => Promise<T>,
  ): Promise<T> {
    try {
      const { files, owner, path } = await filesAt(uri);
      return await work(files, owner, path);
    } catch (error) {
      throw fileSystemError(error, uri);
    }
  }

  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    // The archive API tells of no changes; what is changed here is told by `changed`.
    watch: () => new vscode.Disposable(() => {}),
    stat: (uri) => at(uri, async (files, owner, path) => statOf(await files.stat(owner, path))),
    readDirectory: (uri) =>
      at(uri, async (files, owner, path) => {
        const { entries, complete } = await files.list(owner, path);
        if (!complete) {
          app.ui.say(t('Only a part of {0} is listed: it holds more than can be read at once.', plain(path, 200)));
        }
        const usable = entries.filter(({ unnameable }) => !unnameable);
        if (usable.length < entries.length) {
          app.log.warn(`${path}: ${entries.length - usable.length} names are not UTF-8 and left out`);
        }
        return usable.map((entry): [string, vscode.FileType] => [addressPath(entry.name), typeOf(entry)]);
      }),
    readFile: (uri) =>
      at(uri, async (files, owner, path) => {
        try {
          return await files.read(owner, path, { limit: largestFile });
        } catch (error) {
          if (error instanceof UserError && error.code === 'file-too-large') {
            offerDownload(owner, path);
          }
          throw error;
        }
      }),
    writeFile: (uri, content, options) =>
      at(uri, async (files, owner, path) => {
        const askUnsafe = (why: UnsafeSave) => agree(uri.authority, path, why);
        const { inPlace } = await files.write(owner, path, content, { ...options, askUnsafe });
        if (inPlace && !told.has(uri.toString())) {
          told.add(uri.toString());
          app.ui.say(
            t('{0} is mounted by itself and cannot be replaced, so it was written in place.', plain(path, 200)),
          );
        }
      }),
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

  function offerDownload(owner: FileOwner, path: string): void {
    const message = t(
      '{0} is larger than {1}, and is not opened in an editor. Download it instead.',
      plain(baseName(path), 100),
      formatSize(largestFile),
    );
    const element = { type: 'file', owner, path, kind: 'file' };
    const actions = [{ label: t('Download'), command: 'docknotes.downloadFiles', args: [element] }];
    void showFailure(new UserError('file-too-large', message, { actions }), app.log);
  }

  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(fileScheme, provider, { isCaseSensitive: true }),
    changed,
    { dispose: () => following?.dispose() },
  );
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

function changeEvent({ owner, path, change }: FileChange, url: string): vscode.FileChangeEvent {
  const { Created, Changed, Deleted } = vscode.FileChangeType;
  return {
    type: { created: Created, changed: Changed, deleted: Deleted }[change],
    uri: vscode.Uri.from({ scheme: fileScheme, authority: fileAuthority(owner, url), path: addressPath(path) }),
  };
}

function fileSystemError(error: unknown, uri: vscode.Uri): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) {
    return error;
  }
  const { code, message } = explain(error);
  switch (code) {
    case 'file-not-found':
      return vscode.FileSystemError.FileNotFound(uri);
    case 'file-exists':
      return vscode.FileSystemError.FileExists(uri);
    case 'not-a-folder':
      return vscode.FileSystemError.FileNotADirectory(uri);
    case 'is-a-folder':
      return vscode.FileSystemError.FileIsADirectory(uri);
    case 'read-only':
    case 'in-memory':
    case 'mounted-file':
    case 'not-possible':
      return vscode.FileSystemError.NoPermissions(inert(message));
    default:
      return vscode.FileSystemError.Unavailable(inert(message));
  }
}
