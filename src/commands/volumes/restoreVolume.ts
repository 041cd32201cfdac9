// Unpacks a tar file from the local disk into a volume.
import type { App } from '../../app/index.ts';
import type { Transferred } from '../../engine/types.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { byteReport, filesOf } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';
import { chooseVolume } from '../../steps/volumes/choose.ts';

export interface RestoreVolumeOptions {
  /** Local path of a tar file, compressed with gzip or not. */
  from: string;
}

/** The volume is created when it is missing; files that the archive does not hold stay. */
export async function restoreVolume(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: RestoreVolumeOptions,
): Promise<Transferred & { volume: string }> {
  const volume = await chooseVolume(app, target, { title: t('Restore Volume') });
  const files = await filesOf(app);
  const name = plain(volume, 100);
  const from = options?.from ?? (await ask());
  const done = await app.ui.progress(t('Restoring {0}', name), (report, signal) =>
    files.restore(volume, from, { signal, onProgress: byteReport(report) }),
  );
  if (!options) {
    app.ui.say(t('The volume {0} is restored ({1}).', name, formatSize(done.bytes)));
  }
  return { ...done, volume };

  async function ask(): Promise<string> {
    const [file = ''] = await app.ui.chooseFiles({
      title: t('Restore Volume'),
      button: t('Restore'),
      filters: { [t('Tar archives')]: ['tar', 'gz', 'tgz'] },
    });
    const { entries } = await files.list({ type: 'volume', name: volume }, '/');
    if (entries.length > 0) {
      await app.ui.confirm(
        t('Restore into {0}?', name),
        t(
          'The volume is not empty. Files of the archive replace files of the same name, and all others stay. To get exactly the backup, restore into a new volume.',
        ),
        t('Restore'),
      );
    }
    return file;
  }
}
