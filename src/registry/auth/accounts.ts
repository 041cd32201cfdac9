// The logins that a person gave for registries, kept in the editor's secret storage: several accounts for one host.
import { createHash } from 'node:crypto';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import type { SharedState } from '../../model/state.ts';
import type { CredentialSource } from '../types.ts';

export interface Account {
  username: string;
  password: string;
}

export interface KeptAccounts extends CredentialSource {
  /** The accounts of a host, and the name of the one in use; none is in use where a login from a file was chosen. */
  read(host: string): Promise<{ current?: string; accounts: readonly Account[] }>;
  /** Keeps an account and uses it from now on. */
  use(host: string, account: Account): Promise<void>;
  /** Uses none of them, but keeps them. */
  useNone(host: string): Promise<void>;
  /** Forgets one account, or all of the host. */
  remove(host: string, username?: string): Promise<void>;
  /** A host whose accounts another window has changed. */
  readonly onElsewhere: Event<string>;
  dispose(): void;
}

/** The editor's storage for secrets. */
export interface Secrets {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
  /** Told of each change, also of those of other windows. */
  onDidChange(listener: (change: { key: string }) => void): Disposable;
}

interface Kept {
  current?: string;
  accounts: Account[];
}

/** `state` lets one window at a time change the accounts of a host, which are one secret. */
export function createKeptAccounts(
  secrets: Secrets,
  state: Pick<SharedState, 'alone'>,
  log: (line: string) => void,
): KeptAccounts {
  const elsewhere = new Emitter<string>();
  /** Hashes of what this window has read or written last, by key: only what differs is a change of another one. */
  const seen = new Map<string, string>();
  const listening = secrets.onDidChange(({ key }) => {
    const before = seen.get(key);
    if (before !== undefined) {
      void Promise.resolve(secrets.get(key)).then(
        (text) => {
          if (hashOf(text) !== seen.get(key)) {
            seen.set(key, hashOf(text));
            elsewhere.fire(key.slice(prefix.length));
          }
        },
        () => undefined,
      );
    }
  });

  async function read(host: string): Promise<Kept> {
    const text = await secrets.get(keyOf(host));
    seen.set(keyOf(host), hashOf(text));
    const kept = text === undefined ? { accounts: [] } : parse(text);
    if (kept === undefined) {
      log(`${host}: the login that was kept cannot be read and is passed over`);
    }
    return kept ?? { accounts: [] };
  }

  async function write(host: string, kept: Kept): Promise<void> {
    const text = kept.accounts.length > 0 ? JSON.stringify(kept) : undefined;
    seen.set(keyOf(host), hashOf(text));
    await (text === undefined ? secrets.delete(keyOf(host)) : secrets.store(keyOf(host), text));
  }

  const change = (host: string, next: (now: Kept) => Kept) =>
    state.alone('accounts', async () => write(host, next(await read(host))));

  return {
    read,
    use: (host, account) =>
      change(host, ({ accounts }) => {
        const others = accounts.filter(({ username }) => username !== account.username);
        return { current: account.username, accounts: [...others, account] };
      }),
    useNone: (host) => change(host, ({ accounts }) => ({ accounts })),
    remove: (host, username) =>
      change(host, ({ current, accounts }) => {
        const rest = username === undefined ? [] : accounts.filter((account) => account.username !== username);
        return { ...(current === undefined || current === username ? {} : { current }), accounts: rest };
      }),
    onElsewhere: elsewhere.event,
    dispose() {
      listening.dispose();
      elsewhere.dispose();
    },
    async find(host) {
      const { current, accounts } = await read(host);
      const account = accounts.find(({ username }) => username === current);
      return account && { ...account, source: t('the secret storage of the editor') };
    },
  };
}

const prefix = 'registry/';

function keyOf(host: string): string {
  return `${prefix}${host}`;
}

function hashOf(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex');
}

/** Undefined for what is not of our form: a secret is never repeated in an error, so there is none. */
function parse(text: string): Kept | undefined {
  try {
    const { current, accounts } = JSON.parse(text) as Partial<Kept>;
    const valid = (Array.isArray(accounts) ? accounts : []).filter(
      (account) => typeof account?.username === 'string' && typeof account.password === 'string',
    );
    return { ...(typeof current === 'string' ? { current } : {}), accounts: valid };
  } catch {
    return undefined;
  }
}
