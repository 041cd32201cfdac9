// Files of the engine in use by their addresses in the editor.
import * as vscode from 'vscode';
import type { Engine, Files } from '../../engine/types.ts';
import { explain } from '../../model/engines/help.ts';
import { UserError } from '../../model/errors.ts';
import type { FileChange, FileOwner } from '../../model/files/entry.ts';
import { addressPath, engineMark, fileAuthority, fileScheme, ownerOf, pathOf } from '../../model/files/uri.ts';
import { t } from '../../model/l10n.ts';
import { inert } from '../../model/text.ts';

export interface FileAccess extends vscode.Disposable {
  /** What we have changed on the engine, since the first file of it was asked for. */
  readonly onChange: vscode.Event<vscode.FileChangeEvent[]>;
  /** Runs `work` with the files at an address; failures become what the editor understands. */
  at<T>(uri: vscode.Uri, work: (files: Files, owner: FileOwner, path: string) => Promise<T>): Promise<T>;
}

/** Nothing is asked of the engine before a file is. */
export function createFileAccess(engine: Pick<Engine, 'client'>): FileAccess {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** The files that are listened to: another engine has others. */
  let followed: Files | undefined;
  let following: { dispose(): void } | undefined;

  async function filesAt(uri: vscode.Uri): Promise<{ files: Files; owner: FileOwner; path: string }> {
    const address = ownerOf(uri.authority);
    if (!address) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const client = await engine.client();
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

  return {
    onChange: changed.event,
    at,
    dispose() {
      following?.dispose();
      changed.dispose();
    },
  };
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
