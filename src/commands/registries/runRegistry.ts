// Runs a registry of one's own: a container with its certificate and login, added to the view, and how engines come to trust it.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { createBody } from '../../model/run/create/body.ts';
import { askOwnRegistry } from '../../steps/registries/own/ask.ts';
import { type OwnRegistryOptions, planOwnRegistry } from '../../steps/registries/own/plan.ts';
import { ownRunOptions, prepareOwnRegistry, startOwnRegistry } from '../../steps/registries/own/start.ts';
import { showOwnTrust } from '../../steps/registries/own/trustPage.ts';
import { namesOf, rowsOf, type Target } from '../../steps/target.ts';

export type RunRegistryOptions = OwnRegistryOptions;

/**
 * Starts the registry. Resolves with the container's id, the address under which the view has it, and the file of the CA
 * that others have to trust. `target` may be the image, as a row or a reference.
 */
export async function runRegistry(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  target?: Target,
  options?: RunRegistryOptions,
): Promise<{ id: string; registry: string; ca?: string }> {
  const client = await app.engine.client();
  const given = { ...imageOf(target), ...options };
  const plan = await planOwnRegistry(app, client, options ? given : await askOwnRegistry(app, client, given));
  // What the engine would refuse is told before certificates are made.
  createBody(ownRunOptions(plan, []));
  const parts = await prepareOwnRegistry(app, plan, options !== undefined);
  const { id, registry } = await app.ui.progress(t('Starting the registry {0}', plan.name), (report, signal) =>
    startOwnRegistry(app, client, plan, parts, report, signal),
  );
  app.ui.say(t('The registry runs and is in the view as {0}.', registry));
  if (parts.ca && !options) {
    await showOwnTrust(app, plan, registry, parts.ca);
  }
  return { id, registry, ...(parts.ca ? { ca: parts.ca.file } : {}) };
}

function imageOf(target: Target): { image?: string } {
  const [image] = namesOf(target) ?? [];
  if (image !== undefined) {
    return { image };
  }
  const row = rowsOf(target).find((element) => element.type === 'image');
  return row?.type === 'image' ? { image: row.ref ?? row.id } : {};
}
