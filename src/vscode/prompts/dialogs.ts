// Asks for local paths, and shows files of containers and volumes: the part of the Ui that is about files.
import { lstat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/types.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { FileOwner } from '../../model/files/entry.ts';
import type { FileUi } from '../../model/files/prompts.ts';
import { addressPath, fileAuthority, fileScheme } from '../../model/files/uri.ts';
import { t } from '../../model/l10n.ts';
import type { SharedState } from '../../model/state.ts';
import { inert } from '../../model/text.ts';
import { keepFolderEngine } from '../files/folderEngine.ts';
import { keepImageFile } from '../files/imageProvider.ts';

export function createFileUi(engine: Engine, state: SharedState): FileUi {
  return {
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

    async showFile(owner, path) {
      await vscode.commands.executeCommand('vscode.open', fileUri(engine, owner, path));
    },

    async showImageFile(file) {
      await vscode.commands.executeCommand('vscode.open', keepImageFile(file));
    },

    async showDifference(before, owner, title) {
      const after = fileUri(engine, owner, before.path);
      await vscode.commands.executeCommand('vscode.diff', keepImageFile(before), after, title, { preview: true });
    },

    // Without a workspace file the editor makes one when a folder is added, and starts the window's extensions anew.
    takesFolders: () => vscode.workspace.workspaceFile !== undefined && hasFolders(),

    async openFolder(owner, path) {
      const uri = fileUri(engine, owner, path);
      const { endpoint } = engine.inventory.status;
      if (endpoint) {
        await keepFolderEngine(state, uri, endpoint);
      }
      await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
    },

    async addFolder(owner, path, name) {
      const uri = fileUri(engine, owner, path);
      const folders = vscode.workspace.workspaceFolders ?? [];
      if (!folders.some((folder) => folder.uri.toString() === uri.toString())) {
        vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name: inert(name) });
      }
      await vscode.commands.executeCommand('workbench.view.explorer');
    },
  };
}

/** The address of a file in the editor. */
export function fileUri(engine: Engine, owner: FileOwner, path: string): vscode.Uri {
  const url = engine.inventory.status.endpoint?.url ?? '';
  return vscode.Uri.from({ scheme: fileScheme, authority: fileAuthority(owner, url), path: addressPath(path) });
}

/** The first folder of a workspace starts them anew, too. */
function hasFolders(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 0;
}

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
