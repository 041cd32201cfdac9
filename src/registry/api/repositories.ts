// Lists a registry's repositories by its own catalog, or where that is refused, by its vendor's list.
import { RegistryError } from '../../model/registries/error.ts';
import { parseChallenges } from '../auth/challenge.ts';
import type { Answer, Request } from '../http/message.ts';
import type { Credentials, VendorFacts } from '../types.ts';
import type { Vendor, VendorSigns } from '../vendors/contract.ts';
import { vendorByHost, vendorBySigns } from '../vendors/index.ts';
import { listRepositories } from './lists.ts';
import type { PageOptions } from './paging.ts';
import type { Session } from './session.ts';

export interface Listing {
  /** Pages of names. Rejects with `no-catalog` where neither the registry nor its vendor has a list for this account. */
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

/** Asks nothing until a list is read. The signs of a vendor are asked for once. */
export function createListing({ session, size, namespaces, credentials, send }: ListingOptions): Listing {
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

  /** The vendor's own list. */
  async function* own(vendor: Vendor, signal: AbortSignal): AsyncGenerator<string[], void, void> {
    if (!vendor.list) {
      throw noList(vendor, host);
    }
    const realm = realmOf(base, vendor.isHost?.test(host) ? undefined : await readSigns(signal));
    const pages = vendor.list({
      host,
      base,
      namespaces,
      credentials: await credentials(),
      send: (request) => send({ ...request, signal }),
      ...(realm === undefined ? {} : { realm }),
    });
    yield* withoutRepeats(pages);
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
        throw noList(known, host);
      }
      const { any, refusal } = yield* catalog(listRepositories(session, size, signal));
      if (any || (refusal === undefined && known === undefined)) {
        return;
      }
      const vendor = await find(signal);
      if (vendor?.list && (refusal !== undefined || vendor.question !== undefined)) {
        yield* own(vendor, signal);
      } else if (refusal !== undefined) {
        throw vendor && refusal.code === 'no-catalog' ? noList(vendor, host, refusal) : refusal;
      }
    },
    async vendor(signal) {
      const vendor = await find(signal);
      return vendor && factsOf(vendor);
    },
  };
}

/**
 * The registry's own catalog; returns whether it had any names, and the refusal that a vendor's list may help out of. Throws
 * every other failure, and one that comes when names were there already.
 */
async function* catalog(
  pages: AsyncIterable<string[]>,
): AsyncGenerator<string[], { any: boolean; refusal?: RegistryError }, void> {
  let any = false;
  try {
    for await (const page of pages) {
      any ||= page.length > 0;
      yield page;
    }
  } catch (error) {
    if (any || !(error instanceof RegistryError && refusals.has(error.code))) {
      throw error;
    }
    return { any, refusal: error };
  }
  return { any };
}

async function* withoutRepeats(pages: AsyncIterable<string[]>): AsyncGenerator<string[], void, void> {
  const seen = new Set<string>();
  for await (const page of pages) {
    yield page.filter((name) => !seen.has(name) && seen.add(name));
  }
}

function noList(vendor: Vendor, host: string, refusal?: RegistryError): RegistryError {
  return new RegistryError('no-catalog', vendor.reason(host), refusal ? { ...refusal, cause: refusal } : { host });
}

function factsOf({ id, name, catalog, question }: Vendor): VendorFacts {
  return { id, name, catalog, ...(question ? { question: question() } : {}) };
}

function realmOf(base: URL, signs: VendorSigns | undefined): URL | undefined {
  const realm = signs?.challenges.find(({ scheme, params }) => scheme === 'bearer' && params.realm)?.params.realm;
  return realm !== undefined && URL.canParse(realm, base.href) ? new URL(realm, base) : undefined;
}
