// Which containers a command is about.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import { membersOf } from '../../model/arrange.ts';
import { UserError } from '../../model/errors.ts';
import { formatPorts, formatState, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Container, ContainerState } from '../../model/objects.ts';
import { plain } from '../../model/text.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

export interface ChosenContainer {
  id: string;
  name: string;
}

interface ContainerPrompt {
  title: string;
  /** Only containers in one of these states are offered, or taken of a group; all when absent. */
  states?: readonly ContainerState[];
}

/**
 * The containers that a command is about: those of the selected rows, of the groups among them and of the rows below
 * containers; those that were named; or the one that is picked.
 */
export async function chooseContainers(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: ContainerPrompt,
): Promise<ChosenContainer[]> {
  const names = namesOf(target);
  if (names) {
    const client = await app.engine.client();
    return Promise.all(
      names.map(async (name) => {
        const found = await client.containers.inspect(name);
        return { id: found.id, name: found.name };
      }),
    );
  }
  const rows = rowsOf(target);
  const grouped = rows.some(({ type }) => type === 'group');
  const containers = grouped ? await app.engine.inventory.all('containers') : [];
  const ids = rows.flatMap((row) => {
    switch (row.type) {
      case 'container':
        return [row.id];
      case 'group': {
        const members = membersOf(containers, row);
        return members.filter(({ state }) => prompt.states?.includes(state) ?? true).map(({ id }) => id);
      }
      case 'port':
      case 'mount':
      case 'membership':
      case 'changes':
      case 'change':
      case 'volumeUser':
        return [row.container];
      default:
        return [];
    }
  });
  if (ids.length === 0 && grouped) {
    throw new UserError('nothing-to-do', t('No container of this group can be changed that way.'));
  }
  return ids.length > 0
    ? [...new Set(ids)].map((id) => ({ id, name: containerName(app, id) }))
    : [await pickContainer(app, prompt)];
}

/** The one container that a command is about: the first of those that were selected. */
export async function chooseContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: ContainerPrompt,
): Promise<ChosenContainer> {
  const [first] = await chooseContainers(app, target, prompt);
  if (!first) {
    throw new UserError('nothing-chosen', t('No container was chosen.'));
  }
  return first;
}

/** A container's name for people, as far as it is known without asking the engine. */
export function containerName(app: Pick<App, 'engine'>, id: string): string {
  return plain(app.engine.inventory.peek('containers', id)?.name ?? shortId(id), 100);
}

async function pickContainer(app: Pick<App, 'engine' | 'ui'>, prompt: ContainerPrompt): Promise<ChosenContainer> {
  const { states } = prompt;
  const containers = (await app.engine.inventory.all('containers')).filter((c) => states?.includes(c.state) ?? true);
  const chosen = await app.ui.pick(containers.map(containerChoice), {
    title: prompt.title,
    placeholder: t('Choose a container'),
    empty: states?.includes('running')
      ? t('No container is running. Run an image first.')
      : t('There is no such container. Run an image first.'),
  });
  return { id: chosen.id, name: chosen.name };
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
