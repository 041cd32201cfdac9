// What a registry gives to the rest of the product. Types only, so that commands and views can name them.
import type { CertificateFacts } from '../model/registries/error.ts';

/** A registry as it was chosen by the person: where it is and over which scheme. */
export interface RegistryAddress {
  /** Host with its port as image references name it; Docker Hub is `docker.io`. */
  host: string;
  scheme: 'http' | 'https';
  /** Path before `/v2/`, without slashes at its ends. */
  prefix?: string;
}

/** What proves who we are. One of password, identityToken and registryToken is there. */
export interface Credentials {
  username?: string;
  password?: string;
  /** A refresh token: exchanged for an access token at the token server. */
  identityToken?: string;
  /** An access token: sent to the registry as it is. */
  registryToken?: string;
  /** Where it was found, for a person: a file, a helper's name. Never a secret. */
  source: string;
}

export type Scheme = RegistryAddress['scheme'];

/** Where credentials come from. `repository` lets a file keep one account per namespace, as Podman does. */
export interface CredentialSource {
  /** What may be sent to the host over this scheme, https unless it is said. */
  find(host: string, repository?: string, scheme?: Scheme): Promise<Credentials | undefined>;
  /** Whether there is a login for the host that is not given because plain http would let everybody on the way read it. */
  withholds?(host: string, repository: string | undefined, scheme: Scheme): Promise<boolean>;
}

/** How a registry is reached. The login is in it, so it is never shown, nor put into arguments or the environment of a process. */
export interface Connection {
  address: RegistryAddress;
  trustedCa?: readonly string[];
  credentials?: Credentials;
}

/** PEM texts that one host needs on top of the system's roots. */
export interface HostCertificates {
  ca: readonly string[];
  cert?: string;
  key?: string;
  /** What is wrong with the folder, as sentences for the log. */
  problems: readonly string[];
}

/** Milliseconds. */
export interface Timeouts {
  /** Until the connection (with TLS) stands. */
  connect: number;
  /** From then until the first byte of the answer. */
  answer: number;
  /** Between two pieces of a body. */
  idle: number;
  /** For the whole body of an answer that is gathered; in the same time, a blob has to go on by 1 KB for each second. */
  body: number;
}

export interface RegistryOptions {
  address: RegistryAddress;
  credentials: CredentialSource;
  /** PEM of CAs that the person chose to trust for this registry. */
  trustedCa?: readonly string[];
  /** Names the system's CAs, in a process where no editor adds them to Node's own. */
  systemTrust?: boolean;
  /** The person chose not to verify this registry's certificate. */
  insecure?: boolean;
  /** certs.d on this machine unless given. */
  certificates?: (host: string) => Promise<HostCertificates>;
  /** What to list where a vendor lists by namespace only: users, organisations, groups or projects. */
  namespaces?: readonly string[];
  /** One line per exchange; never contains a secret. */
  log?: (line: string) => void;
  timeouts?: Partial<Timeouts>;
  /** Told how far each new connection has come. */
  onStage?: ((stage: 'name' | 'port' | 'tls') => void) | undefined;
  /** Waits between tries; given by tests that do not want to wait. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
  osVersion?: string;
}

/** Points at another object of the same repository. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  /** Bytes. */
  size: number;
  platform?: Platform;
  artifactType?: string;
  annotations: Record<string, string>;
}

/** A manifest in the form that views need; `bytes` is what the digest was computed over. */
export interface Manifest {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
  content:
    | {
        kind: 'image';
        config: Descriptor;
        layers: Descriptor[];
        artifactType?: string;
        annotations: Record<string, string>;
      }
    | {
        kind: 'index';
        /** One per platform. */
        manifests: Descriptor[];
        /** Provenance and SBOM of a platform's image, by the digest that they belong to. */
        attestations: (Descriptor & { of: string })[];
        annotations: Record<string, string>;
      }
    /** Something else, e.g. schema 1: shown by its type alone. */
    | { kind: 'other' };
}

export interface ManifestHead {
  digest: string;
  mediaType: string;
  /** Bytes of the manifest itself. */
  size: number;
}

/** The parts of an image's configuration that views show; `raw` is the whole. */
export interface ImageConfig {
  /** Milliseconds since 1970. */
  created?: number;
  platform: Platform;
  user?: string;
  workdir?: string;
  entrypoint?: string[];
  command?: string[];
  env: string[];
  labels: Record<string, string>;
  exposedPorts: string[];
  volumes: string[];
  /** Oldest first; `empty` steps have no layer of their own. */
  history: { createdBy: string; created?: number; empty: boolean; comment?: string }[];
  raw: unknown;
}

/** Whose registry it is, where that can be told. */
export interface VendorFacts {
  /** `hub`, `ghcr`, `gitlab`, `harbor` … */
  id: string;
  name: string;
  /** False where the registry API's own catalog is known not to be there. */
  catalog: boolean;
  /** What its own list needs to be told, as a question for the person. */
  question?: string;
}

/** What stands at an address, found out without credentials. */
export type Ping = { state: 'open' } | { state: 'login'; kinds: ('basic' | 'bearer')[] };

/** An upload that is open at the registry: it ends when it was sent, or is cancelled. */
export interface Upload {
  /** Where it is; a later session can cancel it there. */
  location: string;
  /** Sends the whole blob. Rejects when it did not arrive; then it is to be cancelled. */
  send(digest: string, pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>;
  /**
   * Takes it away from the registry. An account may lack the right to do so: with the digest of what was sent, the upload is
   * ended as a blob that nothing names, which the registry's garbage collection removes. Rejects when neither is possible.
   */
  cancel(sent?: string): Promise<void>;
}

/** What a copy needs of a registry. */
export interface RegistryContent {
  hasBlob(repository: string, digest: string, signal: AbortSignal): Promise<boolean>;
  /** Hands the bytes of a blob to `read` as they come; resolves when `read` has. */
  readBlob(
    repository: string,
    digest: string,
    read: (pieces: AsyncIterable<Uint8Array>) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Undefined when the blob could be mounted from another repository, so that nothing is left to send. */
  openUpload(
    repository: string,
    mount: { digest: string; from: string } | undefined,
    signal: AbortSignal,
  ): Promise<Upload | undefined>;
  /** Ends an upload that another session left open at this place. */
  cancelUpload(repository: string, location: string): Promise<void>;
  /** Puts a manifest as it is; `subject` is there when the registry lists referrers by itself. */
  putManifest(
    repository: string,
    reference: string,
    manifest: { bytes: Uint8Array; mediaType: string },
    signal: AbortSignal,
  ): Promise<{ subject?: string }>;
}

/**
 * One registry's HTTP API. Every failure is a `RegistryError`, or `Cancelled` when the signal was aborted.
 * At most 6 requests run at once; by-digest objects are asked for once.
 */
export interface RegistryClient extends RegistryContent {
  readonly address: RegistryAddress;
  /** Asks `/v2/` without credentials: is it a registry, does it want a login. */
  ping(signal: AbortSignal): Promise<Ping>;
  /** Asks `/v2/` with what is known; resolves to the account's name, or undefined when none was needed. */
  login(signal: AbortSignal): Promise<{ account?: string; source?: string }>;
  /** Whose registry it is, by its host or by what `/v2/` says. */
  vendor(signal: AbortSignal): Promise<VendorFacts | undefined>;
  /** Names of repositories, page by page in the registry's order, each once; from the vendor's own list where the catalog is refused. */
  repositories(signal: AbortSignal): AsyncIterable<string[]>;
  /** Tags of a repository, page by page in the registry's order; `sortTags` orders them. */
  tags(repository: string, signal: AbortSignal): AsyncIterable<string[]>;
  /** `reference` is a tag or a digest. */
  manifest(repository: string, reference: string, signal: AbortSignal): Promise<Manifest>;
  head(repository: string, reference: string, signal: AbortSignal): Promise<ManifestHead>;
  /** The image configuration behind `config.digest` of a manifest. */
  config(repository: string, digest: string, signal: AbortSignal): Promise<ImageConfig>;
  /** What refers to a digest: signatures, SBOMs, attestations. */
  referrers(repository: string, digest: string, signal: AbortSignal, artifactType?: string): Promise<Descriptor[]>;
  /** Whether it has the referrers API; undefined until it was asked. Without it, a tag `sha256-<hex>` lists them. */
  readonly hasReferrers: boolean | undefined;
  /** Deletes the manifest and with it every tag that names it. */
  deleteManifest(repository: string, digest: string, signal: AbortSignal): Promise<void>;
  /** Takes one tag away and leaves the others with the same digest. */
  untag(repository: string, tag: string, signal: AbortSignal): Promise<void>;
  /** Forgets tokens and credentials, after sign in, sign out or a switch of account. */
  forget(): void;
  /** Drops everything that it remembers. */
  dispose(): void;
}

export type { CertificateFacts };
