// Loads images from a tar file on the local disk.
import type { App } from '../../app/index.ts';
import { EngineError } from '../../model/engines/error.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { byteReport } from '../../steps/files/transfer.ts';
import { listed } from '../../steps/several.ts';

/** `target` is the local path of the file; rows of the view, from whose menu this is called too, say nothing. */
export async function loadImages(
  app: Pick<App, 'engine' | 'ui'>,
  target?: unknown,
  options?: { from?: string },
): Promise<{ refs: string[] }> {
  const given = typeof target === 'string' ? target : options?.from;
  const from = given ?? (await ask(app));
  const client = await app.engine.client();
  const { refs } = await app.ui
    .progress(t('Loading images'), (report, signal) =>
      client.images.load(from, { signal, onProgress: byteReport(report) }),
    )
    .catch((error: unknown) => {
      throw foundNoImage(error) ? noImage(error) : error;
    });
  if (refs.length === 0) {
    throw noImage();
  }
  if (!options) {
    app.ui.say(t('Loaded: {0}', listed(refs)));
  }
  return { refs };
}

/** The engine only says which file of an image it missed in the archive that it had unpacked. */
function foundNoImage(error: unknown): boolean {
  return (
    error instanceof EngineError &&
    /docker-import-.*no such file|manifest\.json.*(no such file|not found)|does not contain|payload does not match/i.test(
      error.message,
    )
  );
}

function noImage(cause?: unknown): UserError {
  return new UserError(
    'no-image-in-archive',
    t(
      'The archive holds no image. What was exported from a container is no image: it has files only, and is imported instead of loaded.',
    ),
    { actions: [{ label: t('Learn More'), note: 'image.export-import' }], cause },
  );
}

async function ask(app: Pick<App, 'ui'>): Promise<string> {
  const [file = ''] = await app.ui.chooseFiles({
    title: t('Load Images'),
    button: t('Load'),
    filters: { [t('Tar archives')]: ['tar', 'gz', 'tgz', 'xz', 'bz2', 'zst'] },
  });
  return file;
}
