// The logins that a person gave for registries, kept in the editor's secret storage: several accounts for one host.
import { t } from '../model/l10n.ts';
import type { CredentialSource } from './types.ts';

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
}

/** The editor's storage for secrets. */
export interface Secrets {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

interface Kept {
  current?: string;
  accounts: Account[];
}

export function createKeptAccounts(secrets: Secrets, log: (line: string) => void): KeptAccounts {
  async function read(host: string): Promise<Kept> {
    const text = await secrets.get(keyOf(host));
    const kept = text === undefined ? { accounts: [] } : parse(text);
    if (kept === undefined) {
      log(`${host}: the login that was kept cannot be read and is passed over`);
    }
    return kept ?? { accounts: [] };
  }

  async function write(host: string, kept: Kept): Promise<void> {
    await (kept.accounts.length > 0 ? secrets.store(keyOf(host), JSON.stringify(kept)) : secrets.delete(keyOf(host)));
  }

  return {
    read,
    async use(host, account) {
      const { accounts } = await read(host);
      const others = accounts.filter(({ username }) => username !== account.username);
      await write(host, { current: account.username, accounts: [...others, account] });
    },
    useNone: async (host) => write(host, { accounts: (await read(host)).accounts }),
    async remove(host, username) {
      const { current, accounts } = await read(host);
      const rest = username === undefined ? [] : accounts.filter((account) => account.username !== username);
      await write(host, { ...(current === undefined || current === username ? {} : { current }), accounts: rest });
    },
    async find(host) {
      const { current, accounts } = await read(host);
      const account = accounts.find(({ username }) => username === current);
      return account && { ...account, source: t('the secret storage of the editor') };
    },
  };
}

function keyOf(host: string): string {
  return `registry/${host}`;
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
