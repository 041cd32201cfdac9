// Writes all files of a container to a tar file on the local disk.
import type { App } from '../../app/index.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { askArchivePath } from '../../steps/files/localPlaces.ts';
import { byteReport } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface ExportOptions {
  /** Local path; the file is compressed when its name ends in `.gz` or `.tgz`. */
  to: string;
}

/** The files only, running or not: no volumes, and none of the settings that an image has. */
export async function exportContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: ExportOptions,
): Promise<{ id: string; to: string; bytes: number }> {
  const title = t('Export Container');
  const { id, name } = await chooseContainer(app, target, { title });
  const to = options?.to ?? (await askArchivePath(app, { title, name }));
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
