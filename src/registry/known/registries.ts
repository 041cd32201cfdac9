// The registries that the views show: those that a person added and those that the settings name.
import type { RegistryAuth } from '../../engine/types.ts';
import { reasonOf } from '../../local/failure.ts';
import { readPlainFile } from '../../local/plainFile.ts';
import { UserError } from '../../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { apiHostOf, parseAddress } from '../../model/reference.ts';
import { RegistryError } from '../../model/registries/error.ts';
import type { SharedState } from '../../model/state.ts';
import { plain } from '../../model/text.ts';
import type { RemoteImage } from '../api/remoteImage.ts';
import type { Account, Secrets } from '../auth/accounts.ts';
import { createFileCredentials, type FileCredentials, fixedCredentials } from '../auth/credentials.ts';
import { createLogins, type LoginFacts } from '../auth/logins.ts';
import type { Connection } from '../change/copy/messages.ts';
import type { OwnOffer, OwnParts, OwnPlan } from '../own/setup.ts';
import type { CertificateFacts, CredentialSource, RegistryAddress, RegistryClient, Scheme } from '../types.ts';
import { createNamespaces } from './namespaces.ts';
import { sortTags } from './order.ts';
import type { ProbeResult, ProbeStep } from './probe.ts';
import { createKeptRegistries, hostOf, type KeptRegistry, nameOf } from './saved.ts';

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
  /** We are somebody else there now, who may see other things. */
  login?: boolean;
}

/** How a registry is to be reached when it is added. A login needs both of its parts. */
export interface Joining {
  username?: string;
  password?: string;
  /**
   * CAs that the person chose to trust for this registry: PEM texts, or paths of PEM files. Kept with its address, since
   * they are no secret.
   */
  trustedCa?: readonly string[];
  /** Takes plain http where https is not spoken, also on another machine. */
  allowHttp?: boolean;
  /** Told each step of the check as soon as it is done. */
  onStep?(step: ProbeStep): void;
}

/** A registry that was added. */
export interface Added extends RegistryEntry {
  /** Absent where none was needed. */
  login?: LoginFacts;
  /** The folder of certs.d that holds the client certificate for it. */
  clientCertificate?: string;
}

export type { LoginFacts, RemoteImage };

export interface Registries extends Disposable {
  readonly onChange: Event<RegistryChange>;
  list(): readonly RegistryEntry[];
  /**
   * Checks an address as a person typed it and keeps it, with the login and the trusted CAs where they were given.
   * Rejects with a UserError that says what is wrong (codes `unauthorized` and `login-failed` ask for a login); then
   * nothing is kept.
   */
  add(typed: string, joining: Joining, signal: AbortSignal): Promise<Added>;
  /** Takes a registry out of the list, and forgets the logins for its host when it was the last one there. */
  remove(address: string): Promise<void>;
  /** Who we are at a registry, or at any host; undefined without a login. Asks nobody but files and helpers. */
  login(address: string): Promise<LoginFacts | undefined>;
  /** All logins that are known for a host: ours, then the one of a file or helper; the one in use is marked. */
  accounts(address: string): Promise<(LoginFacts & { current: boolean })[]>;
  /** Checks a login, keeps it and uses it from now on. Rejects with code `login-failed` and keeps nothing when it is refused. */
  signIn(address: string, account: { username: string; password: string }, signal: AbortSignal): Promise<LoginFacts>;
  /** Forgets the login in use. Rejects with a UserError that names the file where it is kept by another program. */
  signOut(address: string): Promise<LoginFacts>;
  /** Uses another of `accounts`; undefined for the one of a file or helper. */
  useAccount(address: string, account: string | undefined): Promise<void>;
  /** Hosts that docker or Podman have a login for. */
  loginHosts(): Promise<string[]>;
  /** The certificates that a registry shows, its own first, whether they are trusted or not. */
  certificates(address: string, signal: AbortSignal): Promise<readonly CertificateFacts[]>;
  /** What is listed of a registry whose vendor lists by namespace only, as the person named it. */
  namespaces(address: string): readonly string[];
  /** Lists these from now on; resolves with them as they are kept. */
  setNamespaces(address: string, names: readonly string[]): Promise<readonly string[]>;
  /** The client of one of the registries; it lives until the registry's entry changes. */
  client(address: string): Promise<RegistryClient>;
  /** How one of the registries is reached, with the login for a repository: for a process of ours, never to be shown. */
  connection(address: string, repository: string): Promise<Connection>;
  /** Pages of repository names as they arrive. */
  repositories(address: string, signal: AbortSignal): AsyncIterable<string[]>;
  /**
   * The tags of a repository, newest version first; signatures and the like come last. `complete` is false where there are
   * more than a list here may hold.
   */
  tags(address: string, repository: string, signal: AbortSignal): Promise<{ names: string[]; complete: boolean }>;
  /** What one tag or digest is: of an index, the image for Linux on amd64 or else its first. */
  image(address: string, repository: string, reference: string, signal: AbortSignal): Promise<RemoteImage>;
  /** The login for the engine, for a push or pull to this host; undefined when none is known. */
  authFor(host: string, repository?: string): Promise<RegistryAuth | undefined>;
  /** What one's own registry needs; see `registry/own/setup.ts`, which is loaded when it is first used. */
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
  state: SharedState;
  secrets: Secrets;
  /** Logins that other programs keep; those of this machine unless given. */
  files?: FileCredentials;
  log: { info(message: string): void; warn(message: string): void };
}

/** Bytes of a file of CAs. */
const largestCa = 10_000_000;

const reach = () => import('../api/reach.ts');

export function createRegistries({ settings, state, secrets, log, files }: RegistriesHost): Registries {
  const changed = new Emitter<RegistryChange>();
  const clients = new Map<string, Promise<RegistryClient>>();
  const kept = createKeptRegistries(state);
  /** Hosts that are being added over plain http, which is agreed to, but not kept yet. */
  const agreeing = new Set<string>();
  const agreed = (host: string) =>
    agreeing.has(host) || kept.list().some((entry) => entry.host === host && entry.scheme === 'http');
  const logins = createLogins(
    secrets,
    state,
    files ?? createFileCredentials((line) => log.warn(line)),
    agreed,
    log.warn,
  );
  /** The schemes that registries without one in the settings were found to speak. */
  const found = new Map<string, Scheme>();
  const { credentials } = logins;
  const namespaces = createNamespaces(state);
  /** What other windows do is seen here as if it had been done here. */
  const elsewhere = [
    kept.onElsewhere(async (addresses) => {
      await Promise.all(addresses.map(forgetClient));
      changed.fire({});
    }),
    namespaces.onElsewhere(async (addresses) => {
      await Promise.all(addresses.map(forgetClient));
      for (const registry of addresses) {
        changed.fire({ registry });
      }
    }),
    logins.onElsewhere((host) => void loginChanged(host)),
  ];

  function list(): RegistryEntry[] {
    const entries = kept.list().map((address): RegistryEntry => entryOf(address, false));
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
    const { createRegistryClient, probeRegistry } = await reach();
    const known = kept.find(address);
    const where = known ?? (await probeRegistry(typedOf(entry), { credentials, log: log.info })).address;
    found.set(address, where.scheme);
    const listed = { namespaces: namespaces.of(address) };
    return createRegistryClient({ address: where, credentials, log: log.info, ...listed, ...trustOf(known) });
  }

  /** Plain http is tried where it was agreed to and no scheme was typed; credentials go only where a registry answered. */
  async function probe(
    typed: string,
    source: CredentialSource,
    joining: Pick<Joining, 'allowHttp' | 'onStep' | 'trustedCa'>,
    signal: AbortSignal,
  ): Promise<ProbeResult> {
    const { probeRegistry } = await reach();
    const { allowHttp, onStep, trustedCa } = joining;
    const options = { credentials: source, log: log.info, signal, onStep, ...(trustedCa ? { trustedCa } : {}) };
    try {
      return await probeRegistry(typed, options);
    } catch (error) {
      const { scheme, ...where } = parseAddress(typed);
      if (allowHttp && scheme === undefined && error instanceof RegistryError && error.code === 'plain-http') {
        return probeRegistry(`http://${nameOf(where)}`, options);
      }
      throw error;
    }
  }

  /** The scheme by which a registry of the list is reached; of one that was never reached, the one that there is a login for. */
  async function schemeOf(address: string): Promise<Scheme> {
    const known = list().find((entry) => entry.address === address)?.scheme ?? found.get(address);
    const host = hostOf(address);
    return known ?? (!(await logins.current(host, 'https')) && (await logins.current(host, 'http')) ? 'http' : 'https');
  }

  /** After another login, what the old one was allowed to see is forgotten. */
  async function loginChanged(host: string): Promise<void> {
    const concerned = list().filter((entry) => hostOf(entry.address) === host);
    await Promise.all(concerned.map(({ address }) => forgetClient(address)));
    for (const { address } of concerned) {
      changed.fire({ registry: address, login: true });
    }
  }

  return {
    onChange: changed.event,
    list,
    touch: (change) => changed.fire(change),

    async add(typed, { username, password, trustedCa, ...joining }, signal) {
      const { host } = parseAddress(typed);
      const account = accountOf(username, password);
      const source = account ? fixedCredentials({ ...account, source: t('typed') }) : credentials;
      const before = kept.list().find((candidate) => candidate.host === host);
      const trust = trustedCa ? { trustedCa: (await Promise.all(trustedCa.map(readCa))).flat() } : trustOf(before);
      const allowHttp = joining.allowHttp ?? before?.scheme === 'http';
      const plain = allowHttp || parseAddress(typed).scheme === 'http';
      const { address: where, access } = await agreeingTo(plain ? host : undefined, () =>
        probe(typed, source, { ...joining, ...trust, allowHttp }, signal),
      );
      const entry = entryOf(where, false);
      if (account) {
        await logins.keep(host, where.scheme, account);
      }
      await kept.put({ ...where, ...trust });
      await forgetClient(entry.address);
      changed.fire({});
      const { certificateFolder, readCertificates } = await reach();
      const [facts, { cert }] = [
        access === 'login' ? await logins.current(host, where.scheme) : undefined,
        await readCertificates(host),
      ];
      const folder = cert === undefined ? undefined : await certificateFolder(host);
      return { ...entry, ...(facts ? { login: facts } : {}), ...(folder ? { clientCertificate: folder } : {}) };
    },

    login: async (address) => logins.current(hostOf(address), await schemeOf(address)),
    accounts: async (address) => logins.all(hostOf(address), await schemeOf(address)),

    async signIn(address, account, signal) {
      const host = hostOf(address);
      const entry = list().find((candidate) => candidate.address === address);
      const source = fixedCredentials({ ...account, source: t('typed') });
      const { address: where } = await probe(
        entry ? typedOf(entry) : address,
        source,
        trustOf(kept.find(address)),
        signal,
      );
      found.set(address, where.scheme);
      const facts = await logins.keep(host, where.scheme, account);
      await loginChanged(host);
      return facts;
    },

    async signOut(address) {
      const facts = await logins.signOut(hostOf(address), await schemeOf(address));
      await loginChanged(hostOf(address));
      return facts;
    },

    async useAccount(address, account) {
      await logins.use(hostOf(address), await schemeOf(address), account);
      await loginChanged(hostOf(address));
    },

    loginHosts: () => logins.hosts(),

    certificates: async (address, signal) => (await reach()).fetchCertificates(apiHostOf(hostOf(address)), signal),

    async remove(address) {
      const gone = kept.find(address);
      if (!gone) {
        throw list().some((entry) => entry.address === address)
          ? new UserError(
              'in-settings',
              t('{0} is named by the setting docknotes.registries. Remove it from there.', address),
              { actions: [{ label: t('Open Settings'), command: 'docknotes.openSettings' }] },
            )
          : new UserError('no-such-registry', t('{0} is not among the registries.', address));
      }
      await kept.remove(address);
      await namespaces.set(address, []);
      if (!kept.list().some(({ host }) => host === gone.host)) {
        await logins.forget(gone.host);
      }
      await forgetClient(address);
      changed.fire({});
    },

    namespaces: namespaces.of,

    async setNamespaces(address, names) {
      const kept = await namespaces.set(address, names);
      await forgetClient(address);
      changed.fire({ registry: address });
      return kept;
    },

    client: clientFor,

    async connection(address, repository) {
      const { address: where } = await clientFor(address);
      const login = await credentials.find(where.host, repository, where.scheme);
      return { address: where, ...trustOf(kept.find(address)), ...(login ? { credentials: login } : {}) };
    },

    async *repositories(address, signal) {
      yield* (await clientFor(address)).repositories(signal);
    },

    async tags(address, repository, signal) {
      const pages: string[][] = [];
      let complete = true;
      try {
        for await (const page of (await clientFor(address)).tags(repository, signal)) {
          pages.push(page);
        }
      } catch (error) {
        if (!isTooMany(error)) {
          throw error;
        }
        complete = false;
      }
      return { names: sortTags(pages.flat()), complete };
    },

    image: async (address, repository, reference, signal) =>
      (await reach()).describeImage(await clientFor(address), repository, reference, signal),

    own: {
      offer: async (container) => (await import('../own/setup.ts')).offerOwn(container),
      prepare: async (plan) => (await import('../own/setup.ts')).prepareOwn(plan),
    },

    async authFor(host, repository) {
      const entry = list().find(({ address }) => hostOf(address) === host);
      return logins.authFor(host, await schemeOf(entry?.address ?? host), repository);
    },

    dispose() {
      for (const part of [...elsewhere, kept, namespaces, logins, changed]) {
        part.dispose();
      }
      for (const client of clients.values()) {
        client.then(
          (made) => made.dispose(),
          () => undefined,
        );
      }
      clients.clear();
    },
  };

  /** While this runs, the host is one that plain http was agreed to for. */
  async function agreeingTo<T>(host: string | undefined, run: () => Promise<T>): Promise<T> {
    if (host === undefined) {
      return run();
    }
    agreeing.add(host);
    try {
      return await run();
    } finally {
      agreeing.delete(host);
    }
  }

  async function forgetClient(address: string): Promise<void> {
    const client = clients.get(address);
    clients.delete(address);
    (await client?.catch(() => undefined))?.dispose();
  }
}

function entryOf(address: RegistryAddress, fromSetting: boolean): RegistryEntry {
  return { address: nameOf(address), scheme: address.scheme, fromSetting };
}

/** As a person would type the address, so that it is reached in the same way. */
function typedOf({ address, scheme }: RegistryEntry): string {
  return scheme ? `${scheme}://${address}` : address;
}

/** Whether a list was left off because it goes on and on: what came before is good. */
export function isTooMany(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'too-many-names';
}

function accountOf(username: string | undefined, password: string | undefined): Account | undefined {
  if (username === undefined && password === undefined) {
    return undefined;
  }
  if (username === undefined || password === undefined) {
    throw new UserError('half-a-login', t('A login needs both a user name and a password.'));
  }
  return { username, password };
}

/** The CAs that were chosen for a registry, as the options of a client. */
function trustOf(kept: KeptRegistry | undefined): { trustedCa?: readonly string[] } {
  return kept?.trustedCa === undefined ? {} : { trustedCa: kept.trustedCa };
}

/** A CA as PEM text, or the PEM file that holds it. */
async function readCa(given: string): Promise<string[]> {
  const { readPem } = await reach();
  if (given.includes('-----BEGIN')) {
    return readPem(given);
  }
  const text = await readPlainFile(given, largestCa).catch((error: unknown) => {
    const sentence = t('The certificate file {0} cannot be read. {1}', plain(given, 300), reasonOf(error));
    throw new UserError('bad-certificate', sentence);
  });
  return readPem(text.toString());
}
