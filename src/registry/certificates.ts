// Looks at the certificates that a server shows, without trusting it and without sending it anything.
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import tls from 'node:tls';
import { Cancelled } from '../model/errors.ts';
import type { CertificateFacts } from '../model/registryError.ts';
import { connectionProblem, timeoutProblem } from './problems.ts';

/**
 * The chain that the server at `host` (`name[:port]`, 443 unless given) shows, its own certificate first.
 * To trust its CA, trust the last one. Rejects with a RegistryError when there is no TLS there.
 */
export function fetchCertificates(host: string, signal: AbortSignal, timeout = 15_000): Promise<CertificateFacts[]> {
  const url = new URL(`https://${host}`);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host: name,
      port: Number(url.port || 443),
      rejectUnauthorized: false,
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    const cancel = () => socket.destroy(new Cancelled());
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) {
      cancel();
    }
    socket.setTimeout(timeout, () => socket.destroy(timeoutProblem(host, 'connect')));
    socket.on('error', (error) => reject(connectionProblem(error, host, 'https')));
    socket.on('close', () => signal.removeEventListener('abort', cancel));
    socket.on('secureConnect', () => {
      resolve(chainOf(socket));
      socket.destroy();
    });
  });
}

function chainOf(socket: tls.TLSSocket): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  const seen = new Set<string>();
  let next: tls.DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.raw && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push(factsOf(new X509Certificate(next.raw)));
    next = next.issuerCertificate;
  }
  return chain;
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: certificate.validFrom,
    validTo: certificate.validTo,
    fingerprint: certificate.fingerprint256,
    names: certificate.subjectAltName ?? '',
    selfSigned: certificate.checkIssued(certificate),
    isCa: certificate.ca,
    pem: certificate.toString(),
  };
}

function oneLine(name: string): string {
  return name.split('\n').reverse().join(', ');
}
