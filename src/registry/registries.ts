// The registries that the views show: those that a person added and those that the settings name.
import type { RegistryAuth } from '../engine/types.ts';
import { UserError } from '../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import { credentialKeyOf, parseAddress } from '../model/reference.ts';
import { createRegistryClient } from './client.ts';
import { createFileCredentials, firstOf, fixedCredentials } from './credentials.ts';
import { sortTags } from './order.ts';
import { probeRegistry } from './probe.ts';
import type { CredentialSource, Credentials, RegistryAddress, RegistryClient } from './types.ts';

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

export interface Registries extends Disposable {
  readonly onChange: Event<RegistryChange>;
  list(): readonly RegistryEntry[];
  /**
   * Checks an address as a person typed it and keeps it, with the login where one was given. Rejects with a
   * UserError that says what is wrong (codes `unauthorized` and `login-failed` ask for a login); then nothing is kept.
   */
  add(typed: string, login: Login, signal: AbortSignal): Promise<RegistryEntry>;
  remove(address: string): Promise<void>;
  /** Pages of repository names as they arrive. */
  repositories(address: string, signal: AbortSignal): AsyncIterable<string[]>;
  /** All tags of a repository, newest version first; signatures and the like come last. */
  tags(address: string, repository: string, signal: AbortSignal): Promise<string[]>;
  /** The login for the engine, for a push or pull to this host; undefined when none is known. */
  authFor(host: string, repository?: string): Promise<RegistryAuth | undefined>;
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
    const where =
      added().find((candidate) => nameOf(candidate) === address) ??
      (await probeRegistry(entry.scheme ? `${entry.scheme}://${address}` : address, { credentials, log: log.info }))
        .address;
    return createRegistryClient({ address: where, credentials, log: log.info });
  }

  return {
    onChange: changed.event,
    list,
    touch: (change) => changed.fire(change),

    async add(typed, login, signal) {
      const { host } = parseAddress(typed);
      const given = login.username === undefined ? undefined : ({ ...login, source: t('typed') } as Credentials);
      const source = given ? fixedCredentials(given) : credentials;
      const { address: where } = await probeRegistry(typed, { credentials: source, log: log.info, signal });
      const entry = entryOf(where, false);
      if (given) {
        await secrets.store(secretKey(host), JSON.stringify(login));
      }
      const others = added().filter((candidate) => nameOf(candidate) !== entry.address);
      await state.update(stateKey, [...others, where]);
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

function secretKey(host: string): string {
  return `registry/${host}`;
}

/** What an earlier session kept; entries that do not have the right form are passed over. */
function readAddresses(value: unknown): RegistryAddress[] {
  return (Array.isArray(value) ? value : []).filter(
    (entry): entry is RegistryAddress =>
      typeof entry?.host === 'string' && (entry.scheme === 'http' || entry.scheme === 'https'),
  );
}
