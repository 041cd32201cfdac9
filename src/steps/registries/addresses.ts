// Registries that can be guessed: what containers of the engine serve, what images are tagged for, what logins are known for.

import type { Offer } from '../../app/prompts.ts';
import type { App } from '../../app.ts';
import { remoteHostOf } from '../../model/engines/endpoint.ts';
import { t } from '../../model/l10n.ts';
import { dockerHub, parseReference, registryHostOf, repositoryOf } from '../../model/reference.ts';

/** Images that serve a registry, by the last part of their name. */
const servers =
  /^(?:docker-)?registry$|^distribution$|^zot(?:-\w+)*$|^nginx-photon$|^harbor-\w+$|^nexus3?$|^gitea$|^quay$|^artifactory(?:-\w+)?$/;
/** Where distribution answers questions about itself, not about images. */
const debugPort = 5001;

/** Addresses that are not among the registries yet, the likeliest first. A source that fails has none. */
export async function knownAddresses(app: Pick<App, 'engine' | 'registries'>): Promise<Offer[]> {
  const sources = [servedAddresses(app), taggedAddresses(app), loginAddresses(app)];
  const offers = (await Promise.all(sources.map((source) => source.catch((): Offer[] => [])))).flat();
  const added = new Set(app.registries.list().map(({ address }) => address));
  const unique = new Map<string, Offer>();
  for (const offer of offers) {
    if (!added.has(offer.text) && !unique.has(offer.text)) {
      unique.set(offer.text, offer);
    }
  }
  return [...unique.values()];
}

async function servedAddresses(app: Pick<App, 'engine'>): Promise<Offer[]> {
  const { status } = app.engine.inventory;
  const host = (status.endpoint && remoteHostOf(status.endpoint.url)) ?? 'localhost';
  const containers = (await app.engine.inventory.all('containers')).filter(
    ({ image, state }) => state === 'running' && servers.test(repositoryOf(image).split('/').at(-1) ?? ''),
  );
  return containers.flatMap(({ name, ports }) => {
    const published = ports.filter(
      ({ protocol, host: at, container }) => protocol === 'tcp' && at !== undefined && container !== debugPort,
    );
    return [...new Set(published.map((port) => port.host))].map((port) => ({
      text: `${host}:${port}`,
      description: t('served by the container {0}', name),
      icon: 'server-environment',
    }));
  });
}

async function taggedAddresses(app: Pick<App, 'engine'>): Promise<Offer[]> {
  const tags = (await app.engine.inventory.all('images')).flatMap((image) => image.tags);
  const hosts = new Map<string, string>();
  for (const tag of tags) {
    const host = hostOf(tag);
    if (host !== undefined && host !== dockerHub && !hosts.has(host)) {
      hosts.set(host, tag);
    }
  }
  return [...hosts].map(([text, tag]) => ({ text, description: t('the image {0} is from there', tag), icon: 'tag' }));
}

async function loginAddresses(app: Pick<App, 'registries'>): Promise<Offer[]> {
  const hosts = await app.registries.loginHosts();
  return hosts.map((text) => ({ text, description: t('docker or Podman has a login for it'), icon: 'account' }));
}

function hostOf(tag: string): string | undefined {
  try {
    return registryHostOf(parseReference(tag));
  } catch {
    return undefined;
  }
}
