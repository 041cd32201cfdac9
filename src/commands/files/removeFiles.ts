// Deletes files and folders of a container or volume, after saying which.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseFilesOf } from '../../steps/files/choose.ts';
import { filesOf, ownerName } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface RemoveFilesOptions {
  /** Absolute path; the row's own when absent. */
  path?: string;
}

export async function removeFiles(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: RemoveFilesOptions,
): Promise<{ paths: string[] }> {
  const chosen = await chooseFilesOf(app, target, { title: t('Delete File'), path: options?.path });
  const files = await filesOf(app);
  if (!options) {
    const [first] = chosen;
    // At most ten: a box must fit the screen.
    const names = [...chosen.slice(0, 10).map(({ path }) => plain(path, 200)), ...(chosen.length > 10 ? ['…'] : [])];
    await app.ui.confirm(
      chosen.length === 1 ? t('Delete {0}?', plain(first?.path ?? '', 200)) : t('Delete {0} files?', chosen.length),
      [
        ...(chosen.length === 1 ? [] : [names.join('\n')]),
        t(
          'From {0}; a folder is deleted with everything in it. This cannot be undone.',
          first ? ownerName(app, first.owner) : '',
        ),
      ].join('\n\n'),
      t('Delete'),
    );
  }
  for (const { owner, path } of chosen) {
    await files.remove(owner, path, { recursive: true });
  }
  return { paths: chosen.map(({ path }) => path) };
}
