// How engines come to trust a registry of one's own.
import type { App } from '../../../app/index.ts';
import { engineKindOf } from '../../../model/engines/kind.ts';
import { t } from '../../../model/l10n.ts';
import { trustInstructions } from '../../../model/registries/trustInstructions.ts';
import type { OwnParts } from '../../../registry/own/setup.ts';
import type { OwnRegistryPlan } from './plan.ts';

/** A page with the commands for the engine in use and for others. */
export async function showOwnTrust(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  plan: OwnRegistryPlan,
  registry: string,
  ca: NonNullable<OwnParts['ca']>,
): Promise<void> {
  const { platform } = await app.ownRegistry.offer(plan.name);
  const { status } = app.engine.inventory;
  const named = (plan.tls?.names ?? []).map((name) => `${name.includes(':') ? `[${name}]` : name}:${plan.port}`);
  await app.ui.page(
    t('Trust {0}', registry),
    trustInstructions(
      { hosts: named.length > 0 ? named : [registry], pem: ca.pem, fingerprint: ca.fingerprint, file: ca.file },
      {
        platform,
        ...(status.state === 'connected' ? { kind: engineKindOf(status, platform) } : {}),
        ...(plan.remote === undefined ? {} : { remote: plan.remote }),
      },
    ),
  );
}
