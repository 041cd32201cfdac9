// Which object a command is about: the row or name that it was given, or else the one that the person picks.
import type { App, Choice } from '../app.ts';
import type { ContainerElement, Element, ImageElement, TagElement } from '../model/elements.ts';
import { UserError } from '../model/errors.ts';
import { formatAge, formatPorts, formatSize, formatState, shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Container, ContainerState, Image } from '../model/objects.ts';
import { plain } from '../model/text.ts';

/** What a command may be given as its first argument: a row, several rows, or a name as a person types it. */
export type Target = Element | readonly Element[] | string | undefined;

export interface ChosenContainer {
  id: string;
  name: string;
}

/** One container. A string may be its name, its id, or the start of its id. */
export async function chooseContainer(
  app: App,
  target: Target,
  prompt: { title: string; states?: readonly ContainerState[] },
): Promise<ChosenContainer> {
  const [first] = await chooseContainers(app, target, { ...prompt, single: true });
  if (!first) {
    throw new UserError('nothing-chosen', t('No container was chosen.'));
  }
  return first;
}

/** All the containers that a command is about: the selected rows, or the one that was named or picked. */
export async function chooseContainers(
  app: App,
  target: Target,
  prompt: { title: string; states?: readonly ContainerState[]; single?: boolean },
): Promise<ChosenContainer[]> {
  if (typeof target === 'string') {
    const { id, name } = await (await app.engine.client()).containers.inspect(target);
    return [{ id, name }];
  }
  const rows = rowsOf(target).filter((row): row is ContainerElement => row.type === 'container');
  if (rows.length > 0) {
    return rows.map(({ id }) => ({ id, name: app.engine.inventory.peek('containers', id)?.name ?? shortId(id) }));
  }
  const { states } = prompt;
  const containers = (await app.engine.inventory.all('containers')).filter((c) => states?.includes(c.state) ?? true);
  const chosen = await app.ui.pick(containers.map(containerChoice), {
    title: prompt.title,
    placeholder: t('Choose a container'),
    empty: states?.includes('running')
      ? t('No container is running. Run an image first.')
      : t('There is no such container. Run an image first.'),
  });
  return [{ id: chosen.id, name: chosen.name }];
}

export interface ChosenImage {
  /** Reference or id, as the engine understands it. */
  ref: string;
  /** Absent when the engine does not have it (yet). */
  id?: string;
}

/** One image of the engine, by reference where it has one. */
export async function chooseImage(app: App, target: Target, prompt: { title: string }): Promise<ChosenImage> {
  if (typeof target === 'string') {
    return { ref: target };
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
export async function chooseImages(app: App, target: Target, prompt: { title: string }): Promise<ChosenImage[]> {
  const rows = rowsOf(target).filter((row): row is ImageElement => row.type === 'image');
  return rows.length > 1
    ? rows.map((row) => ({ ref: row.ref ?? row.id, id: row.id }))
    : [await chooseImage(app, target, prompt)];
}

/** The address of a registry that was added. */
export async function chooseRegistry(app: App, target: Target, prompt: { title: string }): Promise<string> {
  if (typeof target === 'string') {
    return target;
  }
  for (const row of rowsOf(target)) {
    if ((row.type === 'registry' || row.type === 'message') && row.registry !== undefined) {
      return row.registry;
    }
  }
  return app.ui.pick(
    app.registries.list().map(({ address }) => ({ label: address, icon: 'server', value: address })),
    { title: prompt.title, placeholder: t('Choose a registry'), empty: t('No registry has been added yet.') },
  );
}

/** The row of a tag in a registry, where the command was called on one. */
export function tagRow(target: Target): TagElement | undefined {
  return rowsOf(target).find((element): element is TagElement => element.type === 'tag');
}

function rowsOf(target: Target): readonly Element[] {
  return typeof target === 'object' ? ('type' in target ? [target] : target) : [];
}

function containerChoice(container: Container): Choice<Container> {
  return {
    label: plain(container.name, 200),
    description: [plain(container.image, 200), formatState(container), formatPorts(container.ports)]
      .filter(Boolean)
      .join(' · '),
    icon: container.state === 'running' ? 'vm-running' : 'vm-outline',
    value: container,
  };
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
