// Which images of the engine a command is about.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import type { ImageElement } from '../../model/elements.ts';
import { formatAge, formatSize, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Image } from '../../model/objects.ts';
import { plain } from '../../model/text.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

export interface ChosenImage {
  /** Reference or id, as the engine understands it. */
  ref: string;
  /** Absent when the engine does not have it (yet). */
  id?: string;
}

/** One image of the engine, by reference where it has one. */
export async function chooseImage(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string },
): Promise<ChosenImage> {
  const [name] = namesOf(target) ?? [];
  if (name !== undefined) {
    return { ref: name };
  }
  const row = rowsOf(target).find((element): element is ImageElement => element.type === 'image');
  if (row) {
    return { ref: row.ref ?? row.id, id: row.id };
  }
  const images = await app.engine.inventory.all('images');
  return app.ui.pick(images.flatMap(imageChoices), {
    title: prompt.title,
    placeholder: t('Choose an image'),
    empty: t('The engine has no images. Pull one first.'),
  });
}

/** All the images that a command is about. */
export async function chooseImages(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string },
): Promise<ChosenImage[]> {
  const rows = rowsOf(target).filter((row): row is ImageElement => row.type === 'image');
  return rows.length > 1
    ? rows.map((row) => ({ ref: row.ref ?? row.id, id: row.id }))
    : [await chooseImage(app, target, prompt)];
}

function imageChoices(image: Image): Choice<ChosenImage>[] {
  const description = `${formatSize(image.size)} · ${formatAge(image.created)}`;
  return image.tags.length
    ? image.tags.map((ref) => ({
        label: plain(ref, 200),
        description,
        icon: 'tag',
        value: { ref, id: image.id },
      }))
    : [{ label: shortId(image.id), description, icon: 'circle-slash', value: { ref: image.id, id: image.id } }];
}
