// Lists a registry's repositories by its own catalog, or where that is refused, by its vendor's list.
import { RegistryError } from '../../model/registries/error.ts';
import { listRepositories } from '../api/lists.ts';
import type { PageOptions } from '../api/paging.ts';
import type { Session } from '../api/session.ts';
import { parseChallenges } from '../auth/challenge.ts';
import type { Answer, Request } from '../http/transport.ts';
import type { Credentials, VendorFacts } from '../types.ts';
import type { Vendor, VendorSigns } from './contract.ts';
import { vendorByHost, vendorBySigns } from './index.ts';

export interface VendorListing {
  repositories(signal: AbortSignal): AsyncGenerator<string[], void, void>;
  vendor(signal: AbortSignal): Promise<VendorFacts | undefined>;
}

export interface ListingOptions {
  session: Session;
  size: PageOptions['size'];
  namespaces: readonly string[];
  credentials(): Promise<Credentials | undefined>;
  send(request: Request): Promise<Answer>;
}

/** Refusals after which a vendor's own list may still answer. Harbor says 401 to everyone but administrators. */
const refusals = new Set(['no-catalog', 'forbidden', 'unauthorized', 'login-failed']);

export function createListing({ session, size, namespaces, credentials, send }: ListingOptions): VendorListing {
  const { host, base } = session;
  let signs: VendorSigns | undefined;

  async function readSigns(signal: AbortSignal): Promise<VendorSigns> {
    if (signs === undefined) {
      const { headers } = await send({ method: 'GET', url: session.url(''), signal });
      signs = { headers, challenges: parseChallenges(headers['www-authenticate']) };
    }
    return signs;
  }

  const find = async (signal: AbortSignal): Promise<Vendor | undefined> =>
    vendorByHost(host) ?? vendorBySigns(await readSigns(signal));

  async function* own(vendor: Vendor, signal: AbortSignal): AsyncGenerator<string[], void, void> {
    if (!vendor.list) {
      throw new RegistryError('no-catalog', vendor.reason(host), { host });
    }
    const realm = realmOf(base, vendor.isHost?.test(host) ? undefined : await readSigns(signal));
    const seen = new Set<string>();
    const pages = vendor.list({
      host,
      base,
      namespaces,
      credentials: await credentials(),
      send: (request) => send({ ...request, signal }),
      ...(realm === undefined ? {} : { realm }),
    });
    for await (const page of pages) {
      yield page.filter((name) => !seen.has(name) && seen.add(name));
    }
  }

  return {
    async *repositories(signal) {
      const known = namespaces.length > 0 ? await find(signal) : vendorByHost(host);
      // Who named namespaces wants these and nothing else.
      if (known?.list && (!known.catalog || namespaces.length > 0)) {
        yield* own(known, signal);
        return;
      }
      if (known && !known.catalog) {
        throw new RegistryError('no-catalog', known.reason(host), { host });
      }
      let any = false;
      let refusal: RegistryError | undefined;
      try {
        for await (const page of listRepositories(session, size, signal)) {
          any ||= page.length > 0;
          yield page;
        }
      } catch (error) {
        if (any || !(error instanceof RegistryError && refusals.has(error.code))) {
          throw error;
        }
        refusal = error;
      }
      if (any || (refusal === undefined && known === undefined)) {
        return;
      }
      const vendor = await find(signal);
      if (vendor?.list && (refusal !== undefined || vendor.question !== undefined)) {
        yield* own(vendor, signal);
      } else if (refusal !== undefined) {
        throw vendor && refusal.code === 'no-catalog'
          ? new RegistryError('no-catalog', vendor.reason(host), { ...refusal, cause: refusal })
          : refusal;
      }
    },
    async vendor(signal) {
      const vendor = await find(signal);
      return (
        vendor && {
          id: vendor.id,
          name: vendor.name,
          catalog: vendor.catalog,
          ...(vendor.question ? { question: vendor.question() } : {}),
        }
      );
    },
  };
}

function realmOf(base: URL, signs: VendorSigns | undefined): URL | undefined {
  const realm = signs?.challenges.find(({ scheme, params }) => scheme === 'bearer' && params.realm)?.params.realm;
  return realm !== undefined && URL.canParse(realm, base.href) ? new URL(realm, base) : undefined;
}
