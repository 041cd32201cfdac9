// Saves all files of a volume in a tar file on the local disk.
import type { App } from '../../app/index.ts';
import type { Transferred } from '../../engine/types.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { askArchivePath } from '../../steps/files/localPlaces.ts';
import { byteReport, filesOf } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';
import { chooseVolume } from '../../steps/volumes/choose.ts';

export interface BackupVolumeOptions {
  /** Local path of the tar file; it is compressed when its name ends in `.gz` or `.tgz`. */
  to: string;
}

export async function backupVolume(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: BackupVolumeOptions,
): Promise<Transferred & { volume: string; to: string }> {
  const title = t('Back Up Volume');
  const volume = await chooseVolume(app, target, { title });
  const files = await filesOf(app);
  const name = plain(volume, 100);
  const to = options?.to ?? (await askArchivePath(app, { title, name }));
  const writers = app.engine.inventory.peek('volumes', volume) ? await runningUsers(app, volume) : [];
  if (!options && writers.length > 0) {
    await app.ui.confirm(
      t('Back up {0} while it is in use?', name),
      t(
        'These running containers use it and may write to it meanwhile: {0}. Stop them first for a backup that is surely consistent.',
        writers.join(', '),
      ),
      t('Back Up'),
    );
  }
  const done = await app.ui.progress(t('Backing up {0}', name), (report, signal) =>
    files.backup(volume, to, { signal, onProgress: byteReport(report) }),
  );
  if (!options) {
    app.ui.say(t('The volume {0} is saved ({1}).', name, formatSize(done.bytes)));
  }
  return { ...done, volume, to };
}

async function runningUsers(app: Pick<App, 'engine'>, volume: string): Promise<string[]> {
  const containers = await app.engine.inventory.all('containers');
  return containers
    .filter(
      ({ state, mounts }) => state === 'running' && mounts.some((m) => m.kind === 'volume' && m.source === volume),
    )
    .map(({ name }) => plain(name, 100));
}
