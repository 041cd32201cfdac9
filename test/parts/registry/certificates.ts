// Certificates for tests: an authority of its own and what it signs, made with openssl.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificates {
  /** PEM files. */
  ca: string;
  serverCert: string;
  serverKey: string;
  /** For mutual TLS. */
  clientCert: string;
  clientKey: string;
}

/** When the server's certificate is valid. */
export interface Validity {
  from: Date;
  to: Date;
}

/**
 * Makes an authority, a server certificate and a client certificate. The server's is for `serverNames`, as OpenSSL writes them
 * (`DNS:registry.lab`), or for localhost and the loopback addresses, and valid for 30 days from now unless `validity` says else.
 */
export async function makeCertificates(
  folder: string,
  serverNames = 'DNS:localhost,IP:127.0.0.1,IP:::1',
  validity?: Validity,
): Promise<Certificates> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  await run('openssl', [
    ...['req', '-x509', ...newKey, '-days', '30', '-subj', '/CN=Docknotes test authority'],
    ...['-addext', 'keyUsage=critical,keyCertSign', '-keyout', file('ca.key'), '-out', file('ca.crt')],
  ]);
  const names = `subjectAltName=${serverNames}`;
  await Promise.all([
    sign(folder, 'server', `${names}\nextendedKeyUsage=serverAuth`, validity),
    sign(folder, 'client', 'extendedKeyUsage=clientAuth'),
  ]);
  return {
    ca: file('ca.crt'),
    serverCert: file('server.crt'),
    serverKey: file('server.key'),
    clientCert: file('client.crt'),
    clientKey: file('client.key'),
  };
}

/** Without the other parts' helpers, since suites in the extension host use this file, too. */
const run = promisify(execFile);

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

async function sign(folder: string, name: string, extensions: string, validity?: Validity): Promise<void> {
  const file = (suffix: string) => join(folder, `${name}.${suffix}`);
  writeFileSync(file('ext'), `basicConstraints=CA:FALSE\n${extensions}\n`);
  await run('openssl', ['req', ...newKey, '-subj', `/CN=${name}`, '-keyout', file('key'), '-out', file('csr')]);
  if (validity) {
    return signFor(folder, name, validity);
  }
  await run('openssl', [
    ...['x509', '-req', '-in', file('csr'), '-CA', join(folder, 'ca.crt'), '-CAkey', join(folder, 'ca.key')],
    // Two signatures at a time must not share a serial number file.
    ...['-set_serial', `0x${Buffer.from(name).toString('hex')}`, '-days', '30'],
    ...['-extfile', file('ext'), '-out', file('crt')],
  ]);
}

/** Signs for other days than those from now on, which only `openssl ca` can in every version. */
async function signFor(folder: string, name: string, { from, to }: Validity): Promise<void> {
  const file = (suffix: string) => join(folder, `${name}.${suffix}`);
  const settings = [
    ...['[ca]', 'default_ca=own', '[own]', `database=${file('index')}`, `new_certs_dir=${folder}`, 'default_md=sha256'],
    ...[`serial=${file('serial')}`, 'policy=any', 'unique_subject=no', '[any]', 'commonName=supplied'],
  ];
  writeFileSync(file('cnf'), `${settings.join('\n')}\n`);
  writeFileSync(file('index'), '');
  writeFileSync(file('serial'), '1000\n');
  const dateOf = (date: Date) => `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  await run('openssl', [
    ...['ca', '-batch', '-notext', '-config', file('cnf'), '-in', file('csr'), '-out', file('crt')],
    ...['-cert', join(folder, 'ca.crt'), '-keyfile', join(folder, 'ca.key'), '-extfile', file('ext')],
    ...['-startdate', dateOf(from), '-enddate', dateOf(to)],
  ]);
}
