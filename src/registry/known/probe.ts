// Finds out, step by step, what stands at an address that a person typed, before it is kept as a registry.
import { t } from '../../model/l10n.ts';
import { apiHostOf, parseAddress } from '../../model/reference.ts';
import { RegistryError, type RegistryErrorCode } from '../../model/registries/error.ts';
import { createRegistryClient } from '../api/client.ts';
import { isLoopback } from '../http/networkGuard.ts';
import { fetchCertificates } from '../trust/certificates.ts';
import { certificateFolder, certificateFolders } from '../trust/certsd.ts';
import type { CertificateFacts, Ping, RegistryAddress, RegistryClient, RegistryOptions } from '../types.ts';
import { doneSentence, loginSentence, type ProbeStep, type ProbeStepName, stepsOf } from './probeSteps.ts';

export type { ProbeStep };

export interface ProbeResult {
  /** Where the registry is, with the scheme that it speaks: keep this. */
  address: RegistryAddress;
  /** Whether `/v2/` was open, gave a token to anyone, or took a login. */
  access: 'open' | 'anonymous' | 'login';
  account?: string;
  /** Where the login was found. */
  source?: string;
  steps: ProbeStep[];
}

export interface ProbeOptions extends Omit<RegistryOptions, 'address' | 'onStage'> {
  signal?: AbortSignal;
  /** Told each step as soon as it is done; of a failure, the error tells. */
  onStep?: ((step: ProbeStep) => void) | undefined;
}

/** The failure of a probe: the error of the step that failed, with the steps before it. */
export class ProbeError extends RegistryError {
  override name = 'ProbeError';
  readonly steps: readonly ProbeStep[];
  /** What was being asked when it failed; a caller that trusts the CA, or allows plain http, starts from here. */
  readonly address: RegistryAddress;

  constructor(
    error: RegistryError,
    address: RegistryAddress,
    steps: readonly ProbeStep[],
    certificates?: readonly CertificateFacts[],
  ) {
    super(error.code, error.message, {
      ...error,
      certificates: certificates ?? error.certificates,
      cause: error.cause,
    });
    this.address = address;
    this.steps = steps;
  }
}

const aboutCertificates = new Set<RegistryErrorCode>([
  'unknown-ca',
  'certificate-name',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate',
]);
/**
 * Probes an address. A typed scheme decides; else https is tried, and plain http only on this machine itself: anywhere else
 * the probe fails with `plain-http`, so that the caller may ask and probe `http://…` again. Credentials are not sent until
 * a registry has answered, and never while a scheme is tried out.
 *
 * Rejects with a ProbeError (with the server's certificates where it is about them), a UserError `bad-address`, or Cancelled.
 */
export async function probeRegistry(typed: string, options: ProbeOptions): Promise<ProbeResult> {
  const signal = options.signal ?? new AbortController().signal;
  const tell = teller(options.onStep);
  const { client, ping } = await firstThatAnswers(candidates(typed), { ...options, tell }, signal);
  const { address } = client;
  tell(address.host, 'api');
  try {
    const login = ping.state === 'open' ? undefined : await client.login(signal);
    const access = login === undefined ? 'open' : login.source === undefined ? 'anonymous' : 'login';
    const sentence = loginSentence(address.host, access, login?.account);
    options.onStep?.({ step: 'login', state: 'ok', sentence });
    return { address, access, ...login, steps: stepsOf(address, undefined, sentence) };
  } catch (error) {
    throw await explained(error, address, signal);
  } finally {
    client.dispose();
  }
}

type Tell = (host: string, step: Exclude<ProbeStepName, 'login'>) => void;

/** Each step is told once, however many addresses are tried. */
function teller(onStep: ProbeOptions['onStep']): Tell {
  const told = new Set<ProbeStepName>();
  return (host, step) => {
    if (!told.has(step)) {
      told.add(step);
      onStep?.({ step, state: 'ok', sentence: doneSentence(step, host) });
    }
  };
}

/** Addresses to try, in order; a pasted path may be a prefix of the API or just a page. */
function candidates(typed: string): RegistryAddress[] {
  const { host, scheme, prefix } = parseAddress(typed);
  const hostname = new URL(`https://${host}`).hostname;
  const schemes =
    scheme !== undefined ? [scheme] : isLoopback(hostname) ? (['https', 'http'] as const) : (['https'] as const);
  const prefixes = prefix === undefined ? [undefined] : [prefix, undefined];
  return schemes.flatMap((each) =>
    prefixes.map((path) => ({ host, scheme: each, ...(path === undefined ? {} : { prefix: path }) })),
  );
}

async function firstThatAnswers(
  addresses: readonly RegistryAddress[],
  { tell, ...options }: ProbeOptions & { tell: Tell },
  signal: AbortSignal,
): Promise<{ client: RegistryClient; ping: Ping }> {
  let first: unknown;
  let failedAt: RegistryAddress | undefined;
  for (const address of addresses) {
    const client = createRegistryClient({ ...options, address, onStage: (stage) => tell(address.host, stage) });
    try {
      return { client, ping: await client.ping(signal) };
    } catch (error) {
      client.dispose();
      if (failedAt === undefined || (address.scheme === 'http' && failedAt.scheme === 'https')) {
        // What plain http says on a port that does not speak https tells more than the failed handshake.
        first = error;
        failedAt = address;
      }
      if (!mayHelp(error, address, addresses)) {
        break;
      }
    }
  }
  throw failedAt === undefined
    ? new RangeError('there is no address to probe')
    : await explained(first, failedAt, signal);
}

/** Whether another address may do where this one failed: the root instead of a path, http instead of https. */
function mayHelp(error: unknown, address: RegistryAddress, addresses: readonly RegistryAddress[]): boolean {
  if (!(error instanceof RegistryError)) {
    return false;
  }
  const otherPath = address.prefix !== undefined && error.code === 'not-a-registry';
  const noTls = error.code === 'plain-http' || error.code === 'connection-lost';
  return otherPath || (address.scheme === 'https' && noTls && addresses.some(({ scheme }) => scheme === 'http'));
}

async function explained(error: unknown, address: RegistryAddress, signal: AbortSignal): Promise<unknown> {
  if (!(error instanceof RegistryError)) {
    return error;
  }
  const certificates = aboutCertificates.has(error.code)
    ? await fetchCertificates(apiHostOf(address.host), signal).catch(() => undefined)
    : undefined;
  const told = error.code === 'client-certificate' ? await withFolder(error) : error;
  return new ProbeError(told, address, stepsOf(address, told, ''), certificates);
}

/** Where the client certificate belongs that the server asked for; one that cannot be read is another matter. */
async function withFolder(error: RegistryError): Promise<RegistryError> {
  if (!(error.cause instanceof Error && 'code' in error.cause && /ALERT/.test(String(error.cause.code)))) {
    return error;
  }
  const { host } = error;
  const folder = (await certificateFolder(host)) ?? certificateFolders(host).at(-1) ?? '';
  return new RegistryError(
    error.code,
    t(
      '{0} wants a client certificate and did not get one that it accepts. Put client.cert and client.key into {1}.',
      host,
      folder,
    ),
    { host, cause: error.cause },
  );
}
