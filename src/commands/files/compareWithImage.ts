// Shows how a file of a container differs from the image's own; of a deleted file, what the image has.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { baseName, normalizePath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { fields, text } from '../../model/untyped.ts';
import { containerName } from '../../steps/containers/choose.ts';
import { askFilePath, chooseFile } from '../../steps/files/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Bytes: of a larger file the editor shows no differences. */
const largest = 50_000_000;

export interface CompareWithImageOptions {
  /** Absolute path, where the target is a container. */
  path?: string;
}

/**
 * The engine gives a file of an image through a container alone: one is created, never started, and removed at once.
 * Resolves with the image's id and the bytes that the file has in it.
 */
export async function compareWithImage(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: CompareWithImageOptions,
): Promise<{ id: string; path: string; image: string; size: number }> {
  const title = t('Compare with Image');
  const { owner, path: asked } = await chooseFile(app, target, { title, path: options?.path });
  if (owner.type !== 'container') {
    throw new UserError('not-in-image', t('A volume comes from no image. Choose a file of a container.'));
  }
  const path = asked === '/' ? normalizePath(await askFilePath(app, title)) : asked;
  const client = await app.engine.client();
  const image = text(fields((await client.containers.inspect(owner.id)).raw).Image);
  const file = plain(baseName(path), 100);
  const content = await app.ui.progress(t('Reading {0} from the image', file), (_report, signal) =>
    client.images.readFile({ image, path, limit: largest, signal }),
  );
  // What a window that crashed left behind goes now and then.
  void client.files.sweep().catch(() => undefined);
  const there = await client.files.stat(owner, path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof UserError && error.code === 'file-not-found') {
        return false;
      }
      throw error;
    },
  );
  const before = { image, path, content };
  if (there) {
    await app.ui.showDifference(before, owner, t('{0} (image ↔ {1})', file, containerName(app, owner.id)));
  } else {
    await app.ui.showImageFile(before);
  }
  return { id: owner.id, path, image, size: content.length };
}
