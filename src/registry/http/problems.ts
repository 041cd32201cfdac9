// From what Node, TLS and HTTP report to a RegistryError whose sentence says cause and way out.
import { Cancelled, messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { RegistryError, type RegistryErrorCode } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import { errorCodesOf, wordsOf } from './serverText.ts';

const unknownCa = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
]);
const otherCertificate = new Set([
  'CERT_SIGNATURE_FAILURE',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'EE_KEY_TOO_SMALL',
  'CA_MD_TOO_WEAK',
  'UNSPECIFIED',
]);
const clientCertificate =
  /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|CERTIFICATE_UNKNOWN)$|ALERT_NUMBER_(40|42|46|48|116)$/;

/** The failure of a connection, as a RegistryError; `host` is the registry's or, where it failed there, another host. */
export function connectionProblem(error: unknown, host: string, scheme: 'http' | 'https'): RegistryError | Cancelled {
  if (error instanceof RegistryError || error instanceof Cancelled) {
    return error;
  }
  const nodeCode = codeOf(error);
  const code = connectionCode(nodeCode, messageOf(error), scheme);
  return new RegistryError(code, connectionSentence(code, host, nodeCode || messageOf(error)), { host, cause: error });
}

/** The failure that an answer of status 400 and above means. */
export function statusProblem(host: string, status: number, body: Uint8Array, retryAfter?: number): RegistryError {
  const words = wordsOf(body);
  const codes = errorCodesOf(body);
  const problem = (code: RegistryErrorCode, sentence: string) =>
    new RegistryError(code, words === '' ? sentence : t('{0} It said: {1}', sentence, words), {
      host,
      status,
      words,
      retryAfter,
    });
  if (status === 400 && /HTTP request (was sent )?to (an )?HTTPS (server|port)/i.test(words)) {
    return problem('tls-required', t('{0} expects https, not plain http. Write https:// before its address.', host));
  }
  if (status === 401) {
    return problem('unauthorized', t('{0} wants a login. Sign in to this registry.', host));
  }
  if (status === 403) {
    return problem(
      'forbidden',
      t('{0} does not allow this. Ask its owner for the right, or sign in with another account.', host),
    );
  }
  if (status === 404) {
    return problem('not-found', t('{0} does not have this.', host));
  }
  if (status === 405 || codes.includes('UNSUPPORTED')) {
    return problem('unsupported', t('{0} does not support this operation.', host));
  }
  if (status === 429) {
    return problem(
      'rate-limited',
      retryAfter === undefined
        ? t('{0} limits how often it may be asked. Try again later, or sign in for a higher limit.', host)
        : t(
            '{0} limits how often it may be asked. Try again in {1} seconds, or sign in for a higher limit.',
            host,
            Math.ceil(retryAfter / 1000),
          ),
    );
  }
  return status >= 500
    ? problem('server-error', t('{0} failed with status {1}. Try again later, or look into its log.', host, status))
    : problem('bad-answer', t('{0} refused the request with status {1}.', host, status));
}

/** An answer came, but not from a registry. */
export function notARegistry(host: string, status: number, body: Uint8Array): RegistryError {
  const words = wordsOf(body);
  const sentence = t('{0} answers, but not as a registry. Check the address, its port and its path.', host);
  return new RegistryError('not-a-registry', words === '' ? sentence : t('{0} It said: {1}', sentence, words), {
    host,
    status,
    words,
  });
}

/** A registry, but the answer is not usable; the sentence says why. */
export function badAnswer(host: string, sentence: string): RegistryError {
  return new RegistryError('bad-answer', sentence, { host });
}

/** An answer that should be JSON. */
export function notJson(host: string, body: Uint8Array): RegistryError {
  return badAnswer(
    host,
    body.length === 0
      ? t('{0} gave an empty answer. Try again; if it stays so, tell the owner of the registry.', host)
      : t('{0} gave an answer that is not JSON. Try again; if it stays so, tell the owner of the registry.', host),
  );
}

/** A list of names that goes on and on. */
export function tooManyNames(host: string): RegistryError {
  return new RegistryError(
    'too-many-names',
    t('{0} lists more names than can be held here. Say by name which one you mean.', host),
    { host },
  );
}

/** What was waited for; `slow` is an answer or a blob that comes, but too slowly to wait for its end. */
export type Stage = 'connect' | 'answer' | 'idle' | 'slow';

export function timeoutProblem(host: string, stage: Stage): RegistryError {
  const sentence = {
    connect: () =>
      t('{0} does not accept the connection in time. Check the address, the network and the firewall.', host),
    answer: () => t('{0} took the request but does not answer in time. Try again later.', host),
    idle: () => t('{0} stopped in the middle of its answer. Try again later.', host),
    slow: () => t('{0} sends or takes its data too slowly to go on. Check the network, and try again later.', host),
  }[stage]();
  return new RegistryError('timeout', sentence, { host });
}

export function tooLarge(host: string, limit: number): RegistryError {
  return new RegistryError(
    'too-large',
    t('{0} sends an answer of more than {1} MB. It was not read to its end.', host, Math.round(limit / 1e6)),
    { host },
  );
}

/** What went wrong before there was an answer, and what to do. */
function connectionSentence(code: RegistryErrorCode, host: string, reason: string): string {
  switch (code) {
    case 'name-not-found':
      return t('The name {0} is not known. Check the spelling, the network or the VPN.', host);
    case 'refused':
      return t('Nothing listens at {0}. Check the port, and that the registry runs.', host);
    case 'unreachable':
      return t('{0} cannot be reached. Check the network or the VPN.', host);
    case 'timeout':
      return t('{0} does not accept the connection in time. Check the address, the network and the firewall.', host);
    case 'plain-http':
      return t(
        '{0} speaks plain http, not https. Write http:// before its address if you trust the network in between.',
        host,
      );
    case 'unknown-ca':
      return t(
        'The certificate of {0} was signed by a CA that this machine does not know. Trust that CA for this registry, or put its certificate into certs.d.',
        host,
      );
    case 'certificate-name':
      return t(
        'The certificate of {0} is for another name. Use the name in the certificate, or have it issued again.',
        host,
      );
    case 'certificate-expired':
      return t(
        'The certificate of {0} has expired. Have it renewed; if it is still valid, correct the clock of this machine.',
        host,
      );
    case 'certificate-not-yet-valid':
      return t(
        'The certificate of {0} is not valid yet. Check the clock of this machine; if it is right, have the certificate issued again.',
        host,
      );
    case 'certificate':
      return t('The certificate of {0} was not accepted: {1}.', host, reason);
    case 'client-certificate':
      return t(
        '{0} wants a client certificate and did not get one that it accepts. Put client.cert and client.key into the certs.d folder of this registry.',
        host,
      );
    case 'too-large':
      return t('{0} sends more headers than are read. Check the address, or tell the owner of the registry.', host);
    case 'not-a-registry':
      return t('{0} answers, but not as a registry. Check the address, its port and its path.', host);
    default:
      return t('The connection to {0} was lost: {1}. Try again.', host, plain(reason, 300));
  }
}

function connectionCode(code: string, message: string, scheme: 'http' | 'https'): RegistryErrorCode {
  if (unknownCa.has(code)) {
    return 'unknown-ca';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return 'certificate-name';
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return 'certificate-expired';
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return 'certificate-not-yet-valid';
  }
  if (otherCertificate.has(code)) {
    return 'certificate';
  }
  if (clientCertificate.test(code)) {
    return 'client-certificate';
  }
  if (
    scheme === 'https' &&
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST$|RECORD_LAYER_FAILURE/.test(code)
  ) {
    return 'plain-http';
  }
  if (scheme === 'https' && code === 'EPROTO' && /wrong version number|packet length too long/.test(message)) {
    return 'plain-http';
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return 'too-large';
  }
  if (code.startsWith('HPE_')) {
    return 'not-a-registry';
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ENODATA':
      return 'name-not-found';
    case 'ECONNREFUSED':
      return 'refused';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return 'unreachable';
    case 'ETIMEDOUT':
      return 'timeout';
    default:
      return 'connection-lost';
  }
}

/** Node tries all addresses of a name and then throws them together; the first is as good as any. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0 && !('code' in error && error.code)) {
    return codeOf(error.errors[0]);
  }
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
