// Checks a registry that a person wants to add, before anything of it is saved.
import { reasonOf } from '../../local/failure.ts';
import { readPlainFile } from '../../local/plainFile.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { parseAddress } from '../../model/reference.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import type { Account } from '../auth/accountStore.ts';
import { fixedCredentials } from '../auth/credentials.ts';
import type { CredentialSource } from '../types.ts';
import type { PlainHttp } from './plainHttp.ts';
import type { ProbeResult, ProbeStep } from './probe.ts';
import { nameOf, type SavedRegistries, type SavedRegistry, trustOf } from './stored/addresses.ts';

/** How a registry is to be reached when it is added. A login needs both of its parts. */
export interface Joining {
  username?: string;
  password?: string;
  /**
   * CAs that the person chose to trust for this registry: PEM texts, or paths of PEM files. Saved with its address, since
   * they are no secret.
   */
  trustedCa?: readonly string[];
  /** Takes plain http where https is not spoken, also on another machine. */
  allowHttp?: boolean;
  /** Told each step of the check as soon as it is done. */
  onStep?(step: ProbeStep): void;
}

/** A registry that took what it was given. */
export interface Checked {
  /** To be saved. */
  registry: SavedRegistry;
  access: ProbeResult['access'];
  /** The login that was given, which the registry took. */
  account: Account | undefined;
}

export interface JoiningHost {
  saved: Pick<SavedRegistries, 'list'>;
  plainHttp: PlainHttp;
  /** Used where no login is given. */
  credentials: CredentialSource;
  log(line: string): void;
}

/** Bytes of a file of CAs. */
const maxCaBytes = 10_000_000;

/**
 * Checks the address with the login and the CAs; what was chosen earlier for the same host (CAs, plain http) holds unless
 * it is chosen anew. Rejects with a UserError: `half-a-login`, `bad-certificate`, or what `checkAddress` found.
 */
export async function checkJoining(
  { saved, plainHttp, credentials, log }: JoiningHost,
  typed: string,
  { username, password, trustedCa, onStep, ...joining }: Joining,
  signal: AbortSignal,
): Promise<Checked> {
  const { host, scheme } = parseAddress(typed);
  const account = accountOf(username, password);
  const source = account ? typedCredentials(account) : credentials;
  const before = saved.list().find((candidate) => candidate.host === host);
  const trust = trustedCa ? { trustedCa: (await Promise.all(trustedCa.map(readCa))).flat() } : trustOf(before);
  const allowHttp = joining.allowHttp ?? before?.scheme === 'http';
  const options = { ...trust, credentials: source, log, signal, onStep };
  const { address, access } = await plainHttp.agreeing(allowHttp || scheme === 'http' ? host : undefined, () =>
    checkAddress(typed, allowHttp, options),
  );
  return { registry: { ...address, ...trust }, access, account };
}

/**
 * Probes an address as it was typed. With `allowHttp`, plain http is tried where https is not spoken and no scheme was
 * typed; credentials go only where a registry answered. Rejects as `probeRegistry` does.
 */
export async function checkAddress(
  typed: string,
  allowHttp: boolean,
  options: {
    credentials: CredentialSource;
    log(line: string): void;
    signal: AbortSignal;
    trustedCa?: readonly string[];
    onStep?: ((step: ProbeStep) => void) | undefined;
  },
): Promise<ProbeResult> {
  const { probeRegistry } = await import('./loadedLater.ts');
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

/** A login that a person has just given. */
export function typedCredentials(account: Account): CredentialSource {
  return fixedCredentials({ ...account, source: t('typed') });
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

/** A CA as PEM text, or the PEM file that holds it. */
async function readCa(given: string): Promise<string[]> {
  const { readPem } = await import('./loadedLater.ts');
  if (given.includes('-----BEGIN')) {
    return readPem(given);
  }
  const text = await readPlainFile(given, maxCaBytes).catch((error: unknown) => {
    const sentence = t('The certificate file {0} cannot be read. {1}', plain(given, 300), reasonOf(error));
    throw new UserError('bad-certificate', sentence);
  });
  return readPem(text.toString());
}
