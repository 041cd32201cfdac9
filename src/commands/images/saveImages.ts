// Writes images, with all layers and tags, to one tar file on the local disk.
import type { App } from '../../app.ts';
import type { Element } from '../../model/elements.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { repositoryOf } from '../../model/reference.ts';
import { plain } from '../../model/text.ts';
import { askArchivePath } from '../../steps/files/localPlaces.ts';
import { byteReport } from '../../steps/files/transfer.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { listed } from '../../steps/several.ts';
import { namesOf, rowsOf, type Target } from '../../steps/target.ts';

export interface SaveImagesOptions {
  /** Local path; the file is compressed when its name ends in `.gz` or `.tgz`. */
  to: string;
}

/** By reference, so that the tags come along: an image that is saved by its id has none when it is loaded. */
export async function saveImages(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: SaveImagesOptions,
): Promise<{ refs: string[]; to: string; bytes: number }> {
  const title = t('Save Images');
  const given = namesOf(target) ?? (await refsOf(app, rowsOf(target)));
  const refs = given.length > 0 ? given : [(await chooseImage(app, undefined, { title })).ref];
  const name = plain(refs[0] ?? 'image', 100)
    .replace(/^sha256:/, '')
    .replace(/[^\w.-]+/g, '-');
  const to = options?.to ?? (await askArchivePath(app, { title, name }));
  const client = await app.engine.client();
  const { bytes } = await app.ui.progress(t('Saving {0}', listed(refs, 3)), (report, signal) =>
    client.images.save(refs, to, { signal, onProgress: byteReport(report) }),
  );
  if (!options) {
    app.ui.say(t('{0} saved ({1}). Load Images brings it back, on any engine.', listed(refs, 3), formatSize(bytes)));
  }
  return { refs, to, bytes };
}

async function refsOf(app: Pick<App, 'engine'>, rows: readonly Element[]): Promise<string[]> {
  const images = rows.some(({ type }) => type === 'imageRepository') ? await app.engine.inventory.all('images') : [];
  return rows.flatMap((row) => {
    switch (row.type) {
      case 'image':
        return [row.ref ?? row.id];
      case 'imageRepository':
        return images.flatMap(({ tags }) => tags).filter((tag) => repositoryOf(tag) === row.name);
      default:
        return [];
    }
  });
}
