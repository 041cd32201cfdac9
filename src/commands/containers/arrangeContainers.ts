// Chooses how the containers view groups, sorts and describes its rows.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import {
  type ContainerArrangement,
  type ContainerGrouping,
  type ContainerLabel,
  type ContainerPart,
  type ContainerSort,
  containerGroupings,
  containerLabels,
  containerParts,
  containerSorts,
} from '../../model/arrange.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';

/** Changes the settings `docknotes.containers.*`; resolves with all of them. */
export async function arrangeContainers(
  app: Pick<App, 'engine' | 'arrangement' | 'ui'>,
  _target?: unknown,
  options?: Partial<ContainerArrangement>,
): Promise<ContainerArrangement> {
  const change = options ?? (await ask(app));
  await app.arrangement.setContainers(change);
  return { ...app.arrangement.containers, ...change };
}

async function ask(app: Pick<App, 'engine' | 'arrangement' | 'ui'>): Promise<Partial<ContainerArrangement>> {
  const now = app.arrangement.containers;
  const title = t('Arrange Containers');
  const field = await app.ui.pick<'groupBy' | 'sortBy' | 'label' | 'description'>(
    [
      { label: t('Group by'), description: groupingWords()[now.groupBy], icon: 'list-tree', value: 'groupBy' },
      { label: t('Sort by'), description: sortWords()[now.sortBy], icon: 'list-ordered', value: 'sortBy' },
      { label: t('Row label'), description: labelWords()[now.label], icon: 'symbol-string', value: 'label' },
      {
        label: t('Description'),
        description: now.description.map((part) => partWords()[part]).join(' · '),
        icon: 'note',
        value: 'description',
      },
    ],
    { title, placeholder: t('Choose what to change') },
  );
  switch (field) {
    case 'groupBy':
      return askGrouping(app, title);
    case 'sortBy':
      return { sortBy: await app.ui.pick(choices(containerSorts, sortWords(), now.sortBy), { title }) };
    case 'label':
      return { label: await app.ui.pick(choices(containerLabels, labelWords(), now.label), { title }) };
    case 'description':
      return {
        description: await app.ui.pickMany(
          containerParts.map((part) => ({ label: partWords()[part], value: part })),
          { title, placeholder: t('What is shown after the row label'), chosen: now.description },
        ),
      };
  }
}

async function askGrouping(
  app: Pick<App, 'engine' | 'arrangement' | 'ui'>,
  title: string,
): Promise<Partial<ContainerArrangement>> {
  const now = app.arrangement.containers;
  const groupBy = await app.ui.pick(choices(containerGroupings, groupingWords(), now.groupBy), { title });
  if (groupBy !== 'label') {
    return { groupBy };
  }
  const containers = await app.engine.inventory.all('containers');
  const counts = new Map<string, number>();
  for (const name of containers.flatMap(({ labels }) => Object.keys(labels))) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const groupByLabel = await app.ui.pick(
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => ({
        label: plain(name, 200),
        description: count === 1 ? t('1 container') : t('{0} containers', count),
        value: name,
      })),
    { title, placeholder: t('Choose a label'), empty: t('No container has a label.') },
  );
  return { groupBy, groupByLabel };
}

function choices<T extends string>(values: readonly T[], words: Record<T, string>, now: T): Choice<T>[] {
  return values.map((value) => ({ label: words[value], icon: value === now ? 'check' : 'blank', value }));
}

function groupingWords(): Record<ContainerGrouping, string> {
  return {
    compose: t('Compose project and service'),
    image: t('Image'),
    network: t('Network'),
    state: t('State'),
    label: t('A label'),
    none: t('Nothing: one list'),
  };
}

function sortWords(): Record<ContainerSort, string> {
  return { name: t('Name'), created: t('Newest first'), state: t('State: running first') };
}

function labelWords(): Record<ContainerLabel, string> {
  return { name: t('Name'), image: t('Image'), service: t('Compose service'), id: t('Id') };
}

function partWords(): Record<ContainerPart, string> {
  return {
    state: t('State'),
    ports: t('Ports'),
    image: t('Image'),
    age: t('Age'),
    command: t('Command'),
    networks: t('Networks'),
    project: t('Compose project'),
    id: t('Id'),
  };
}
