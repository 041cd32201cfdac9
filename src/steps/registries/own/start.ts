// From the plan of a registry of one's own to one that runs and is in the view.

import type { App } from '../../../app/index.ts';
import type { Report } from '../../../app/messages.ts';
import type { EngineClient } from '../../../engine/types.ts';
import { readToEnd } from '../../../model/containers/output.ts';
import { Cancelled, messageOf, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import type { RunOptions } from '../../../model/run/options.ts';
import { plain } from '../../../model/text.ts';
import type { OwnParts } from '../../../registry/own/setup.ts';
import { ensureImage } from '../../images/ensure.ts';
import { fullReference } from '../../images/references.ts';
import { sleep } from '../../sleep.ts';
import type { OwnRegistryPlan } from './plan.ts';

/** Milliseconds that a registry has from its start until it must have answered. */
const patience = 30_000;
/** Bytes that are read of its last words. */
const maxWords = 64 * 1024;

/** Certificates of an earlier registry are used again; where they do not fit, a person is asked before they are renewed. */
export async function prepareOwnRegistry(
  app: Pick<App, 'registries' | 'ownRegistry' | 'ui'>,
  plan: OwnRegistryPlan,
  silent: boolean,
): Promise<OwnParts> {
  const wanted = {
    names: plan.tls?.allNames ?? [],
    ...(plan.tls ? { folder: plan.tls.folder } : {}),
    ...(plan.login ? { login: plan.login } : {}),
    deletion: plan.deletion,
  };
  try {
    return await app.ownRegistry.prepare(wanted);
  } catch (error) {
    if (silent || !(error instanceof UserError && error.code === 'own-certificate-misfit')) {
      throw error;
    }
    await app.ui.confirm(
      t('Make a new certificate for the registry?'),
      t('{0} The authority stays the same, so that engines that trust it go on doing so.', error.message),
      t('Make a New One'),
    );
    return app.ownRegistry.prepare({ ...wanted, renew: true });
  }
}

/** Resolves with the container's id and the address under which the view has it. What does not serve is removed again. */
export async function startOwnRegistry(
  app: Pick<App, 'registries' | 'ownRegistry' | 'ui'>,
  client: EngineClient,
  plan: OwnRegistryPlan,
  parts: OwnParts,
  report: Report,
  signal: AbortSignal,
): Promise<{ id: string; registry: string }> {
  await pullWhereMissing(app, client, plan.image, report, signal);
  const { id } = await client.containers.create(ownRunOptions(plan, parts.env));
  try {
    if (parts.files.length > 0) {
      await client.containers.putFiles(id, parts.files);
    }
    await client.containers.start(id);
    report(t('Waiting for its first answer'));
    return { id, registry: await untilReached(app, client, id, plan, parts, signal) };
  } catch (error) {
    // What does not serve would only be in the way of the next try. Volumes with a name and certificates stay.
    await client.containers.remove(id, { force: true, volumes: true }).catch(() => undefined);
    throw error;
  }
}

/** The options that its container is run with. */
export function ownRunOptions(plan: OwnRegistryPlan, env: string[]): RunOptions {
  // Plain http is for this machine, so nobody else is let in; a registry on another machine must be reachable from here.
  const open = plan.tls !== undefined || plan.remote !== undefined;
  return {
    image: plan.image,
    name: plan.name,
    ports: [`${open ? '' : '127.0.0.1:'}${plan.port}:5000`],
    volumes: [`${plan.data}:/var/lib/registry`],
    restart: plan.restart,
    env,
  };
}

async function pullWhereMissing(
  app: Pick<App, 'registries' | 'ownRegistry' | 'ui'>,
  client: EngineClient,
  image: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  try {
    await ensureImage(app, client, { image }, false, { report, signal });
  } catch (error) {
    throw error instanceof Cancelled
      ? error
      : new UserError(
          'own-no-image',
          t(
            'The engine does not have the image {0} and cannot pull it ({1}). Load it from a file, or name an image of the registry that the engine has.',
            fullReference(image),
            plain(messageOf(error), 300),
          ),
          { cause: error },
        );
  }
}

/** Failures that go by while a registry starts. */
const passing = new Set(['refused', 'connection-lost', 'timeout']);

/** Adds the registry to the view as soon as it answers under one of its names. */
async function untilReached(
  app: Pick<App, 'registries' | 'ownRegistry'>,
  client: EngineClient,
  id: string,
  plan: OwnRegistryPlan,
  { ca }: OwnParts,
  signal: AbortSignal,
): Promise<string> {
  const joining = { ...plan.login, ...(ca ? { trustedCa: [ca.pem] } : {}) };
  const failures = new Map<string, unknown>();
  const end = Date.now() + patience;
  do {
    for (const host of plan.hosts) {
      const typed = `${plan.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${plan.port}`;
      try {
        return (await app.registries.add(typed, joining, signal)).address;
      } catch (error) {
        if (error instanceof Cancelled) {
          throw error;
        }
        failures.set(host, error);
      }
      await checkAlive(client, id, signal);
    }
    if ([...failures.values()].every((error) => !(error instanceof UserError && passing.has(error.code)))) {
      break;
    }
    await sleep(200, signal);
  } while (Date.now() < end && !signal.aborted);
  const [host = '', reason] = [...failures][0] ?? [];
  throw signal.aborted ? new Cancelled() : unreachable(plan, host, reason);
}

function unreachable(plan: OwnRegistryPlan, host: string, reason: unknown): UserError {
  const words = plain(messageOf(reason), 500);
  const port = String(plan.port);
  return new UserError(
    'own-unreachable',
    plan.remote === undefined
      ? t(
          'The registry ran, but could not be used at port {0} of {1}: {2} If this editor runs in a container or a virtual machine itself, give the name under which the host of the engine is reached from here. The container was removed again.',
          port,
          host,
          words,
        )
      : t(
          'The registry ran on {0}, but could not be used at its port {1} from here: {2} Open the port in the firewall of that machine, or choose one that is open. The container was removed again.',
          plan.remote,
          port,
          words,
        ),
    { cause: reason },
  );
}

/** Throws with the registry's last words when it has ended, also when its restart policy has started it again since. */
async function checkAlive(client: EngineClient, id: string, signal: AbortSignal): Promise<void> {
  const { running, exitCode, raw } = await client.containers.inspect(id);
  const { RestartCount, State } = raw as { RestartCount?: number; State?: { Restarting?: boolean } };
  if (running && !RestartCount && State?.Restarting !== true) {
    return;
  }
  const session = await client.containers.logs(id, { follow: false, tail: 5 }, signal);
  const words = (await readToEnd(session, { limit: maxWords })).text();
  throw new UserError(
    'own-ended',
    t(
      'The registry ended with exit code {0} as soon as it was started. It said: {1} The container was removed again.',
      exitCode,
      plain(words, 600),
    ),
  );
}
