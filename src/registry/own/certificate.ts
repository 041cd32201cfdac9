// Makes the certificates of one's own registry: an authority of its own, and the server certificate that it signs.
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import type { Name } from '@peculiar/asn1-x509';

/** A certificate and its private key, as PEM texts. */
export interface Issued {
  cert: string;
  key: string;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Clocks differ: what was made a moment ago must not be "not yet valid" on another machine. */
const before = hour;
/** Ten years: every engine has to be told again when the authority ends. */
const authorityDays = 3650;
/** macOS and iOS refuse a server certificate that is valid for more than 825 days. */
const serverDays = 825;

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const commonName = '2.5.4.3';

/** An authority that may sign server certificates and nothing below it (EC P-256). Loads the X.509 library. */
export async function makeAuthority(now = Date.now()): Promise<Issued> {
  const x509 = await import('@peculiar/asn1-x509');
  const keys = newKeys();
  const id = keyId(keys.publicKey);
  // Two authorities with the same name would be taken for one another by programs that look a CA up by its name.
  const name = `Docknotes registry CA ${id.subarray(0, 4).toString('hex').toUpperCase()}`;
  return issue(keys, {
    subject: nameOf(x509, name),
    issuer: nameOf(x509, name),
    signer: keys.privateKey,
    from: now - before,
    days: authorityDays,
    extensions: [
      [x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 })],
      [x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign)],
      [x509.id_ce_subjectKeyIdentifier, false, new x509.SubjectKeyIdentifier(id)],
    ],
  });
}

/**
 * A server certificate for these host names and addresses, signed by the authority. It never outlives the authority.
 * Names are in ASCII form and lower case, addresses without brackets.
 */
export async function issueServerCertificate(
  authority: Issued,
  names: readonly string[],
  now = Date.now(),
): Promise<Issued> {
  const [x509, { AsnConvert }] = await Promise.all([import('@peculiar/asn1-x509'), import('@peculiar/asn1-schema')]);
  const ca = new X509Certificate(authority.cert);
  const { subject, extensions } = AsnConvert.parse(ca.raw, x509.Certificate).tbsCertificate;
  const caId = extensions?.find(({ extnID }) => extnID === x509.id_ce_subjectKeyIdentifier);
  const keys = newKeys();
  const from = now - before;
  return issue(keys, {
    subject: nameOf(x509, names[0] ?? 'registry'),
    // Byte by byte as the authority has it, also where another program made that authority.
    issuer: subject,
    signer: createPrivateKey(authority.key),
    from,
    days: Math.min(serverDays, Math.floor((Date.parse(ca.validTo) - from) / day)),
    extensions: [
      [x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })],
      [x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)],
      [x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([serverAuthentication])],
      [
        x509.id_ce_subjectAltName,
        false,
        new x509.SubjectAlternativeName(
          names.map((name) => new x509.GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name })),
        ),
      ],
      [x509.id_ce_subjectKeyIdentifier, false, new x509.SubjectKeyIdentifier(keyId(keys.publicKey))],
      [
        x509.id_ce_authorityKeyIdentifier,
        false,
        new x509.AuthorityKeyIdentifier({
          keyIdentifier: caId
            ? AsnConvert.parse(caId.extnValue.buffer, x509.SubjectKeyIdentifier)
            : new x509.KeyIdentifier(keyId(ca.publicKey)),
        }),
      ],
    ],
  });
}

interface Content {
  subject: Name;
  issuer: Name;
  signer: KeyObject;
  /** Milliseconds since 1970. */
  from: number;
  days: number;
  /** Object identifier, critical or not, and the value as the library has it. */
  extensions: [string, boolean, object][];
}

async function issue(keys: Keys, content: Content): Promise<Issued> {
  const { AsnConvert, OctetString } = await import('@peculiar/asn1-schema');
  const x509 = await import('@peculiar/asn1-x509');
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: ecdsaWithSha256 });
  const body = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: serial(),
    signature: algorithm,
    issuer: content.issuer,
    validity: new x509.Validity({
      notBefore: new Date(content.from),
      // The last second counts too: a validity is inclusive at both ends.
      notAfter: new Date(content.from + content.days * day - 1000),
    }),
    subject: content.subject,
    subjectPublicKeyInfo: AsnConvert.parse(
      keys.publicKey.export({ type: 'spki', format: 'der' }),
      x509.SubjectPublicKeyInfo,
    ),
    extensions: new x509.Extensions(
      content.extensions.map(
        ([extnID, critical, value]) =>
          new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) }),
      ),
    ),
  });
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(body)), content.signer);
  const certificate = new x509.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: new Uint8Array(signature).buffer,
  });
  return {
    cert: new X509Certificate(Buffer.from(AsnConvert.serialize(certificate))).toString(),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function nameOf(x509: typeof import('@peculiar/asn1-x509'), text: string): Name {
  return new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({
        type: commonName,
        // A common name has at most 64 characters (RFC 5280, upper bounds).
        value: new x509.AttributeValue({ utf8String: text.slice(0, 64) }),
      }),
    ]),
  ]);
}

interface Keys {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

function newKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Positive, never zero, 16 bytes of chance (RFC 5280 allows 20). */
function serial(): ArrayBuffer {
  const bytes = new Uint8Array(randomBytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.buffer;
}

/** SHA-1 of the public key's bits (RFC 5280, 4.2.1.2): it names the key and protects nothing. */
function keyId(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  // The key's bits are the last 65 bytes of an uncompressed P-256 key: 04, x and y.
  return createHash('sha1').update(spki.subarray(-65)).digest();
}
