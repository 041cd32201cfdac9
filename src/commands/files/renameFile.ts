// Renames or moves a file or folder of a container or volume.
import type { App } from '../../app/index.ts';
import { baseName, joinPath, normalizePath, parentPath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseFile } from '../../steps/files/choose.ts';
import { filesOf } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface RenameFileOptions {
  /** Absolute path; the row's own when absent. */
  path?: string;
  /** The new name, or a new absolute path. What is there is replaced only with `overwrite`. */
  to: string;
  overwrite?: boolean;
}

export async function renameFile(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: RenameFileOptions,
): Promise<{ path: string }> {
  const { owner, path } = await chooseFile(app, target, { title: t('Rename File'), path: options?.path });
  const to =
    options?.to ??
    (await app.ui.input({
      title: t('Rename File'),
      prompt: t('New name of {0}, or a new path from / on', plain(path, 200)),
      value: baseName(path),
      check: (value) => (value.trim() === '' ? t('Type a name.') : undefined),
    }));
  const place = normalizePath(to.startsWith('/') ? to : joinPath(parentPath(path), to));
  await (await filesOf(app)).rename(owner, path, place, { overwrite: options?.overwrite === true });
  return { path: place };
}
