// Saves files and folders of a container or volume on the local disk.
import type { App } from '../../app/index.ts';
import type { Files, Transferred } from '../../engine/types.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { type ChosenFile, chooseFilesOf } from '../../steps/files/choose.ts';
import { type LocalPlace, placesIn } from '../../steps/files/localPlaces.ts';
import { byteReport, filesOf, localName, sayLeftOut } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface DownloadFilesOptions {
  /** Absolute path in the container or volume; the row's own when absent. */
  path?: string;
  /** Local path that it gets, which must not be there yet. */
  to: string;
  /** A file that is there is replaced; a folder never is. */
  overwrite?: boolean;
}

export interface DownloadResult extends Transferred {
  to: string;
}

/** Downloads one file or folder, or all that are selected. Resolves with the last of them. */
export async function downloadFiles(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: DownloadFilesOptions,
): Promise<DownloadResult> {
  const chosen = await chooseFilesOf(app, target, { title: t('Download'), path: options?.path });
  if (chosen.length === 0) {
    throw new UserError('nothing-chosen', t('No file was chosen.'));
  }
  const files = await filesOf(app);
  const places = options
    ? [{ to: options.to, overwrite: options.overwrite === true }]
    : await localPlaces(app, files, chosen);
  let result: DownloadResult | undefined;
  for (const [index, { owner, path }] of chosen.entries()) {
    const place = places[index];
    if (place) {
      const { to, overwrite } = place;
      const done = await app.ui.progress(t('Downloading {0}', plain(path, 200)), (report, signal) =>
        files.download(owner, path, to, { signal, overwrite, onProgress: byteReport(report) }),
      );
      sayLeftOut(app, done);
      result = { ...done, to };
    }
  }
  if (!result) {
    // All were skipped.
    throw new Cancelled();
  }
  return result;
}

/** One file gets the name that the person types; a folder, or several files, go into a folder under their own names. */
async function localPlaces(
  app: Pick<App, 'engine' | 'ui'>,
  files: Files,
  chosen: readonly ChosenFile[],
): Promise<(LocalPlace | undefined)[]> {
  const [first] = chosen;
  if (first && chosen.length === 1) {
    const { kind, leadsTo } = await files.stat(first.owner, first.path);
    if ((leadsTo ?? kind) === 'file') {
      // The dialog itself asks before a file is replaced.
      return [{ to: await app.ui.saveFile({ title: t('Download'), name: localName(app, first) }), overwrite: true }];
    }
  }
  const [folder = ''] = await app.ui.chooseFiles({
    title: t('Choose the folder to download into'),
    button: t('Download'),
    folders: true,
  });
  return placesIn(app, files, folder, chosen);
}
