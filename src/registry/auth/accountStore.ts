// The logins that a person gave for registries, in the editor's secret storage: several accounts for one host.
import { createHash } from 'node:crypto';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import type { SharedState } from '../../model/state.ts';
import { fields, list } from '../../model/untyped.ts';
import type { Credentials, Scheme } from '../types.ts';

export interface Account {
  username: string;
  password: string;
}

/** The accounts of one key; none is in use where a login from a file was chosen. */
export interface StoredAccounts {
  /** The name of the one in use. */
  current?: string;
  accounts: readonly Account[];
}

/** Keys are those of `storageKey`. Each promise rejects where the editor's storage does. */
export interface AccountStore extends Disposable {
  read(key: string): Promise<StoredAccounts>;
  /** The account in use. */
  find(key: string): Promise<Credentials | undefined>;
  /** Stores an account and uses it from now on. */
  use(key: string, account: Account): Promise<void>;
  /** Uses none of them, and forgets none. */
  useNone(key: string): Promise<void>;
  /** Forgets one account, or all of the key. */
  remove(key: string, username?: string): Promise<void>;
  /** A key whose accounts another window has changed. */
  readonly onElsewhere: Event<string>;
}

/** The editor's storage for secrets. */
export interface Secrets {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
  /** Told of each change, also of those of other windows. */
  onDidChange(listener: (change: { key: string }) => void): Disposable;
}

/** Works at once. `state` lets one window at a time change the accounts of a host, which are one secret. */
export function createAccountStore(
  secrets: Secrets,
  state: Pick<SharedState, 'alone'>,
  log: (line: string) => void,
): AccountStore {
  const storage = watchSecrets(secrets);

  async function read(key: string): Promise<StoredAccounts> {
    const text = await storage.read(key);
    const stored = text === undefined ? { accounts: [] } : parse(text);
    if (stored === undefined) {
      log(`${key}: the login that was kept cannot be read and is passed over`);
    }
    return stored ?? { accounts: [] };
  }

  const change = (key: string, next: (now: StoredAccounts) => StoredAccounts) =>
    state.alone('accounts', async () => {
      const stored = next(await read(key));
      await storage.write(key, stored.accounts.length > 0 ? JSON.stringify(stored) : undefined);
    });

  return {
    read,
    async find(key) {
      const { current, accounts } = await read(key);
      const account = accounts.find(({ username }) => username === current);
      return account && { ...account, source: storageName() };
    },
    use: (key, account) => change(key, (now) => withAccount(now, account)),
    useNone: (key) => change(key, ({ accounts }) => ({ accounts })),
    remove: (key, username) => change(key, (now) => withoutAccount(now, username)),
    onElsewhere: storage.onElsewhere,
    dispose: storage.dispose,
  };
}

/** For a person: where our accounts are. */
export function storageName(): string {
  return t('the secret storage of the editor');
}

/** The host alone for https, so that what was stored before schemes were told apart is not sent over plain http. */
export function storageKey(host: string, scheme: Scheme): string {
  return scheme === 'http' ? `http://${host}` : host;
}

/** The host of a key. */
export function hostOfKey(key: string): string {
  return key.startsWith('http://') ? key.slice('http://'.length) : key;
}

/** With an account, in the place of one of the same name, and in use. */
export function withAccount({ accounts }: StoredAccounts, account: Account): StoredAccounts {
  const others = accounts.filter(({ username }) => username !== account.username);
  return { current: account.username, accounts: [...others, account] };
}

/** Without one account, or without any. */
export function withoutAccount({ current, accounts }: StoredAccounts, username: string | undefined): StoredAccounts {
  const rest = username === undefined ? [] : accounts.filter((account) => account.username !== username);
  return { ...(current === undefined || current === username ? {} : { current }), accounts: rest };
}

const prefix = 'registry/';

/** Secrets of ours, and which of them another window has changed: those that differ from what this one saw last. */
function watchSecrets(secrets: Secrets) {
  const elsewhere = new Emitter<string>();
  /** Hashes of what this window has read or written last, by the name of the secret. */
  const seen = new Map<string, string>();
  const listening = secrets.onDidChange(({ key: name }) => {
    if (seen.has(name)) {
      void Promise.resolve(secrets.get(name)).then(
        (text) => {
          if (hashOf(text) !== seen.get(name)) {
            seen.set(name, hashOf(text));
            elsewhere.fire(name.slice(prefix.length));
          }
        },
        () => undefined,
      );
    }
  });
  return {
    onElsewhere: elsewhere.event,
    async read(key: string): Promise<string | undefined> {
      const text = await secrets.get(prefix + key);
      seen.set(prefix + key, hashOf(text));
      return text;
    },
    async write(key: string, text: string | undefined): Promise<void> {
      seen.set(prefix + key, hashOf(text));
      await (text === undefined ? secrets.delete(prefix + key) : secrets.store(prefix + key, text));
    },
    dispose() {
      listening.dispose();
      elsewhere.dispose();
    },
  };
}

function hashOf(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex');
}

/** Undefined for what is not of our form: a secret is never repeated in an error, so there is none. */
function parse(text: string): StoredAccounts | undefined {
  try {
    const { current, accounts } = fields(JSON.parse(text));
    return { ...(typeof current === 'string' ? { current } : {}), accounts: list(accounts).filter(isAccount) };
  } catch {
    return undefined;
  }
}

function isAccount(value: unknown): value is Account {
  const { username, password } = fields(value);
  return typeof username === 'string' && typeof password === 'string';
}
