// Files of images as a file system that can only be read: `docknotes-image://<id>/etc/hosts`.
import * as vscode from 'vscode';
import type { ShownImageFile } from '../../app/files.ts';
import type { App } from '../../app/index.ts';
import { explain } from '../../model/engines/help.ts';
import { addressPath, pathOf } from '../../model/files/uri.ts';
import { inert } from '../../model/text.ts';
import { maxFileSize } from './provider.ts';

const scheme = 'docknotes-image';
/** Files that are kept. An image never changes, so that they stay true; reading one makes a container for a moment. */
const most = 10;
const kept = new Map<string, Promise<Uint8Array>>();

/** Keeps a file that was read; gives its address in the editor. */
export function keepImageFile({ image, path, content }: ShownImageFile): vscode.Uri {
  const uri = vscode.Uri.from({ scheme, authority: image.replace(/^sha256:/, ''), path: addressPath(path) });
  keep(uri, Promise.resolve(content));
  return uri;
}

export function registerImageFiles(app: Pick<App, 'engine'>): vscode.Disposable {
  /** A tab that is opened again by the editor itself is read again. */
  async function read(uri: vscode.Uri): Promise<Uint8Array> {
    const known = kept.get(uri.toString());
    if (known) {
      return known;
    }
    const reading = app.engine
      .client()
      .then((client) =>
        client.images.readFile({ image: `sha256:${uri.authority}`, path: pathOf(uri.path), limit: maxFileSize }),
      );
    keep(uri, reading);
    try {
      return await reading;
    } catch (error) {
      kept.delete(uri.toString());
      throw vscode.FileSystemError.Unavailable(inert(explain(error).message));
    }
  }
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => {}),
    stat: async (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: (await read(uri)).length }),
    readFile: read,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(scheme, provider, { isReadonly: true, isCaseSensitive: true }),
    { dispose: () => kept.clear() },
  );
}

function keep(uri: vscode.Uri, content: Promise<Uint8Array>): void {
  kept.delete(uri.toString());
  kept.set(uri.toString(), content);
  for (const oldest of [...kept.keys()].slice(0, -most)) {
    kept.delete(oldest);
  }
}
