// From run options to a container: the image pulled where it is missing, the container created, joined to its networks, started.
import type { Report } from '../../app/messages.ts';
import type { App } from '../../app.ts';
import type { EngineClient, ImageDetails } from '../../engine/types.ts';
import { isOlder } from '../../model/apiVersion.ts';
import { t } from '../../model/l10n.ts';
import { mapOf } from '../../model/pairs.ts';
import { proposePorts, publishedPorts } from '../../model/run/form/ports.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { endOfMain } from '../containers/openShell.ts';
import { ensureImage } from '../images/ensure.ts';

export interface RunWay {
  /** False: the container is only created. */
  start: boolean;
  /** Whether the person can be asked, for a login say. */
  ask: boolean;
  /** Where a pull shows its progress; in a notification when absent. */
  progress?: { report: Report; signal: AbortSignal };
}

/**
 * Runs it. A container that could not start is removed again, because its name and ports would be in the way of the next
 * try. What is not detached opens in a terminal, which is joined before the start so that no output is missed.
 */
export async function runContainer(
  app: Pick<App, 'engine' | 'registries' | 'ui' | 'log'>,
  options: RunOptions,
  { start, ask, progress }: RunWay,
): Promise<{ id: string; warnings: string[] }> {
  const client = await app.engine.client();
  await ensureImage(app, client, options, ask, progress);
  const { now, later } = networksFor(app, options);
  const created = await client.containers.create(now);
  try {
    for (const network of later) {
      await connect(client, network, created.id);
    }
    if (start) {
      await (options.detach ? client.containers.start(created.id) : startInTerminal(app, client, created.id, options));
    }
  } catch (error) {
    await client.containers.remove(created.id, { force: true, volumes: true }).catch(() => undefined);
    throw error;
  }
  for (const warning of created.warnings) {
    app.log.warn(warning);
  }
  return created;
}

/** What an image asks for by itself: a terminal for a shell, the background for a service, its ports published. */
export async function defaultOptions(
  app: Pick<App, 'engine' | 'runs'>,
  image: string,
  details: ImageDetails,
): Promise<RunOptions> {
  const ports = await proposedPorts(app, details.exposedPorts);
  return {
    image,
    ...(startsShell(details) ? { interactive: true } : { detach: true }),
    ...(ports.length > 0 && { ports }),
  };
}

/** Mappings for exposed ports: at the same port of the host where neither a container nor, as far as can be seen, a program has it. */
export async function proposedPorts(app: Pick<App, 'engine' | 'runs'>, exposed: readonly string[]): Promise<string[]> {
  const [containers, client] = await Promise.all([app.engine.inventory.all('containers'), app.engine.client()]);
  const taken = new Set(publishedPorts(containers).map(({ port, protocol }) => `${port}/${protocol}`));
  const isLocal = /^(?:unix|npipe):/.test(client.endpoint.url);
  const busy = new Set<number>();
  for (const port of new Set(exposed.map((text) => Number.parseInt(text, 10)).filter((number) => number >= 1024))) {
    if (isLocal && !(await app.runs.isPortFree(port))) {
      busy.add(port);
    }
  }
  return proposePorts(exposed, (port, protocol) => !taken.has(`${port}/${protocol}`) && !busy.has(port));
}

/** An image whose program is a shell ends at once without a terminal. */
export function startsShell({ entrypoint = [], command = [] }: Pick<ImageDetails, 'entrypoint' | 'command'>): boolean {
  const words = [...entrypoint, ...command];
  return words.length === 1 && /^(?:.*\/)?(?:ba|z|a|da|fi|k)?sh$/.test(words[0] ?? '');
}

/** Engines before API 1.44 take one network at creation; the others are joined afterwards. */
function networksFor(app: Pick<App, 'engine'>, options: RunOptions): { now: RunOptions; later: string[] } {
  const { status } = app.engine.inventory;
  const { otherNetworks = [], ...now } = options;
  return otherNetworks.length > 0 && status.state === 'connected' && isOlder(status.apiVersion, '1.44')
    ? { now, later: otherNetworks }
    : { now: options, later: [] };
}

/** Joins a network given by its name or in the long form, `name=net,alias=db,ip=10.0.0.5`. */
async function connect(client: EngineClient, network: string, container: string): Promise<void> {
  if (!network.includes('=')) {
    return client.networks.connect(network, container);
  }
  const parts = network.split(',');
  const { name = '', ip, ip6 } = mapOf(parts);
  const aliases = parts.flatMap((part) => (part.startsWith('alias=') ? [part.slice('alias='.length)] : []));
  await client.networks.connect(name, container, {
    ...(aliases.length > 0 && { aliases }),
    ...(ip && { ip }),
    ...(ip6 && { ip6 }),
  });
}

async function startInTerminal(
  app: Pick<App, 'engine' | 'ui'>,
  client: EngineClient,
  id: string,
  options: RunOptions,
): Promise<void> {
  const { interactive = false, stdin = interactive, tty = interactive } = options;
  const session = await client.containers.attach(id, { terminal: tty, input: stdin });
  try {
    await client.containers.start(id);
  } catch (error) {
    session.dispose();
    throw error;
  }
  const name = options.name ?? options.image;
  app.ui.terminal({
    name,
    icon: 'vm-running',
    interactive: tty,
    input: stdin,
    open: async () => session,
    ended: (exitCode) =>
      exitCode === undefined
        ? endOfMain(app, { id, name }, exitCode)
        : t('The container has ended with exit code {0}.', exitCode),
  });
}
