// The engine of a window that was opened on a folder of a container or volume: the one of the window that it came from.
import * as vscode from 'vscode';
import { type Endpoint, endpointId } from '../../model/engines/endpoint.ts';
import { fileScheme } from '../../model/files/uri.ts';
import type { SharedState } from '../../model/state.ts';
import { fields } from '../../model/untyped.ts';

/** Key of the engines' ids by the authority of a folder. */
const key = 'folders.engines';
/** Folders that are remembered, the latest of them. */
const most = 50;

/** Remembers it for the window that is about to open, which has neither this window's settings nor its choice. */
export async function keepFolderEngine(state: SharedState, folder: vscode.Uri, endpoint: Endpoint): Promise<void> {
  // The setting may be this workspace's own.
  const id = endpoint.source === 'context' ? endpointId(endpoint) : endpoint.url;
  await state.change(key, (now) => {
    const { [folder.authority]: _before, ...others } = fields(now);
    return Object.fromEntries([...Object.entries(others), [folder.authority, id]].slice(-most));
  });
}

/** The id of this window's engine, where it was opened on such a folder. */
export function folderEngine(state: SharedState): string | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const id = folder?.scheme === fileScheme ? fields(state.get(key))[folder.authority] : undefined;
  return typeof id === 'string' ? id : undefined;
}
