// Puts local files and folders into a folder of a container or volume.
import type { App } from '../../app/index.ts';
import type { Transferred } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseFile } from '../../steps/files/choose.ts';
import { byteReport, filesOf, sayLeftOut } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface UploadFilesOptions {
  /** Local files and folders. */
  from: string | string[];
  /** Absolute path of the folder that they go into; the row's own when absent. */
  path?: string;
}

/** What has the same name there is replaced; a folder is merged. */
export async function uploadFiles(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: UploadFilesOptions,
): Promise<Transferred & { path: string }> {
  const { owner, path } = await chooseFile(app, target, { title: t('Upload'), path: options?.path });
  const files = await filesOf(app);
  const from = options ? [options.from].flat() : await ask();
  const done = await app.ui.progress(t('Uploading to {0}', plain(path, 200)), (report, signal) =>
    files.upload(owner, path, from, { signal, onProgress: byteReport(report) }),
  );
  sayLeftOut(app, done);
  return { ...done, path };

  async function ask(): Promise<string[]> {
    // Most systems have one dialog for files and another for folders.
    const folders = await app.ui.pick(
      [
        { label: t('Files…'), icon: 'files', value: false },
        { label: t('Folder…'), icon: 'folder', value: true },
      ],
      { title: t('Upload'), placeholder: t('What to upload') },
    );
    const chosen = await app.ui.chooseFiles({ title: t('Upload'), button: t('Upload'), many: true, folders });
    const there = new Set((await files.list(owner, path)).entries.map(({ name }) => name));
    const replaced = chosen.map((file) => file.split(/[\\/]/).at(-1) ?? '').filter((name) => there.has(name));
    if (replaced.length > 0) {
      await app.ui.confirm(
        replaced.length === 1
          ? t('Replace {0}?', plain(replaced.join(''), 200))
          : t('Replace {0} files?', replaced.length),
        [
          plain(replaced.join(', '), 500),
          t('A file of the same name is replaced; of a folder, the files that have the same name.'),
        ].join('\n\n'),
        t('Replace'),
      );
    }
    return chosen;
  }
}
