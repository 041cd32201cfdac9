// Adds a registry to the view: an address as a person types it, checked step by step before it is kept.
import type { App } from '../../app.ts';
import { messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { parseAddress } from '../../model/reference.ts';
import { join, joinWithHelp } from '../../steps/registries/adding.ts';
import { knownAddresses } from '../../steps/registries/addresses.ts';
import { offerNamespaces } from '../../steps/registries/namespaces.ts';

export interface AddRegistryOptions {
  username?: string;
  password?: string;
  /** CAs to trust for this registry: PEM texts or files. */
  trustedCa?: string | string[];
  /** Takes plain http on another machine, where https is not spoken. */
  allowHttp?: boolean;
}

/** Resolves with the address under which the registry is kept. `target` is the address. */
export async function addRegistry(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui' | 'log'>,
  target?: unknown,
  options?: AddRegistryOptions,
): Promise<{ registry: string }> {
  if (options) {
    const { trustedCa, ...joining } = options;
    const trust = trustedCa === undefined ? {} : { trustedCa: [trustedCa].flat() };
    return join(app, { typed: typeof target === 'string' ? target : '', joining: { ...joining, ...trust } });
  }
  const typed = typeof target === 'string' ? target : await askAddress(app, '');
  const { registry } = await joinWithHelp(app, { typed, joining: {} }, (before) => askAddress(app, before));
  await offerNamespaces(app, registry);
  return { registry };
}

async function askAddress(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  value: string,
): Promise<string> {
  const known = knownAddresses(app);
  return app.ui.complete({
    title: t('Add Registry'),
    placeholder: t('The address of the registry, such as localhost:5000 or https://registry.example.com'),
    value,
    offers: async (text) => (await known).filter((offer) => offer.text.includes(text.trim().toLowerCase())),
    check: checkAddress,
  });
}

function checkAddress(text: string): string | undefined {
  try {
    parseAddress(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
