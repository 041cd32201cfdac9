// The registries that the views show: those that a person added and those that the settings name.
import type { RegistryAuth } from '../engine/types.ts';
import { UserError } from '../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import { credentialKeyOf, parseAddress } from '../model/reference.ts';
import { createRegistryClient } from './client.ts';
import { createFileCredentials, firstOf, fixedCredentials } from './credentials.ts';
import { sortTags } from './order.ts';
import type { OwnOffer, OwnParts, OwnPlan } from './ownRegistry.ts';
import { probeRegistry } from './probe.ts';
import type { CredentialSource, Credentials, ImageConfig, Platform, RegistryAddress, RegistryClient } from './types.ts';

/** One registry of the view. */
export interface RegistryEntry {
  /** `host[:port]`, with a path prefix where the registry has one: its name everywhere in the product. */
  address: string;
  /** Absent for one of the settings until it was reached. */
  scheme?: 'http' | 'https';
  /** The setting names it, so that it cannot be taken out of the view. */
  fromSetting: boolean;
}

/** Which part of the registries differs now; without `registry` the list itself. */
export interface RegistryChange {
  registry?: string;
  repository?: string;
}

export interface Login {
  username?: string;
  password?: string;
}

/** How a registry is to be reached when it is added. */
export interface Joining extends Login {
  /** PEM of CAs that the person chose to trust for this registry; kept with its address, since they are no secret. */
  trustedCa?: readonly string[];
}

/** A tag or digest with the configuration of one of its platforms. */
export interface RemoteImage {
  /** Of the index where there is one, so that it pins every platform. */
  digest: string;
  /** Bytes of all layers, compressed. */
  size: number;
  /** `linux/arm64/v8`. */
  platforms: string[];
  config: ImageConfig;
}

/** What is kept of a registry that was added. */
interface KeptRegistry extends RegistryAddress {
  trustedCa?: readonly string[];
}

export interface Registries extends Disposable {
  readonly onChange: Event<RegistryChange>;
  list(): readonly RegistryEntry[];
  /**
   * Checks an address as a person typed it and keeps it, with the login and the trusted CAs where they were given.
   * Rejects with a UserError that says what is wrong (codes `unauthorized` and `login-failed` ask for a login); then
   * nothing is kept.
   */
  add(typed: string, joining: Joining, signal: AbortSignal): Promise<RegistryEntry>;
  remove(address: string): Promise<void>;
  /** The client of one of the registries; it lives until the registry's entry changes. */
  client(address: string): Promise<RegistryClient>;
  /** Pages of repository names as they arrive. */
  repositories(address: string, signal: AbortSignal): AsyncIterable<string[]>;
  /** All tags of a repository, newest version first; signatures and the like come last. */
  tags(address: string, repository: string, signal: AbortSignal): Promise<string[]>;
  /** What one tag or digest is: of an index, the image for Linux on amd64 or else its first. */
  image(address: string, repository: string, reference: string, signal: AbortSignal): Promise<RemoteImage>;
  /** The login for the engine, for a push or pull to this host; undefined when none is known. */
  authFor(host: string, repository?: string): Promise<RegistryAuth | undefined>;
  /** What one's own registry needs; see `registry/ownRegistry.ts`, which is loaded when it is first used. */
  readonly own: {
    offer(container: string): Promise<OwnOffer>;
    prepare(plan: OwnPlan): Promise<OwnParts>;
  };
  /** Says that something changed, so that the views ask again. */
  touch(change: RegistryChange): void;
}

/** What the registries need from the editor. */
export interface RegistriesHost {
  /** Addresses that the settings name. */
  settings(): readonly string[];
  /** Keeps the list between sessions. */
  state: { get(key: string): unknown; update(key: string, value: unknown): Thenable<void> };
  secrets: {
    get(key: string): Thenable<string | undefined>;
    store(key: string, value: string): Thenable<void>;
    delete(key: string): Thenable<void>;
  };
  log: { info(message: string): void; warn(message: string): void };
}

const stateKey = 'registries';

export function createRegistries({ settings, state, secrets, log }: RegistriesHost): Registries {
  const changed = new Emitter<RegistryChange>();
  const clients = new Map<string, Promise<RegistryClient>>();
  const files = createFileCredentials((line) => log.warn(line));
  const kept: CredentialSource = {
    async find(host) {
      const text = await secrets.get(secretKey(host));
      return text === undefined ? undefined : { ...(JSON.parse(text) as Login), source: t('secret storage') };
    },
  };
  const credentials = firstOf(kept, files);

  const added = () => readAddresses(state.get(stateKey));

  function list(): RegistryEntry[] {
    const entries = added().map((address): RegistryEntry => entryOf(address, false));
    for (const typed of settings()) {
      try {
        const { host, scheme, prefix } = parseAddress(typed);
        const address = nameOf({ host, ...(prefix === undefined ? {} : { prefix }) });
        if (!entries.some((entry) => entry.address === address)) {
          entries.push({ address, ...(scheme === undefined ? {} : { scheme }), fromSetting: true });
        }
      } catch (error) {
        log.warn(`docknotes.registries: ${String(error)}`);
      }
    }
    return entries.sort((a, b) => a.address.localeCompare(b.address));
  }

  function clientFor(address: string): Promise<RegistryClient> {
    const known = clients.get(address);
    if (known) {
      return known;
    }
    const made = makeClient(address);
    clients.set(address, made);
    // A registry that could not be reached is looked at afresh the next time.
    made.catch(() => clients.delete(address));
    return made;
  }

  async function makeClient(address: string): Promise<RegistryClient> {
    const entry = list().find((candidate) => candidate.address === address);
    if (!entry) {
      throw new UserError('no-such-registry', t('{0} is not among the registries. Add it first.', address));
    }
    const known = added().find((candidate) => nameOf(candidate) === address);
    const typed = entry.scheme ? `${entry.scheme}://${address}` : address;
    const where = known ?? (await probeRegistry(typed, { credentials, log: log.info })).address;
    return createRegistryClient({ address: where, credentials, log: log.info, ...trustOf(known) });
  }

  return {
    onChange: changed.event,
    list,
    touch: (change) => changed.fire(change),

    async add(typed, { username, password, trustedCa }, signal) {
      const { host } = parseAddress(typed);
      const login: Login = {
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      };
      const given = username === undefined ? undefined : ({ ...login, source: t('typed') } as Credentials);
      const source = given ? fixedCredentials(given) : credentials;
      const trust = trustedCa ? { trustedCa } : trustOf(added().find((candidate) => candidate.host === host));
      const { address: where } = await probeRegistry(typed, { credentials: source, log: log.info, signal, ...trust });
      const entry = entryOf(where, false);
      if (given) {
        await secrets.store(secretKey(host), JSON.stringify(login));
      }
      const others = added().filter((candidate) => nameOf(candidate) !== entry.address);
      await state.update(stateKey, [...others, { ...where, ...trust }]);
      await forgetClient(entry.address);
      changed.fire({});
      return entry;
    },

    async remove(address) {
      const rest = added().filter((candidate) => nameOf(candidate) !== address);
      const gone = added().find((candidate) => nameOf(candidate) === address);
      if (!gone) {
        throw list().some((entry) => entry.address === address)
          ? new UserError(
              'in-settings',
              t('{0} is named by the setting docknotes.registries. Remove it from there.', address),
              { actions: [{ label: t('Open Settings'), command: 'docknotes.openSettings' }] },
            )
          : new UserError('no-such-registry', t('{0} is not among the registries.', address));
      }
      await state.update(stateKey, rest);
      if (!rest.some(({ host }) => host === gone.host)) {
        await secrets.delete(secretKey(gone.host));
      }
      await forgetClient(address);
      changed.fire({});
    },

    client: clientFor,

    async *repositories(address, signal) {
      yield* (await clientFor(address)).repositories(signal);
    },

    async tags(address, repository, signal) {
      const names: string[] = [];
      for await (const page of (await clientFor(address)).tags(repository, signal)) {
        names.push(...page);
      }
      return sortTags(names);
    },

    async image(address, repository, reference, signal) {
      const client = await clientFor(address);
      const top = await client.manifest(repository, reference, signal);
      const children = top.content.kind === 'index' ? top.content.manifests : [];
      const usual = children.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64');
      const child = usual ?? children[0];
      const { content } = child ? await client.manifest(repository, child.digest, signal) : top;
      if (content.kind !== 'image') {
        throw new UserError('no-image', t('{0} is not an image that can be run.', `${repository}:${reference}`));
      }
      const config = await client.config(repository, content.config.digest, signal);
      return {
        digest: top.digest,
        size: content.layers.reduce((sum, layer) => sum + layer.size, 0),
        platforms: (children.length ? children.map(({ platform }) => platform) : [config.platform]).map(platformName),
        config,
      };
    },

    own: {
      offer: async (container) => (await import('./ownRegistry.ts')).offerOwn(container),
      prepare: async (plan) => (await import('./ownRegistry.ts')).prepareOwn(plan),
    },

    async authFor(host, repository) {
      const found = await credentials.find(host, repository);
      return (
        found && {
          ...(found.username === undefined ? {} : { username: found.username }),
          ...(found.password === undefined ? {} : { password: found.password }),
          ...(found.identityToken === undefined ? {} : { identityToken: found.identityToken }),
          serverAddress: credentialKeyOf(host),
        }
      );
    },

    dispose() {
      changed.dispose();
      for (const client of clients.values()) {
        client.then(
          (made) => made.dispose(),
          () => undefined,
        );
      }
      clients.clear();
    },
  };

  async function forgetClient(address: string): Promise<void> {
    const client = clients.get(address);
    clients.delete(address);
    (await client?.catch(() => undefined))?.dispose();
  }
}

function nameOf({ host, prefix }: { host: string; prefix?: string }): string {
  return prefix ? `${host}/${prefix}` : host;
}

function entryOf(address: RegistryAddress, fromSetting: boolean): RegistryEntry {
  return { address: nameOf(address), scheme: address.scheme, fromSetting };
}

function platformName(platform: Platform | undefined): string {
  return platform ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/') : '';
}

function secretKey(host: string): string {
  return `registry/${host}`;
}

/** What an earlier session kept; entries that do not have the right form are passed over. */
function readAddresses(value: unknown): KeptRegistry[] {
  return (Array.isArray(value) ? value : []).filter(
    (entry): entry is KeptRegistry =>
      typeof entry?.host === 'string' && (entry.scheme === 'http' || entry.scheme === 'https'),
  );
}

/** The CAs that were chosen for a registry, as the options of a client. */
function trustOf(kept: KeptRegistry | undefined): { trustedCa?: string[] } {
  const trustedCa = (Array.isArray(kept?.trustedCa) ? kept.trustedCa : []).filter((pem) => typeof pem === 'string');
  return trustedCa.length > 0 ? { trustedCa } : {};
}
