// What the engine, or else a registry that the person added, knows of an image that a Dockerfile names.
import type { App } from '../../app/index.ts';
import type { ImageFacts, ImageNews } from '../../dockerfile/context.ts';
import { EngineError } from '../../model/engines/error.ts';
import type { Disposable } from '../../model/event.ts';
import { parseReference } from '../../model/reference.ts';
import { isVersion, newerTag } from '../../model/registries/nextTag.ts';

/** Milliseconds that a hover waits: for the engine, and for a registry. What comes later is there for the next hover. */
const patience = { engine: 1000, registry: 300 };
/** Milliseconds after which a registry is given up. */
const longest = 10_000;
/** Milliseconds that a registry's answer holds, and that a failure does. */
const fresh = { answer: 10 * 60_000, failure: 60_000 };
/** Images whose answers are kept. */
const most = 200;

/** Asks while hovers are shown. A registry that nobody added is never asked. */
export interface ImageFactsSource extends Disposable {
  /** Undefined when neither the engine nor the image's registry tells anything in time. Never rejects. */
  facts(reference: string): Promise<ImageFacts | undefined>;
  /** Undefined when the image's registry tells nothing in time. Never rejects. */
  news(reference: string): Promise<ImageNews | undefined>;
}

export function createImageFacts(app: Pick<App, 'engine' | 'registries' | 'log'>): ImageFactsSource {
  const facts = createAnswerCache((reference, signal) => fromRegistry(app, reference, signal), app);
  const news = createAnswerCache((reference, signal) => fromNews(app, reference, signal), app);
  // Another login may see other things, and a registry that is gone is to be asked no more.
  const listening = app.registries.onChange(() => {
    facts.clear();
    news.clear();
  });
  return {
    async facts(reference) {
      const local = await inTime(fromEngine(app, reference), patience.engine);
      if (local?.onEngine) {
        return local;
      }
      const remote = await inTime(facts.ask(reference), patience.registry);
      return local || remote ? { ...remote, ...local } : undefined;
    },
    news: (reference) => inTime(news.ask(reference), patience.registry),
    dispose: () => listening.dispose(),
  };
}

/** Undefined when no engine answers, which says nothing of the image. */
async function fromEngine(app: Pick<App, 'engine' | 'log'>, reference: string): Promise<ImageFacts | undefined> {
  const { inventory } = app.engine;
  if (inventory.status.state === 'unreachable') {
    return undefined;
  }
  try {
    const details = await (await app.engine.client()).images.inspect(reference);
    return {
      onEngine: true,
      digests: digestsIn(reference, details.digests),
      id: details.id,
      size: details.size,
      ...(details.created === undefined ? {} : { created: details.created }),
      platforms: [details.platform],
      ports: details.exposedPorts,
      ...(details.user ? { user: details.user } : {}),
      ...(details.workdir ? { workdir: details.workdir } : {}),
      ...(details.entrypoint ? { entrypoint: details.entrypoint } : {}),
      ...(details.command ? { command: details.command } : {}),
      env: details.env,
    };
  } catch (error) {
    app.log.info(`The engine on ${reference}: ${String(error)}`);
    return error instanceof EngineError && error.status === 404 ? { onEngine: false } : undefined;
  }
}

async function fromRegistry(
  app: Pick<App, 'registries'>,
  reference: string,
  signal: AbortSignal,
): Promise<ImageFacts | undefined> {
  const { host, path, tag, digest } = parseReference(reference);
  if (!isAdded(app, host)) {
    return undefined;
  }
  const facts = await app.registries.image(host, path, digest ?? tag ?? 'latest', signal);
  const { config } = facts;
  return {
    digests: [facts.digest],
    size: facts.size,
    platforms: facts.platforms,
    ...(config.created === undefined ? {} : { created: config.created }),
    ports: config.exposedPorts,
    ...(config.user ? { user: config.user } : {}),
    ...(config.workdir ? { workdir: config.workdir } : {}),
    ...(config.entrypoint ? { entrypoint: config.entrypoint } : {}),
    ...(config.command ? { command: config.command } : {}),
    env: config.env,
  };
}

/** One request for the digest of the tag, and for a version one more, for the first page of the repository's tags. */
async function fromNews(
  app: Pick<App, 'registries'>,
  reference: string,
  signal: AbortSignal,
): Promise<ImageNews | undefined> {
  const { host, path, tag } = parseReference(reference);
  if (tag === undefined || !isAdded(app, host)) {
    return undefined;
  }
  const client = await app.registries.client(host);
  const [{ digest }, tags] = await Promise.all([
    client.head(path, tag, signal),
    // A registry that lists no tags still says what this one is.
    isVersion(tag) ? firstPage(client.tags(path, signal)).catch(() => []) : [],
  ]);
  const newer = newerTag(tag, tags);
  return { digest, ...(newer === undefined ? {} : { newerTag: newer }) };
}

async function firstPage(pages: AsyncIterable<string[]>): Promise<string[]> {
  for await (const page of pages) {
    return page;
  }
  return [];
}

function isAdded(app: Pick<App, 'registries'>, host: string): boolean {
  return app.registries.list().some(({ address }) => address === host);
}

/** The digests of this repository; the engine has those of others too, `localhost:5000/team/web@sha256:…`. */
function digestsIn(reference: string, all: readonly string[]): string[] {
  const { host, path } = parseReference(reference);
  return all.flatMap((each) => {
    try {
      const other = parseReference(each);
      return other.host === host && other.path === path && other.digest !== undefined ? [other.digest] : [];
    } catch {
      // What no reference can be is no digest of this repository either.
      return [];
    }
  });
}

/** Answers for a while, each asked for once. A failure is for the log: a hover without facts is still a hover. */
function createAnswerCache<T>(
  ask: (reference: string, signal: AbortSignal) => Promise<T | undefined>,
  { log }: Pick<App, 'log'>,
) {
  const kept = new Map<string, { until: number; answer: Promise<T | undefined> }>();
  return {
    ask(reference: string): Promise<T | undefined> {
      const known = kept.get(reference);
      if (known && Date.now() < known.until) {
        return known.answer;
      }
      const entry = { until: Date.now() + fresh.answer, answer: ask(reference, AbortSignal.timeout(longest)) };
      entry.answer = entry.answer.catch((error: unknown) => {
        log.info(`Facts about ${reference}: ${String(error)}`);
        entry.until = Date.now() + fresh.failure;
        return undefined;
      });
      kept.delete(reference);
      kept.set(reference, entry);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) {
        kept.delete(oldest);
      }
      return entry.answer;
    },
    clear: () => kept.clear(),
  };
}

/** Undefined when the answer takes longer; it is waited for no more. */
function inTime<T>(answer: Promise<T | undefined>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
