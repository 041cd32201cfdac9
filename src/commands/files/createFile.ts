// Creates an empty file, or a folder, in a container or volume.
import type { App } from '../../app/index.ts';
import { joinPath, normalizePath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { chooseFile } from '../../steps/files/choose.ts';
import { filesOf } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface CreateFileOptions {
  /** Absolute path of what is created. */
  path: string;
  folder?: boolean;
}

/** A name that ends in a slash makes a folder. From the UI, a new file is opened. */
export async function createFile(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: CreateFileOptions,
): Promise<{ path: string }> {
  const { owner, path } = await chooseFile(app, target, { title: t('New File'), path: options?.path });
  const name = options
    ? undefined
    : await app.ui.input({
        title: t('New File'),
        prompt: t('Name of the file; a name that ends in / makes a folder'),
        check: (value) => (value.replace(/\/+$/, '').trim() === '' ? t('Type a name.') : undefined),
      });
  const place = name === undefined ? path : normalizePath(joinPath(path, name));
  const files = await filesOf(app);
  if (options?.folder || name?.endsWith('/')) {
    await files.createFolder(owner, place);
  } else {
    await files.write(owner, place, new Uint8Array(), { create: true, overwrite: false });
    if (!options) {
      await app.ui.showFile(owner, place);
    }
  }
  return { path: place };
}
