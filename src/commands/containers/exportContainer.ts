// Writes all files of a container to a tar file on the local disk.
import type { App } from '../../app.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { byteReport } from '../../steps/files/transfer.ts';
import { containerOf, type ManyTarget } from '../../steps/life.ts';

export interface ExportOptions {
  /** Local path; the file is compressed when its name ends in `.gz` or `.tgz`. */
  to: string;
}

/** The files only, running or not: no volumes, and none of the settings that an image has. */
export async function exportContainer(
  app: App,
  target?: ManyTarget,
  options?: ExportOptions,
): Promise<{ id: string; to: string; bytes: number }> {
  const title = t('Export Container');
  const { id, name } = await containerOf(app, target, { title });
  const to =
    options?.to ??
    (await app.ui.saveFile({
      title,
      name: `${name}.tar.gz`,
      filters: { [t('Tar archives')]: ['tar.gz', 'tgz', 'tar'] },
    }));
  const client = await app.engine.client();
  const { bytes } = await app.ui.progress(t('Exporting {0}', name), (report, signal) =>
    client.containers.export(id, to, { signal, onProgress: byteReport(report) }),
  );
  if (!options) {
    app.ui.say(
      t(
        'The files of {0} are saved ({1}). Volumes and settings such as the command are not among them.',
        name,
        formatSize(bytes),
      ),
    );
  }
  return { id, to, bytes };
}
