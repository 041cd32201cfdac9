// The client of one registry: its HTTP API as promises of plain data.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md
import { apiHostOf } from '../../model/reference.ts';
import { type Authorizer, createAuthorizer } from '../auth/requests.ts';
import { createTransport } from '../http/transport.ts';
import { readCertificates } from '../trust/certsd.ts';
import { createTlsSource } from '../trust/tls.ts';
import type { RegistryClient, RegistryOptions } from '../types.ts';
import { createImageReader } from './imageReader.ts';
import { listTags } from './lists.ts';
import { bounded } from './paging.ts';
import { pingRegistry } from './ping.ts';
import { listReferrers, type ReferrersSupport } from './referrers.ts';
import { deleteManifest, untag } from './removal.ts';
import { createListing } from './repositories.ts';
import { createSession, type Session } from './session.ts';
import { contentOf } from './uploads.ts';

/**
 * Creates a client; nothing is asked until it is used. `address.scheme` decides: there is no fallback to plain http. What its
 * functions reject with stands at `RegistryClient`.
 */
export function createRegistryClient(options: RegistryOptions): RegistryClient {
  const { host, scheme, prefix } = options.address;
  const log = options.log ?? (() => {});
  const base = new URL(`${scheme}://${apiHostOf(host)}/${prefix ? `${prefix}/` : ''}`);
  const transport = createTransport({
    host,
    tls: createTlsSource({ ...options, log, certificates: options.certificates ?? readCertificates }),
    log,
    timeouts: options.timeouts,
    onStage: options.onStage,
    wait: options.wait,
  });
  const authorizer = createAuthorizer({ host, scheme }, transport, options.credentials);
  const session = createSession(host, base, authorizer);
  const images = createImageReader(session);
  const sizes = { catalog: {}, tags: {} };
  const support: ReferrersSupport = {};
  const listing = createListing({
    session,
    size: sizes.catalog,
    namespaces: options.namespaces ?? [],
    credentials: () => authorizer.credentials(),
    send: transport.send,
  });

  return {
    address: options.address,
    ping: (signal) => pingRegistry(host, transport, session.url(''), signal),
    login: (signal) => login(session, authorizer, signal),
    vendor: listing.vendor,
    repositories: (signal) => bounded(host, 'repositories', listing.repositories(signal)),
    tags: (repository, signal) => bounded(host, 'tags', listTags(session, repository, sizes.tags, signal)),
    manifest: images.manifest,
    head: images.head,
    config: images.config,
    referrers: (repository, digest, signal, artifactType) =>
      listReferrers(session, support, repository, digest, artifactType, signal),
    get hasReferrers() {
      return support.api;
    },
    deleteManifest: (repository, digest, signal) => deleteManifest(session, repository, digest, signal),
    untag: (repository, tag, signal) => untag(session, repository, tag, signal),
    ...contentOf(session),
    forget: () => authorizer.forget(),
    dispose() {
      authorizer.forget();
      images.clear();
    },
  };
}

async function login(
  session: Session,
  authorizer: Authorizer,
  signal: AbortSignal,
): ReturnType<RegistryClient['login']> {
  const request = { method: 'GET', url: session.url(''), resource: 'base', scopes: [], signal } as const;
  session.expect(await authorizer.send(request), 200);
  const found = await authorizer.credentials();
  if (found === undefined) {
    return {};
  }
  return { ...(found.username === undefined ? {} : { account: found.username }), source: found.source };
}
