// Whom to trust over TLS: the system's roots, what certs.d adds for a host, and what the person chose to trust.
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { apiHostOf } from '../../model/reference.ts';
import type { TlsOptions } from '../http/exchange.ts';
import type { HostCertificates, RegistryOptions } from '../types.ts';
import { certificatesIn } from './pem.ts';

/** Certificates change on disk without a restart of anything, but not between two requests of one page. */
const cachedFor = 2000;

/**
 * TLS options by host. The registry's own host gets its client certificate and, if so chosen, no verification;
 * other hosts that it sends us to (token servers, blob stores) get the trusted CAs alone. Certificates are read when a host is
 * first asked for, and again after some seconds; what is wrong with them is told to `log`, once.
 */
export function createTlsSource(
  options: Pick<RegistryOptions, 'address' | 'trustedCa' | 'insecure' | 'systemTrust'> & {
    certificates: (host: string) => Promise<HostCertificates>;
    log: (line: string) => void;
  },
): (host: string) => Promise<TlsOptions> {
  const own = apiHostOf(options.address.host);
  const cache = new Map<string, { at: number; found: Promise<HostCertificates> }>();
  const reported = new Set<string>();

  const certificatesOf = (host: string) => {
    const known = cache.get(host);
    if (known && Date.now() - known.at < cachedFor) {
      return known.found;
    }
    const found = options.certificates(host);
    cache.set(host, { at: Date.now(), found });
    return found;
  };

  return async (host) => {
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0' && !warned) {
      warned = true;
      options.log('NODE_TLS_REJECT_UNAUTHORIZED=0 is set in the environment. Certificates are verified all the same.');
    }
    const isOwn = host === own || withoutDefaultPort(own) === host;
    const found = await certificatesOf(isOwn ? options.address.host : host);
    for (const problem of found.problems.filter((line) => !reported.has(line))) {
      reported.add(problem);
      options.log(problem);
    }
    const ca = [...found.ca, ...(options.trustedCa ?? [])];
    return {
      // Without CAs of our own nothing is said, so that the editor's own way to the system's roots stays in force.
      ...(ca.length > 0 || options.systemTrust ? { ca: [...systemRoots(), ...ca], allowPartialTrustChain: true } : {}),
      ...(found.cert !== undefined && found.key !== undefined ? { cert: found.cert, key: found.key } : {}),
      // Said in every case: NODE_TLS_REJECT_UNAUTHORIZED=0 would decide it otherwise, for all that a login is sent to.
      rejectUnauthorized: !(options.insecure === true && isOwn),
    };
  };
}

let warned = false;
let roots: string[] | undefined;

/** `ca` replaces Node's own roots, so they are named together with the system's and NODE_EXTRA_CA_CERTS. */
function systemRoots(): string[] {
  if (roots === undefined) {
    const all = [...tls.rootCertificates, ...systemCertificates(), ...readBundle(process.env.NODE_EXTRA_CA_CERTS)];
    // The same certificate comes from several places, wrapped at other columns; each costs time at every connection.
    roots = [...new Map(all.map((pem) => [pem.replace(/\s/g, ''), pem])).values()];
  }
  return roots;
}

/**
 * Node 22.15 and newer read the system's store. The places where Linux and macOS keep a bundle are read as well: the
 * editor reads them, and a Node that was built for another distribution looks elsewhere.
 */
function systemCertificates(): string[] {
  const newer: { getCACertificates?: (type: 'system') => string[] } = tls;
  const bundles = [
    process.env.SSL_CERT_FILE,
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ];
  const bundle = bundles.map(readBundle).find((certificates) => certificates.length > 0) ?? [];
  return [...(newer.getCACertificates?.('system') ?? []), ...bundle];
}

function readBundle(file: string | undefined): string[] {
  try {
    return file ? certificatesIn(readFileSync(file, 'utf8')) : [];
  } catch {
    return [];
  }
}

function withoutDefaultPort(host: string): string {
  return host.replace(/:443$/, '');
}
