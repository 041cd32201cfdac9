// Whether a shell of an image may be run: a person is asked where the image is not an official one.
import { Cancelled, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { plain } from '../../../model/text.ts';
import { pullBusybox } from '../failures.ts';
import type { HelperImage } from './candidates.ts';

/** Whether the files of a volume are only looked at. */
export type Access = 'read' | 'write';

/** Asks a person; resolves when the button is pressed and rejects with `Cancelled` otherwise. */
export type Confirm = (question: string, detail: string, button: string) => Promise<void>;

/** Resolves when the image's shell may be run on the volume. Rejects with a `UserError` `foreign-helper` where it may not. */
export type Consent = (image: HelperImage, volume: string, access: Access) => Promise<void>;

/**
 * Gives the question, which is asked once for each image and access in this session, whatever the answer: files can be
 * saved without it, and each save would ask again. Without `confirm` only official images may be run.
 */
export function createConsent(confirm?: Confirm): Consent {
  /** By access and the image's id. */
  const asked = new Map<string, Promise<void>>();
  return async ({ id, name, official }, volume, access) => {
    if (official) {
      return;
    }
    const key = `${access} ${id}`;
    const asking = asked.get(key) ?? ask(confirm, plain(name, 100), plain(volume, 100), access);
    asked.set(key, asking);
    await asking;
  };
}

async function ask(confirm: Confirm | undefined, image: string, volume: string, access: Access): Promise<void> {
  const refused = new UserError(
    'foreign-helper',
    t(
      'Docknotes does this with a shell in a helper container, and there is no official image for it on this engine. Nothing of {0} was run. Pull busybox, which is official and small.',
      image,
    ),
    { actions: [pullBusybox()] },
  );
  await (confirm ?? (() => Promise.reject(refused)))(
    t('Run the shell of the image {0} for this?', image),
    [
      t(
        'The engine itself cannot do this with the files of a volume. Docknotes does it with a shell in a helper container, and neither busybox nor alpine, which are official, is on this engine.',
      ),
      access === 'read'
        ? t(
            'The shell of {0} would run as root and read the volume {1}: without a network, without a right to write, and with nothing else of the host.',
            image,
            volume,
          )
        : t(
            'The shell of {0} would run as root and change the volume {1}: without a network, and with nothing else of the host.',
            image,
            volume,
          ),
      t('If you do not trust that image, pull busybox instead. You are asked once for each image.'),
    ].join('\n\n'),
    t('Run It'),
  ).catch((error: unknown) => {
    throw error instanceof Cancelled ? refused : error;
  });
}
