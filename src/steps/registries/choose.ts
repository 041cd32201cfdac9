// Which registry, repository or tag a command is about: the row or name that it was given, or what the person finds.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import type { AttachmentElement, RepositoryElement, TagElement } from '../../model/elements.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { isDigest, parseReference } from '../../model/reference.ts';
import { findNames } from '../../model/registries/names.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

export interface ChosenRepository {
  registry: string;
  repository: string;
}

export interface ChosenTag extends ChosenRepository {
  /** A tag or a digest. */
  reference: string;
}

/** How many found repositories are offered. */
const maxOffered = 100;

/** The address of a registry that was added. */
export async function chooseRegistry(
  app: Pick<App, 'registries' | 'ui'>,
  target: Target,
  prompt: { title: string },
): Promise<string> {
  const [name] = namesOf(target) ?? [];
  if (name !== undefined) {
    return name;
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

/** The registry that a row belongs to; the rows that say what a registry's list needs lead to commands, too. */
export function registryOfRow(target: Target): string | undefined {
  const [row] = rowsOf(target);
  return row && 'registry' in row ? row.registry : undefined;
}

/** The row of a tag in a registry, where the command was called on one. */
export function tagRow(target: Target): TagElement | undefined {
  return rowsOf(target).find((element): element is TagElement => element.type === 'tag');
}

/** One tag or digest. A string is `host/repository:tag` or `host/repository@sha256:…` of a registry in the view. */
export async function chooseTag(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target: Target,
  title: string,
): Promise<ChosenTag> {
  const [name] = namesOf(target) ?? [];
  if (name !== undefined) {
    return tagIn(app, name);
  }
  const rows = rowsOf(target);
  const row = rows.find((element): element is TagElement => element.type === 'tag');
  if (row) {
    return { registry: row.registry, repository: row.repository, reference: row.name };
  }
  const attached = rows.find((element): element is AttachmentElement => element.type === 'attachment');
  if (attached) {
    return { registry: attached.registry, repository: attached.repository, reference: attached.reference };
  }
  const repository = await chooseRepository(app, target, title);
  return { ...repository, reference: await pickTag(app, repository, title) };
}

/** One repository, found by name among all that are known, or as it was typed. A string is `host/repository`. */
export async function chooseRepository(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target: Target,
  title: string,
): Promise<ChosenRepository> {
  const [name] = namesOf(target) ?? [];
  if (name !== undefined) {
    const place = placeOf(app, name);
    if (!place) {
      throw notAmong(name);
    }
    return { registry: place.registry, repository: place.rest };
  }
  const row = repositoryRow(target);
  if (row) {
    return { registry: row.registry, repository: row.name };
  }
  const within = rowsOf(target).find((element) => element.type === 'registry' || element.type === 'folder');
  const registries = within ? [within.registry] : app.registries.list().map(({ address }) => address);
  if (registries.length === 0) {
    throw new UserError('no-registry', t('No registry has been added yet.'));
  }
  for (const registry of registries) {
    // What is found grows while the lists arrive; a registry that cannot be listed still takes a name.
    void app.catalog.open(registry);
  }
  return app.ui.search<ChosenRepository>({
    title,
    placeholder: t('The name of a repository, or a part of it'),
    find: (typed) => offers(app, registries, typed),
    onChange: app.catalog.onChange,
    busy: () => registries.some((registry) => app.catalog.peek(registry)?.complete !== true),
  });
}

/** The row of a repository, where a command was called on one. */
export function repositoryRow(target: Target): RepositoryElement | undefined {
  return rowsOf(target).find((element): element is RepositoryElement => element.type === 'repository');
}

/** `localhost:5000/team/app:1` -> its registry, repository and tag. Rejects with `no-such-registry` or `bad-reference`. */
export function tagIn(app: Pick<App, 'registries'>, text: string): ChosenTag {
  const { tag, digest } = parseReference(text);
  const place = placeOf(app, text.replace(/@.*$/s, '').replace(/:[^:/]*$/, ''));
  if (!place) {
    throw notAmong(text);
  }
  return { registry: place.registry, repository: place.rest, reference: digest ?? tag ?? 'latest' };
}

/** A tag of the repository, the newest version first. */
async function pickTag(
  app: Pick<App, 'catalog' | 'ui'>,
  { registry, repository }: ChosenRepository,
  title: string,
  without?: string,
): Promise<string> {
  const { tags } = await app.catalog.tags(registry, repository, new AbortController().signal);
  const left = tags.filter((tag) => tag !== without);
  return app.ui.search<string>({
    title,
    placeholder: t('Choose a tag'),
    find: (typed) => [
      ...findNames(left, typed, maxOffered).matches.map(({ name }) => ({ label: name, icon: 'tag', value: name })),
      ...(isDigest(typed.trim()) ? [{ label: typed.trim(), icon: 'symbol-key', value: typed.trim() }] : []),
    ],
  });
}

function offers(app: Pick<App, 'catalog'>, registries: readonly string[], typed: string): Choice<ChosenRepository>[] {
  const text = typed.trim();
  const found = registries.flatMap((registry) => {
    const names = app.catalog.peek(registry)?.names ?? [];
    const within = text.startsWith(`${registry}/`) ? text.slice(registry.length + 1) : text;
    return findNames(names, within, maxOffered).matches.map(({ name }) => ({ registry, name }));
  });
  const choices = found.slice(0, maxOffered).map(({ registry, name }) => ({
    label: name,
    description: registry,
    icon: 'layers',
    value: { registry, repository: name },
  }));
  return [...choices, ...asTyped(registries, text, found)];
}

/** A repository that is not in any list can still be opened by its name. */
function asTyped(
  registries: readonly string[],
  text: string,
  found: readonly { registry: string; name: string }[],
): Choice<ChosenRepository>[] {
  const whole = registries.find((registry) => text.startsWith(`${registry}/`));
  const places = whole
    ? [{ registry: whole, name: text.slice(whole.length + 1) }]
    : registries.map((registry) => ({ registry, name: text }));
  return places
    .filter(({ registry, name }) => isName(name) && !found.some((f) => f.registry === registry && f.name === name))
    .map(({ registry, name }) => ({
      label: t('Open {0} as typed', name),
      description: registry,
      icon: 'arrow-right',
      value: { registry, repository: name },
    }));
}

function isName(name: string): boolean {
  try {
    return parseReference(`registry.example/${name}`).path === name;
  } catch {
    return false;
  }
}

/** The registry of the view that a name begins with, the longest where several do. */
function placeOf(app: Pick<App, 'registries'>, text: string): { registry: string; rest: string } | undefined {
  const trimmed = text.trim();
  const parsed = wholeName(trimmed);
  return app.registries
    .list()
    .map(({ address }) => address)
    .sort((a, b) => b.length - a.length)
    .flatMap((registry) =>
      [trimmed, parsed]
        .filter((name) => name?.startsWith(`${registry}/`))
        .map((name) => ({ registry, rest: (name ?? '').slice(registry.length + 1) })),
    )
    .at(0);
}

/** With Docker Hub's host and `library/` where they were left out. */
function wholeName(text: string): string | undefined {
  try {
    const { host, path } = parseReference(text);
    return `${host}/${path}`;
  } catch {
    return undefined;
  }
}

function notAmong(text: string): UserError {
  return new UserError(
    'no-such-registry',
    t('{0} is in none of the registries of the view. Add its registry first.', text),
  );
}
