// What commands about the life of objects share: which ones they are about, and asking before something goes.
import type { App } from '../app.ts';
import { membersOf } from '../model/arrange.ts';
import type { Element } from '../model/elements.ts';
import { Cancelled, messageOf, UserError } from '../model/errors.ts';
import { shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { isBuiltIn } from '../model/networks/predefined.ts';
import type { ContainerState, Network } from '../model/objects.ts';
import { plain } from '../model/text.ts';
import { type ChosenContainer, chooseContainers } from './choose.ts';

/** A row, several rows, a name or id, or several of these. */
export type ManyTarget = Element | readonly Element[] | string | readonly string[] | undefined;

/**
 * The containers that a command is about: those of the selected rows, of the groups among them and of the rows below
 * containers; those that were named; or the one that is picked.
 */
export async function containersOf(
  app: App,
  target: ManyTarget,
  prompt: { title: string; states?: readonly ContainerState[] },
): Promise<ChosenContainer[]> {
  const names = namesIn(target);
  if (names) {
    const client = await app.engine.client();
    return Promise.all(
      names.map(async (name) => {
        const found = await client.containers.inspect(name);
        return { id: found.id, name: found.name };
      }),
    );
  }
  const rows = rowsIn(target);
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
    ? [...new Set(ids)].map((id) => ({ id, name: nameOf(app, id) }))
    : chooseContainers(app, undefined, prompt);
}

/** The one container that a command is about: the first of those that were selected. */
export async function containerOf(
  app: App,
  target: ManyTarget,
  prompt: { title: string; states?: readonly ContainerState[] },
): Promise<ChosenContainer> {
  const [first] = await containersOf(app, target, prompt);
  if (!first) {
    throw new UserError('nothing-chosen', t('No container was chosen.'));
  }
  return first;
}

/** What a command that takes several containers resolves with: the last one's id, and all ids where they were several. */
export interface ManyResult {
  id: string;
  ids?: string[];
}

export function resultOf(containers: readonly { id: string }[]): ManyResult {
  const ids = containers.map(({ id }) => id);
  return { id: ids.at(-1) ?? '', ...(ids.length > 1 && { ids }) };
}

/** Names of volumes. */
export async function volumesOf(app: App, target: ManyTarget, prompt: { title: string }): Promise<string[]> {
  const names = namesIn(target);
  if (names) {
    return names.map((name) => name.replace(/^volume:/, ''));
  }
  const found = rowsIn(target).flatMap((row) => (row.type === 'volume' ? [row.name] : []));
  if (found.length > 0) {
    return found;
  }
  const volumes = await app.engine.inventory.all('volumes');
  return [
    await app.ui.pick(
      volumes.map(({ name, driver }) => ({
        label: plain(name, 200),
        description: driver,
        icon: 'database',
        value: name,
      })),
      { title: prompt.title, placeholder: t('Choose a volume'), empty: t('The engine has no volumes.') },
    ),
  ];
}

/** Networks by name or id. A string that the engine does not know is passed on: its own words say so. */
export async function networksOf(
  app: App,
  target: ManyTarget,
  prompt: { title: string; offer?: (network: Network) => boolean },
): Promise<{ id: string; name: string }[]> {
  const networks = await app.engine.inventory.all('networks');
  const names = namesIn(target);
  if (names) {
    return names.map((name) => networks.find((n) => n.name === name || n.id === name) ?? { id: name, name });
  }
  const rows = rowsIn(target).flatMap((row) =>
    row.type === 'network' ? networks.filter(({ id }) => id === row.id) : [],
  );
  if (rows.length > 0) {
    return rows;
  }
  const offered = networks.filter(prompt.offer ?? (() => true));
  const choices = offered.map((network) => ({
    label: plain(network.name, 200),
    description: [network.driver, ...network.subnets].map((part) => plain(part, 60)).join(' · '),
    icon: 'type-hierarchy',
    value: network,
  }));
  const empty = t('There is no such network. Create one first.');
  return [await app.ui.pick(choices, { title: prompt.title, placeholder: t('Choose a network'), empty })];
}

/** A network that a person made. */
export const isOwnNetwork = (network: Network) => !isBuiltIn(network);

/** Names given from code; undefined when rows, or nothing, were given. */
export function namesIn(target: ManyTarget): string[] | undefined {
  if (typeof target === 'string') {
    return [target];
  }
  if (Array.isArray(target) && target.length > 0 && target.every((each) => typeof each === 'string')) {
    return [...target];
  }
  return undefined;
}

export function rowsIn(target: ManyTarget): readonly Element[] {
  if (typeof target !== 'object') {
    return [];
  }
  return 'type' in target ? [target] : target.filter((each) => typeof each === 'object');
}

/** Asks before something that cannot be undone; one more button opens the note about it. */
export async function confirmWithNote(
  app: App,
  { question, detail, button, note }: { question: string; detail: string; button: string; note: string },
): Promise<void> {
  const sure = await app.ui.ask(question, detail, [
    { label: button, value: true },
    { label: t('Learn More'), value: false },
  ]);
  if (!sure) {
    await app.ui.note(note);
    throw new Cancelled();
  }
}

/** Does something to each, side by side; what one refuses does not keep the others from being done. */
export async function each<T>(app: App, items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const results = await Promise.allSettled(items.map(work));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const [first] = failures;
  if (failures.length > 1) {
    for (const failure of failures) {
      app.log.error('one of several', failure);
    }
    throw new UserError(
      'several-failed',
      t('{0} of {1} failed. The first said: {2}', failures.length, items.length, messageOf(first)),
      { cause: first },
    );
  }
  if (first !== undefined) {
    throw first;
  }
}

/** Names for a question: the first of them, and how many more there are. */
export function listed(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map((name) => plain(name, 100));
  const more = names.length - shown.length;
  return more > 0 ? t('{0} and {1} more', shown.join(', '), more) : shown.join(', ');
}

export function nameOf(app: App, id: string): string {
  return plain(app.engine.inventory.peek('containers', id)?.name ?? shortId(id), 100);
}
