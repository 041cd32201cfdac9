// The client of one registry: its HTTP API as promises of plain data.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md
import { t } from '../../model/l10n.ts';
import { apiHostOf, isDigest } from '../../model/reference.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import { createAuthorizer } from '../auth/authorizer.ts';
import { repositoryScope } from '../auth/tokenScope.ts';
import { createMemory } from '../http/lruCache.ts';
import { badAnswer, notARegistry, notJson, statusProblem } from '../http/problems.ts';
import { createFlights } from '../http/singleFlight.ts';
import { createTransport, retryAfterOf } from '../http/transport.ts';
import { readCertificates } from '../trust/certsd.ts';
import { createTlsSource } from '../trust/tls.ts';
import type { ImageConfig, Manifest, RegistryClient, RegistryOptions } from '../types.ts';
import { createListing } from '../vendors/listing.ts';
import { listTags } from './lists.ts';
import { acceptManifests, digestLike, mediaTypeOf, readConfig, readManifest } from './manifests.ts';
import { bounded } from './paging.ts';
import { pingRegistry } from './ping.ts';
import { listReferrers, type ReferrersSupport } from './referrers.ts';
import { deleteManifest, untag } from './removal.ts';
import { isPathSafe, type Session } from './session.ts';
import { contentOf } from './uploads.ts';

/** Most bytes of one list page, manifest or configuration. */
const mostOfAList = 8 * 1024 * 1024;
const mostOfAManifest = 4 * 1024 * 1024;
const remembered = 16 * 1024 * 1024;

/** Creates a client; nothing is asked until it is used. `address.scheme` decides: there is no fallback to plain http. */
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
  const manifests = createMemory<Manifest>(remembered);
  const configs = createMemory<ImageConfig>(remembered);
  /** The digest that a tag had last, for a conditional request. */
  const lastDigests = new Map<string, string>();
  const fly = createFlights<Manifest>();
  const flyConfig = createFlights<ImageConfig>();
  const sizes = { catalog: {}, tags: {} };
  const support: ReferrersSupport = {};

  const session: Session = {
    host,
    base,
    url(path, query = {}) {
      if (path !== '' && !isPathSafe(path.replace(/\/$/, ''))) {
        throw new RegistryError('not-found', t('"{0}" is not a name that {1} can have.', plain(path, 100), host), {
          host,
        });
      }
      const url = new URL(`v2/${path}`, base);
      url.search = new URLSearchParams(query).toString();
      return url;
    },
    repository: (repository, actions, { pullFrom, ...request }, signal) =>
      authorizer.send({
        ...request,
        signal,
        resource: 'repository',
        repository,
        scopes: [
          repositoryScope(repository, ...actions),
          ...(pullFrom === undefined ? [] : [repositoryScope(pullFrom, 'pull')]),
        ],
      }),
    catalog: (url, signal) =>
      authorizer.send({
        method: 'GET',
        url,
        signal,
        maxBytes: mostOfAList,
        resource: 'catalog',
        scopes: ['registry:catalog:*'],
      }),
    expect(answer, ...statuses) {
      if (!statuses.includes(answer.status)) {
        throw answer.status < 400
          ? notARegistry(host, answer.status, answer.body)
          : statusProblem(host, answer.status, answer.body, retryAfterOf(answer.headers));
      }
      return answer;
    },
  };

  const listing = createListing({
    session,
    size: sizes.catalog,
    namespaces: options.namespaces ?? [],
    credentials: () => authorizer.credentials(),
    send: transport.send,
  });

  async function askManifest(repository: string, reference: string, signal: AbortSignal): Promise<Manifest> {
    const known = manifests.get(
      isDigest(reference) ? reference : (lastDigests.get(`${repository}:${reference}`) ?? ''),
    );
    const answer = await session.repository(
      repository,
      ['pull'],
      {
        method: 'GET',
        url: session.url(`${repository}/manifests/${reference}`),
        headers: { Accept: acceptManifests, ...(known ? { 'If-None-Match': `"${known.digest}"` } : {}) },
        maxBytes: mostOfAManifest,
      },
      signal,
    );
    if (answer.status === 304 && known) {
      return known;
    }
    const { body, headers } = session.expect(answer, 200);
    const named = isDigest(reference) ? reference : headerDigest(headers['docker-content-digest']);
    const digest = checkDigest(host, body, named);
    const read: Manifest = {
      digest,
      bytes: body,
      ...readOr(host, body, () => readManifest(body, headers['content-type'])),
    };
    manifests.set(digest, read, body.length);
    if (!isDigest(reference)) {
      lastDigests.set(`${repository}:${reference}`, digest);
    }
    return read;
  }

  async function askConfig(repository: string, digest: string, signal: AbortSignal): Promise<ImageConfig> {
    const url = session.url(`${repository}/blobs/${digest}`);
    const { body } = session.expect(
      await session.repository(repository, ['pull'], { method: 'GET', url }, signal),
      200,
    );
    checkDigest(host, body, digest);
    const config = readOr(host, body, () => readConfig(body));
    configs.set(digest, config, body.length);
    return config;
  }

  async function manifest(repository: string, reference: string, signal: AbortSignal): Promise<Manifest> {
    const known = isDigest(reference) ? manifests.get(reference) : undefined;
    return known ?? fly(`${repository} ${reference}`, signal, (shared) => askManifest(repository, reference, shared));
  }

  return {
    address: options.address,
    ping: (signal) => pingRegistry(host, transport, session.url(''), signal),
    async login(signal) {
      const answer = await authorizer.send({
        method: 'GET',
        url: session.url(''),
        signal,
        resource: 'base',
        scopes: [],
      });
      session.expect(answer, 200);
      const found = await authorizer.credentials();
      return found === undefined
        ? {}
        : { ...(found.username === undefined ? {} : { account: found.username }), source: found.source };
    },
    vendor: (signal) => listing.vendor(signal),
    repositories: (signal) => bounded(host, 'repositories', listing.repositories(signal)),
    tags: (repository, signal) => bounded(host, 'tags', listTags(session, repository, sizes.tags, signal)),
    manifest,
    async head(repository, reference, signal) {
      const url = session.url(`${repository}/manifests/${reference}`);
      const request = { method: 'HEAD', url, headers: { Accept: acceptManifests } } as const;
      const answer = await session.repository(repository, ['pull'], request, signal);
      const digest = headerDigest(answer.headers['docker-content-digest']);
      if (answer.status === 200 && digest !== undefined) {
        return {
          digest,
          mediaType: mediaTypeOf(answer.headers['content-type']),
          size: Number(answer.headers['content-length'] ?? 0),
        };
      }
      // HEAD has no body: the reason of a failure, and a digest that is not in a header, take a GET.
      const found = await manifest(repository, reference, signal);
      return { digest: found.digest, mediaType: found.mediaType, size: found.bytes.length };
    },
    async config(repository, digest, signal) {
      return (
        configs.get(digest) ??
        flyConfig(`${repository} ${digest}`, signal, (shared) => askConfig(repository, digest, shared))
      );
    },
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
      manifests.clear();
      configs.clear();
    },
  };
}

/** The digest of the bytes; rejects, naming both, when it is not the one that was promised. */
function checkDigest(host: string, bytes: Uint8Array, promised: string | undefined): string {
  const actual = digestLike(bytes, promised);
  if (actual === undefined) {
    throw badAnswer(
      host,
      t('{0} names content by the digest {1}, whose algorithm is not known here.', host, promised ?? ''),
    );
  }
  if (promised !== undefined && actual !== promised) {
    throw new RegistryError(
      'digest-mismatch',
      t(
        '{0} sent content that is not what its digest names: {1} was promised, {2} arrived. Nothing of it was kept.',
        host,
        promised,
        actual,
      ),
      { host },
    );
  }
  return actual;
}

function headerDigest(header: string | string[] | undefined): string | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  return text !== undefined && isDigest(text) ? text : undefined;
}

function readOr<T>(host: string, bytes: Uint8Array, read: () => T): T {
  try {
    return read();
  } catch {
    throw notJson(host, bytes);
  }
}
