// The folder that holds the certificates of one's own registry: made once, checked and used again afterwards.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type FileHandle, mkdir, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { writeWhole } from '../../local/wholeFile.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { type Issued, issueServerCertificate, makeAuthority } from './certificate.ts';

/** What the folder holds for a registry, as PEM texts. */
export interface OwnCertificates {
  /** The authority's certificate: what others have to trust. */
  ca: string;
  /** Its file. */
  caFile: string;
  /** SHA-256, upper-case hexadecimal pairs joined by colons. */
  fingerprint: string;
  /** The server's certificate, and behind it the authority's, so that a client can show whom it is asked to trust. */
  chain: string;
  key: string;
}

/** A certificate that ends sooner than this is not handed to a new registry. Milliseconds. */
const minValidity = 14 * 24 * 3_600_000;

const files = { ca: 'ca.crt', caKey: 'ca.key', server: 'server.crt', serverKey: 'server.key' };

/**
 * The certificates in a folder, for a registry with these names. Makes what is missing: the folder, the authority, the
 * server's certificate. Nothing that is there is replaced, unless `renew` allows a new server certificate of the same
 * authority.
 *
 * Rejects with a UserError: `own-certificate-misfit` when the server's certificate is for other names or ends soon (then
 * `renew` helps), `own-authority-unusable` when the authority cannot be used, `own-folder` for a folder that cannot be
 * read or written.
 */
export async function certificatesIn(
  folder: string,
  names: readonly string[],
  { renew = false, now = Date.now() }: { renew?: boolean; now?: number } = {},
): Promise<OwnCertificates> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const authority = await authorityIn(folder, now);
    const server = await serverIn(folder, authority, names, renew, now);
    return {
      ca: authority.cert,
      caFile: join(folder, files.ca),
      fingerprint: new X509Certificate(authority.cert).fingerprint256,
      chain: server.cert,
      key: server.key,
    };
  } catch (error) {
    throw error instanceof UserError
      ? error
      : new UserError(
          'own-folder',
          t('The certificates cannot be kept in {0}: {1}. Choose another folder.', folder, messageOf(error)),
          { cause: error },
        );
  }
}

async function authorityIn(folder: string, now: number): Promise<Issued & { usable: boolean }> {
  const [cert, key, server] = await Promise.all([
    read(folder, files.ca),
    read(folder, files.caKey),
    read(folder, files.server),
  ]);
  if (cert === undefined && key === undefined && server === undefined) {
    const made = await makeAuthority(now);
    await write(folder, files.caKey, made.key, 0o600);
    await write(folder, files.ca, made.cert, 0o644);
    return { ...made, usable: true };
  }
  if (cert === undefined) {
    throw unusable(folder, t('{0} is missing', files.ca));
  }
  const facts = parsed(folder, files.ca, () => new X509Certificate(cert));
  if (!facts.ca) {
    throw unusable(folder, t('{0} is not the certificate of an authority', files.ca));
  }
  if (!isValid(facts, now)) {
    throw unusable(folder, t('{0} is not valid at this time, or ends soon', files.ca));
  }
  const secret = key === undefined ? undefined : parsed(folder, files.caKey, () => createPrivateKey(key));
  if (secret && !facts.checkPrivateKey(secret)) {
    throw unusable(folder, t('{0} does not belong to {1}', files.caKey, files.ca));
  }
  // Someone may keep the authority's key elsewhere, or have made it with another kind of key: then it cannot sign here.
  return { cert, key: key ?? '', usable: secret?.asymmetricKeyType === 'ec' };
}

async function serverIn(
  folder: string,
  authority: Issued & { usable: boolean },
  names: readonly string[],
  renew: boolean,
  now: number,
): Promise<Issued> {
  const [cert, key] = await Promise.all([read(folder, files.server), read(folder, files.serverKey)]);
  if (cert !== undefined || key !== undefined) {
    const reason = misfit(folder, { cert, key }, authority, names, now);
    if (reason === undefined) {
      return { cert: cert ?? '', key: key ?? '' };
    }
    if (!renew || !authority.usable) {
      throw new UserError(
        'own-certificate-misfit',
        authority.usable
          ? t(
              'The certificate in {0} cannot be used: {1}. Take {2} and {3} away to have a new one made by the same authority, or choose another folder.',
              folder,
              reason,
              files.server,
              files.serverKey,
            )
          : t('The certificate in {0} cannot be used: {1}. Choose another folder.', folder, reason),
      );
    }
  }
  if (!authority.usable) {
    throw unusable(folder, t('{0} is missing, or is not an elliptic curve key', files.caKey));
  }
  const made = await issueServerCertificate(authority, names, now);
  const chain = made.cert + authority.cert;
  await write(folder, files.serverKey, made.key, 0o600);
  await write(folder, files.server, chain, 0o644);
  return { cert: chain, key: made.key };
}

/** Why the server's certificate does not do, as the end of a sentence; undefined when it does. */
function misfit(
  folder: string,
  { cert, key }: { cert: string | undefined; key: string | undefined },
  authority: Issued,
  names: readonly string[],
  now: number,
): string | undefined {
  if (cert === undefined || key === undefined) {
    return t('{0} is missing', cert === undefined ? files.server : files.serverKey);
  }
  const facts = parsed(folder, files.server, () => new X509Certificate(cert));
  const secret = parsed(folder, files.serverKey, () => createPrivateKey(key));
  if (!facts.checkPrivateKey(secret)) {
    return t('{0} does not belong to {1}', files.serverKey, files.server);
  }
  if (!facts.verify(new X509Certificate(authority.cert).publicKey)) {
    return t('{0} was not signed by {1}', files.server, files.ca);
  }
  if (!isValid(facts, now)) {
    return t('{0} is not valid at this time, or ends soon', files.server);
  }
  const missing = names.filter((name) => !(isIP(name) ? facts.checkIP(name) : facts.checkHost(name)));
  return missing.length > 0 ? t('{0} is not for {1}', files.server, missing.join(', ')) : undefined;
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now + minValidity < Date.parse(validTo);
}

function parsed<T>(folder: string, file: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw unusable(folder, t('{0} is not readable as PEM', file));
  }
}

function unusable(folder: string, reason: string): UserError {
  return new UserError(
    'own-authority-unusable',
    t('The certificates in {0} cannot be used: {1}. Choose another folder.', folder, reason),
  );
}

async function read(folder: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Never there in part, nor readable by others for a moment. */
async function write(folder: string, name: string, text: string, mode: number): Promise<void> {
  const fill = async (file: FileHandle) => {
    await file.writeFile(text);
    await file.sync();
  };
  await writeWhole(join(folder, name), fill, { mode });
}
