// Opens a file of a container or volume in an editor.
import { t } from '../model/l10n.ts';
import { chooseFile, type FileApp, type FileTarget } from '../steps/files.ts';

export interface OpenFileOptions {
  /** Absolute path, where the target is a container or volume. */
  path?: string;
}

export async function openFile(
  app: FileApp,
  target?: FileTarget,
  options?: OpenFileOptions,
): Promise<{ path: string }> {
  const asked = await chooseFile(app, target, { title: t('Open File'), path: options?.path });
  const path =
    asked.path === '/'
      ? await app.ui.input({
          title: t('Open File'),
          prompt: t('Path of the file in the container'),
          placeholder: '/etc/hosts',
          check: (value) => (value.startsWith('/') ? undefined : t('Write the whole path, from / on.')),
        })
      : asked.path;
  await app.ui.showFile(asked.owner, path);
  return { path };
}
