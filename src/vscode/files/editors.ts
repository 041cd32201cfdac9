// Shows files of containers, volumes and images in editors and windows.
import * as vscode from 'vscode';
import type { FileEditors } from '../../app/files.ts';
import type { Engine } from '../../engine/types.ts';
import type { FileOwner } from '../../model/files/entry.ts';
import { addressPath, fileAuthority, fileScheme } from '../../model/files/uri.ts';
import type { SharedState } from '../../model/state.ts';
import { inert } from '../../model/text.ts';
import { keepFolderEngine } from './folderEngine.ts';
import { keepImageFile } from './imageProvider.ts';

export function createFileEditors(engine: Pick<Engine, 'inventory'>, state: SharedState): FileEditors {
  return {
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
function fileUri(engine: Pick<Engine, 'inventory'>, owner: FileOwner, path: string): vscode.Uri {
  const url = engine.inventory.status.endpoint?.url ?? '';
  return vscode.Uri.from({ scheme: fileScheme, authority: fileAuthority(owner, url), path: addressPath(path) });
}

/** The first folder of a workspace starts them anew, too. */
function hasFolders(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 0;
}
