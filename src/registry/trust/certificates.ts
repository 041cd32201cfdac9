// Looks at the certificates that a server shows, without trusting it and without telling it anything.
import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { CertificateFacts } from '../../model/registries/error.ts';
import { connectionProblem, timeoutProblem } from '../http/problems.ts';
import { certificatesIn } from './pem.ts';

/**
 * The chain that the server at `host` (`name[:port]`, 443 unless given) shows, its own certificate first.
 * To trust its CA, trust the last one. Rejects with a RegistryError when there is no TLS there.
 */
export function fetchCertificates(host: string, signal: AbortSignal, timeout = 15_000): Promise<CertificateFacts[]> {
  return new Promise((resolve, reject) => {
    // An ordinary request goes the way of all others, through the editor's proxies; `agent: false` takes a new connection.
    const asking = https.request(`https://${host}/v2/`, { method: 'HEAD', rejectUnauthorized: false, agent: false });
    const cancel = () => asking.destroy(new Cancelled());
    const timer = setTimeout(() => asking.destroy(timeoutProblem(host, 'connect')), timeout);
    const look = (socket: unknown) => {
      const chain = socket instanceof TLSSocket ? chainOf(socket) : [];
      if (chain.length > 0) {
        resolve(chain);
        asking.destroy();
      }
    };
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) {
      cancel();
    }
    asking.on('socket', (socket) => {
      look(socket);
      socket.once('secureConnect', () => look(socket));
    });
    asking.on('response', ({ socket }) => {
      look(socket);
      asking.destroy();
    });
    asking.on('error', (error) => reject(connectionProblem(error, host, 'https')));
    asking.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      reject(timeoutProblem(host, 'connect'));
    });
    asking.end();
  });
}

/** Reads PEM certificates out of a text. Throws a UserError `bad-certificate` when there is none. */
export function readPem(text: string): string[] {
  const blocks = certificatesIn(text);
  try {
    const read = blocks.map((pem) => new X509Certificate(pem).toString());
    if (read.length > 0) {
      return read;
    }
  } catch {
    // Said below.
  }
  throw new UserError(
    'bad-certificate',
    t('This is no certificate in PEM form. It begins with -----BEGIN CERTIFICATE-----.'),
  );
}

function chainOf(socket: TLSSocket): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
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
