// What the engine, or else a registry that the person added, knows of an image that a Dockerfile names.
import type { App } from '../app.ts';
import type { ImageFacts } from '../dockerfile/context.ts';
import { parseReference } from '../model/reference.ts';

/** Milliseconds that a hover waits for a registry; after that it shows what it has. */
const patience = 3000;

/** Undefined when neither has it. A registry that nobody added is never asked. */
export async function factsOf(app: App, reference: string): Promise<ImageFacts | undefined> {
  try {
    return (await fromEngine(app, reference)) ?? (await fromRegistry(app, reference));
  } catch (error) {
    // A hover without facts is still a hover; why they are missing is for the log.
    app.log.info(`Facts about ${reference}: ${String(error)}`);
    return undefined;
  }
}

async function fromEngine(app: App, reference: string): Promise<ImageFacts | undefined> {
  const { inventory } = app.engine;
  if (inventory.status.state === 'unreachable') {
    return undefined;
  }
  const client = await app.engine.client().catch(() => undefined);
  const details = await client?.inspectImage(reference).catch(() => undefined);
  const { status } = inventory;
  const digest = details?.digests[0]?.replace(/^[^@]*@/, '');
  return (
    details && {
      ...(status.state === 'connected' ? { source: status.name } : {}),
      ...(digest === undefined ? {} : { digest }),
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
    }
  );
}

async function fromRegistry(app: App, reference: string): Promise<ImageFacts | undefined> {
  const { host, path, tag, digest } = parseReference(reference);
  if (!app.registries.list().some(({ address }) => address === host)) {
    return undefined;
  }
  const facts = await app.registries.image(host, path, digest ?? tag ?? 'latest', AbortSignal.timeout(patience));
  const { config } = facts;
  return {
    source: host,
    digest: facts.digest,
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
