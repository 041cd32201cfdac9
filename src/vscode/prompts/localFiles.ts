// Asks for paths of this machine, and what is there.
import { lstat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { LocalFiles } from '../../app/files.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { inert } from '../../model/text.ts';

export const localFiles: LocalFiles = {
  async saveFile({ title, name, filters }) {
    const uri = await vscode.window.showSaveDialog({
      title: inert(title),
      defaultUri: vscode.Uri.joinPath(startFolder(), name),
      ...(filters && { filters }),
    });
    return localPath(uri);
  },

  async chooseFiles({ title, button, many = false, folders = false, filters }) {
    const uris = await vscode.window.showOpenDialog({
      title: inert(title),
      openLabel: inert(button),
      canSelectMany: many,
      canSelectFiles: !folders,
      canSelectFolders: folders,
      defaultUri: startFolder(),
      ...(filters && { filters: { ...filters, [t('All files')]: ['*'] } }),
    });
    if (!uris || uris.length === 0) {
      throw new Cancelled();
    }
    return uris.map(localPath);
  },

  localKinds: (paths) => Promise.all(paths.map(localKind)),
};

function startFolder(): vscode.Uri {
  const local = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return local?.uri ?? vscode.Uri.file(homedir());
}

async function localKind(path: string): Promise<'file' | 'folder' | 'other' | undefined> {
  const there = await lstat(path).catch(() => undefined);
  return there && (there.isFile() ? 'file' : there.isDirectory() ? 'folder' : 'other');
}

function localPath(uri: vscode.Uri | undefined): string {
  if (!uri) {
    throw new Cancelled();
  }
  if (uri.scheme !== 'file') {
    throw new UserError('not-local', t('Choose a place on the disk of the machine that Docknotes runs on.'));
  }
  return uri.fsPath;
}
