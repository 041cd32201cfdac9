// Adds a folder of a container or volume to the workspace, where files are opened, saved, created, renamed and deleted.
import { t } from '../model/l10n.ts';
import { chooseFile, type FileApp, type FileTarget, ownerName } from '../steps/files.ts';

export interface OpenFilesOptions {
  /** Absolute path of the folder; `/` when absent. */
  path?: string;
}

export async function openFiles(
  app: FileApp,
  target?: FileTarget,
  options?: OpenFilesOptions,
): Promise<{ path: string }> {
  const { owner, path } = await chooseFile(app, target, { title: t('Open Container Folder'), path: options?.path });
  const name = ownerName(app, owner);
  await app.ui.addFolder(owner, path, path === '/' ? name : `${name} ${path}`);
  return { path };
}
