// What can go wrong between us and a registry, in the form that commands and views show it.
import { type ErrorAction, UserError } from '../errors.ts';

export type RegistryErrorCode =
  | 'name-not-found' // the host name does not resolve
  | 'refused' // nothing listens at the port
  | 'unreachable' // no route, or the network is down
  | 'timeout'
  | 'connection-lost' // reset, or an answer that ended half-way
  | 'plain-http' // https was tried, the port speaks http
  | 'tls-required' // http was tried, the port speaks https
  | 'unknown-ca' // `certificate` says which
  | 'certificate-name'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate' // any other trouble with a certificate
  | 'client-certificate' // the registry wants one, or the one on disk is not usable
  | 'not-a-registry' // something answered that does not speak the registry API
  | 'bad-answer' // a registry, but this answer makes no sense
  | 'too-large'
  | 'too-many-names' // a list that goes on and on; the names before it were given
  | 'unsafe-redirect' // to plain http, to a private address, or too many
  | 'unsafe-realm' // the token server's address is one that credentials must not go to
  | 'unauthorized' // a login is wanted and there is none
  | 'login-failed' // the credentials were refused
  | 'forbidden' // logged in, but without the right
  | 'token-server' // the token server failed
  | 'not-found'
  | 'no-catalog' // this registry lists no repositories
  | 'deletion-disabled'
  | 'unsupported'
  | 'rate-limited'
  | 'digest-mismatch'
  | 'server-error';

/** One certificate of the chain that a server showed, as plain data. */
export interface CertificateFacts {
  /** One line, e.g. `CN=registry.lab, O=Lab`. */
  subject: string;
  issuer: string;
  /** As OpenSSL prints dates. */
  validFrom: string;
  validTo: string;
  /** SHA-256, upper-case hexadecimal pairs joined by colons. */
  fingerprint: string;
  /** Names that the certificate is for, e.g. `DNS:localhost, IP Address:127.0.0.1`. */
  names: string;
  selfSigned: boolean;
  isCa: boolean;
  pem: string;
}

/** The failure of a request to a registry. `message` says cause and way out, translated. */
export class RegistryError extends UserError {
  override name = 'RegistryError';
  declare readonly code: RegistryErrorCode;
  /** The registry's host as it is known in references. */
  readonly host: string;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The registry's own words: plain text, short, not translated. */
  readonly words: string | undefined;
  /** The chain that the server showed, its own certificate first, for trouble with certificates. */
  readonly certificates: readonly CertificateFacts[] | undefined;
  /** Milliseconds after which the registry will answer again, for `rate-limited`. */
  readonly retryAfter: number | undefined;

  constructor(code: RegistryErrorCode, message: string, details: RegistryErrorDetails) {
    super(code, message, { actions: details.actions ?? [], cause: details.cause });
    this.host = details.host;
    this.status = details.status;
    this.words = details.words || undefined;
    this.certificates = details.certificates;
    this.retryAfter = details.retryAfter;
  }
}

export interface RegistryErrorDetails {
  host: string;
  status?: number | undefined;
  words?: string | undefined;
  certificates?: readonly CertificateFacts[] | undefined;
  retryAfter?: number | undefined;
  actions?: readonly ErrorAction[];
  cause?: unknown;
}
