// Completes the name of an image while it is typed: registries, the repositories that are known there, and tags.
import type { Offer } from '../../app/prompts.ts';
import type { App } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import { tagOf } from '../../model/reference.ts';
import { nextTags } from '../../model/registries/nextTag.ts';
import { checkReference } from './references.ts';

/** More offers than these are not looked through; another letter does more. */
const maxOffers = 50;

export interface NameQuestion {
  title: string;
  placeholder: string;
  value?: string;
  /** Whether the name is for something new, or for something that is there. */
  goal: 'new' | 'present';
  /** The image that is to be named, as it is named now. */
  image?: string;
}

/**
 * Asks for the name of an image. A registry whose list is not known yet is asked for it, and a repository for its tags,
 * once each as long as the question is open; else memory answers.
 */
export async function askName(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>,
  question: NameQuestion,
): Promise<string> {
  const known = createKnownNames(app);
  const { title, placeholder, value } = question;
  try {
    return await app.ui.complete({
      title,
      placeholder,
      offers: (text) => offersFor(app, question, known, text),
      check: checkReference,
      ...(value === undefined ? {} : { value }),
    });
  } finally {
    known.dispose();
  }
}

/** Repositories and tags, asked for once each. */
interface KnownNames {
  /** Rejects where the registry cannot be listed. */
  repositories(registry: string): Promise<readonly string[]>;
  /** None where they cannot be listed. */
  tags(registry: string, repository: string): Promise<readonly string[]>;
  /** Ends what is asked, and closes the lists that were opened. */
  dispose(): void;
}

function createKnownNames({ catalog, registries }: Pick<App, 'catalog' | 'registries'>): KnownNames {
  const stop = new AbortController();
  const opened: string[] = [];
  const tagLists = new Map<string, Promise<readonly string[]>>();
  return {
    async repositories(registry) {
      const known = catalog.peek(registry);
      if (known !== undefined && (known.complete || known.names.length > 0)) {
        return known.names;
      }
      if (known === undefined) {
        opened.push(registry);
      }
      return (await catalog.open(registry)).names;
    },
    tags(registry, repository) {
      const name = `${registry}/${repository}`;
      const asked = () => registries.tags(registry, repository, stop.signal).then(({ names }) => names);
      const known = tagLists.get(name) ?? asked().catch(() => []);
      tagLists.set(name, known);
      return known;
    },
    dispose() {
      stop.abort();
      for (const registry of opened) {
        catalog.close(registry);
      }
    },
  };
}

async function offersFor(
  app: Pick<App, 'engine' | 'registries'>,
  question: NameQuestion,
  known: KnownNames,
  text: string,
): Promise<readonly Offer[]> {
  const registry = registryOf(app, text);
  if (registry === undefined) {
    return filtered(await beginnings(app, question), text);
  }
  const rest = text.slice(registry.length + 1);
  const colon = rest.lastIndexOf(':');
  if (colon < 0) {
    const names = await known.repositories(registry);
    const found = names.filter((name) => name.toLowerCase().includes(rest.toLowerCase()));
    return inOrder(found, rest)
      .slice(0, maxOffers)
      .map((name) => repositoryOffer(registry, name));
  }
  const name = rest.slice(0, colon);
  const tags = await known.tags(registry, name);
  const found = tagOffers(question, `${registry}/${name}`, tags);
  // What was proposed and not changed yet hides nothing of what else there is.
  const untouched = text === question.value;
  const shown = untouched ? found.slice(0, maxOffers) : filtered(found, text);
  return tags.length > 0 ? shown : [...shown, ...(await othersThan(known, registry, name, untouched))];
}

/** In place of a repository that is not there: those whose names end like it, and on demand the others after them. */
async function othersThan(known: KnownNames, registry: string, name: string, all: boolean): Promise<Offer[]> {
  const last = `/${name.split('/').at(-1)}`;
  const names = (await known.repositories(registry)).filter((other) => other !== name);
  const near = names.filter((other) => `/${other}`.endsWith(last));
  const further = all ? names.filter((other) => !near.includes(other)) : [];
  return [...near, ...further].slice(0, maxOffers).map((other) => repositoryOffer(registry, other));
}

/** The image's name in the first of the registries; as it is where none was added or it is there already. */
export function proposedName(app: Pick<App, 'registries'>, image: string): string {
  const untagged = image.startsWith('sha256:');
  const registry = app.registries.list()[0]?.address;
  if (registry === undefined || image.startsWith(`${registry}/`)) {
    return untagged ? '' : image;
  }
  return `${registry}/${untagged ? '' : image.split('/').at(-1)}`;
}

/** The registry with which the text begins; the longest, since one may be at a path of another. */
function registryOf(app: Pick<App, 'registries'>, text: string): string | undefined {
  return app.registries
    .list()
    .map(({ address }) => address)
    .filter((address) => text.startsWith(`${address}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** What a name can begin with: the registries; and images that the engine has, to be pulled anew. */
async function beginnings(app: Pick<App, 'engine' | 'registries'>, { goal, image }: NameQuestion): Promise<Offer[]> {
  const addresses = app.registries.list().map(({ address }) => address);
  const starts = addresses.map(
    (address): Offer => ({
      text: `${address}/`,
      description: t('a registry that you added'),
      icon: 'server',
      begins: true,
    }),
  );
  if (goal === 'new') {
    const last = image === undefined || image.startsWith('sha256:') ? undefined : image.split('/').at(-1);
    const whole = last === undefined ? [] : addresses.map((address) => `${address}/${last}`);
    return [
      ...whole
        .filter((text) => text !== image)
        .map((text): Offer => ({ text, description: t('a registry that you added'), icon: 'server' })),
      ...starts,
    ];
  }
  const images = await app.engine.inventory.all('images').catch(() => []);
  const here = images.flatMap(({ tags }) => tags);
  return [...starts, ...here.map((text): Offer => ({ text, description: t('pull it again'), icon: 'tag' }))];
}

function repositoryOffer(registry: string, name: string): Offer {
  return { text: `${registry}/${name}:`, description: t('a repository there'), icon: 'layers', begins: true };
}

function tagOffers({ goal, image }: NameQuestion, repository: string, tags: readonly string[]): Offer[] {
  const existing = tags.map(
    (tag): Offer => ({
      text: `${repository}:${tag}`,
      icon: 'tag',
      ...(goal === 'new' ? { description: t('replaces the tag that is there') } : {}),
    }),
  );
  if (goal === 'present') {
    return existing;
  }
  const next = nextTags(tags).map(
    (tag): Offer => ({
      text: `${repository}:${tag}`,
      description: t('the next version'),
      icon: 'arrow-up',
    }),
  );
  const own = image === undefined || image.startsWith('sha256:') ? 'latest' : tagOf(image);
  const current: Offer = { text: `${repository}:${own}`, icon: 'tag' };
  return [...next, ...(tags.includes(own) ? [] : [current]), ...existing];
}

function filtered(offers: readonly Offer[], text: string): Offer[] {
  const wanted = text.toLowerCase();
  return offers.filter((offer) => offer.text.toLowerCase().includes(wanted)).slice(0, maxOffers);
}

/** Names that begin with what was typed come before those that only contain it. */
function inOrder(names: readonly string[], typed: string): string[] {
  return [...names.filter((name) => name.startsWith(typed)), ...names.filter((name) => !name.startsWith(typed))];
}
