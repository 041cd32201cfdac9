// Opens a file of a container or volume in an editor.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { askFilePath, chooseFile } from '../../steps/files/choose.ts';
import { filesOf } from '../../steps/files/transfer.ts';
import { rowsOf, type Target } from '../../steps/target.ts';

export interface OpenFileOptions {
  /** Absolute path, where the target is a container or volume. */
  path?: string;
}

export async function openFile(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: OpenFileOptions,
): Promise<{ path: string }> {
  const asked = await chooseFile(app, target, { title: t('Open File'), path: options?.path });
  const path = asked.path === '/' ? await askFilePath(app, t('Open File')) : asked.path;
  // The engine does not say what a changed path is.
  const [row] = rowsOf(target);
  if (row?.type === 'change' && (await (await filesOf(app)).stat(asked.owner, path)).kind === 'folder') {
    throw new UserError(
      'is-a-folder',
      t('{0} is a folder. It is empty, or nothing but its mode, owner or time differs.', plain(path, 300)),
    );
  }
  await app.ui.showFile(asked.owner, path);
  return { path };
}
