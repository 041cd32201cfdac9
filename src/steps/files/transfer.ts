// Files between containers or volumes and this machine: how they are named, and what is said of a transfer.

import type { App } from '../../app/index.ts';
import type { Report } from '../../app/messages.ts';
import type { Files, Transferred } from '../../engine/types.ts';
import { baseName, type FileOwner } from '../../model/files/entry.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { containerName } from '../containers/choose.ts';
import type { ChosenFile } from './choose.ts';

/** The files of the engine in use. */
export async function filesOf(app: Pick<App, 'engine'>): Promise<Files> {
  return (await app.engine.client()).files;
}

/** The container's or volume's name, for people. */
export function ownerName(app: Pick<App, 'engine'>, owner: FileOwner): string {
  return owner.type === 'volume' ? plain(owner.name, 100) : containerName(app, owner.id);
}

/** The file's name for a local file: for a root, its owner's. */
export function localName(app: Pick<App, 'engine'>, { owner, path }: ChosenFile): string {
  // What a file dialog or another system would take for a path is replaced.
  const name = path === '/' ? ownerName(app, owner) : baseName(path);
  return (
    plain(name, 100)
      .replace(/[\\/:*?"<>|]/g, '_')
      .replace(/^\.+$|[. ]+$/g, '_') || 'files'
  );
}

/** A listener for a transfer's bytes. */
export function byteReport(report: Report): (bytes: number, total?: number) => void {
  return (bytes, total) =>
    report(
      total === undefined ? formatSize(bytes) : t('{0} of {1}', formatSize(bytes), formatSize(total)),
      total ? bytes / total : undefined,
    );
}

/** Says what a transfer left out, and writes all of it to the log. Says nothing of one that took everything. */
export function sayLeftOut(app: Pick<App, 'ui' | 'log'>, { skipped, skippedCount }: Transferred): void {
  if (skippedCount === 0) {
    return;
  }
  for (const { name, reason } of skipped) {
    app.log.warn(`left out (${reason}): ${plain(name, 300)}`);
  }
  const names = skipped.slice(0, 3).map(({ name }) => plain(name, 60));
  app.ui.say(
    skippedCount === 1
      ? t(
          '{0} was left out: it is a device, a link out of the folder, or has a name that cannot be used here.',
          names.join(''),
        )
      : t(
          '{0} files were left out ({1} …): devices, links out of the folder, or names that cannot be used here. The log has all of them.',
          skippedCount,
          names.join(', '),
        ),
  );
}
