// Every reader of what a registry, a file or a helper says, on text that is made to keep it busy: linear, whatever comes.

import { patternTest } from '../../../src/model/registries/names.ts';
import { descriptorsOf, mediaTypeOf, readConfig, readManifest } from '../../../src/registry/api/manifests.ts';
import { parseChallenges } from '../../../src/registry/auth/challenge.ts';
import { askCredentialHelper } from '../../../src/registry/auth/credentialHelper.ts';
import { createFileCredentials } from '../../../src/registry/auth/credentials.ts';
import { coversScopes, mergeScopes, withAskedScopes } from '../../../src/registry/auth/tokenScope.ts';
import { parseJson } from '../../../src/registry/http/jsonBody.ts';
import { nextLinkOf, nextPage } from '../../../src/registry/http/link.ts';
import { isLoopback, isPrivateAddress } from '../../../src/registry/http/networkGuard.ts';
import { isPathSafe } from '../../../src/registry/http/pathName.ts';
import { statusProblem } from '../../../src/registry/http/problems.ts';
import { retryAfterOf } from '../../../src/registry/http/retry.ts';
import { errorCodesOf, wordsOf } from '../../../src/registry/http/serverText.ts';
import { attachedTag, sortTags, splitTags } from '../../../src/registry/known/order.ts';
import { hostOf } from '../../../src/registry/known/stored/addresses.ts';
import { matching } from '../../../src/registry/known/stored/byHand.ts';
import { tagListOf } from '../../../src/registry/known/tagFacts.ts';
import { readPem } from '../../../src/registry/trust/certificates.ts';
import { readCertificates } from '../../../src/registry/trust/certsd.ts';
import { readHostsFile } from '../../../src/registry/trust/hostsToml.ts';
import { certificatesIn } from '../../../src/registry/trust/pem.ts';
import { vendorByHost, vendorBySigns } from '../../../src/registry/vendors/index.ts';
import { describeSweep, type Reader } from '../../parts/sweep/suite.ts';

const bytes = (text: string) => Buffer.from(text);
/** What Node lets through of a header, and what is taken for a name. */
const header = (text: string) => text.slice(0, 16 * 1024);
const name = (text: string) => text.slice(0, 512);
const base = new URL('https://registry.lab/');
const none = () => Promise.reject(Object.assign(new Error('absent'), { code: 'ENOENT' }));

/** Each gets the text in the place where a server, a file or a program may put it. */
const readers: Record<string, Reader> = {
  'WWW-Authenticate': parseChallenges,
  'WWW-Authenticate, a value': (text) => parseChallenges(`Bearer realm=${text}`),
  'WWW-Authenticate, in quotes': (text) => parseChallenges(`Bearer realm="${text}`),
  'WWW-Authenticate, instead of parameters': (text) => parseChallenges(`NTLM ${text}`),
  Link: nextLinkOf,
  'Link, parameters': (text) => nextLinkOf(`</a>; ${text}`),
  'Link, the next page': (text) => nextPage(base, `<${text}>; rel="next"`, base),
  'Retry-After': (text) => retryAfterOf({ 'retry-after': text }),
  'scopes merged': (text) => mergeScopes([header(text), 'repository:a:pull']),
  'scopes compared': (text) => coversScopes([header(text)], [`${header(text)},more`]),
  'scopes that are asked for': (text) => withAskedScopes(['repository:a:pull'], header(text)),
  'words of an error': (text) => wordsOf(bytes(text)),
  'words of a page': (text) => wordsOf(bytes(`<html>${text}`)),
  'words of a script': (text) => wordsOf(bytes(`<script>${text}`)),
  'words of errors JSON': (text) => wordsOf(bytes(JSON.stringify({ errors: [{ code: 'A', message: text }] }))),
  'codes of errors JSON': (text) => errorCodesOf(bytes(text)),
  'a failure as a sentence': (text) => statusProblem('registry.lab', 400, bytes(text)).message,
  'a media type': mediaTypeOf,
  'a manifest': (text) => readManifest(bytes(text), text),
  'a manifest with the text in it': (text) =>
    readManifest(bytes(JSON.stringify({ mediaType: text, config: { digest: text }, layers: [{ digest: text }] })), ''),
  'a configuration': (text) => readConfig(bytes(text)),
  'a configuration with the text in it': (text) =>
    readConfig(bytes(JSON.stringify({ created: text, config: { Env: [text] }, history: [{ created: text }] }))),
  descriptors: (text) => descriptorsOf([{ digest: text, platform: { os: text, architecture: text } }]),
  'a name in a path': isPathSafe,
  'a tag that belongs to another': attachedTag,
  'the order of tags': (text) => sortTags([name(text), `${name(text)}1`, `1.0-${name(text)}`, `1.0-${name(text)}b`]),
  'tags apart': (text) => splitTags([name(text), 'a']),
  'a list of tags': (text) => tagListOf([name(text), `sha256-${name(text)}`]),
  'a pattern over tags': (text) => patternTest('*a*b*1.*')(text.slice(0, 512)),
  'a pattern of stars': (text) => patternTest(text.slice(0, 128))('a'.repeat(512)),
  'a pattern over local images': (text) => matching('registry.lab', ['*a*b'], [`registry.lab/${text.slice(0, 300)}`]),
  'a host': (text) => [hostOf(text), isLoopback(text), isPrivateAddress(text, 'registry.lab'), vendorByHost(text)],
  'signs of a vendor': (text) =>
    vendorBySigns({
      headers: { server: text, 'set-cookie': [text] },
      challenges: [{ scheme: 'bearer', params: { realm: text, service: text } }],
    }),
  'certificates of a bundle': (text) => certificatesIn(`-----BEGIN CERTIFICATE-----${text}`),
  'JSON of an answer': (text) => parseJson(bytes(text)),
  'a PEM file': (text) => readPem(`-----BEGIN CERTIFICATE-----${text}`),
  'a PEM file of text alone': (text) => readPem(text),
  'hosts.toml': (text) => readHostsFile(text, 'registry.lab'),
  'hosts.toml, a string': (text) => readHostsFile(`ca = """${text}`, 'registry.lab'),
  'a folder of certs.d': (text) =>
    readCertificates('registry.lab', {
      platform: 'linux',
      env: {},
      home: '/home/lena',
      list: () => Promise.resolve(['ca.crt', 'hosts.toml', text.slice(0, 255)]),
      read: () => Promise.resolve(text),
    }),
  'docker’s config.json': (text) => credentialsIn(text),
  'a key of auths': (text) => credentialsIn(JSON.stringify({ auths: { [text]: {}, [`https://${text}/v1/`]: {} } })),
  'an auth padded with zeros': (text) =>
    credentialsIn(
      JSON.stringify({
        auths: { 'registry.lab': { auth: Buffer.from(`lena:${text}`).toString('base64') } },
      }),
    ),
  'a helper': (text) =>
    askCredentialHelper('lab', 'registry.lab', () => Promise.resolve({ exitCode: 0, stdout: text })),
  'a helper that fails': (text) =>
    askCredentialHelper('lab', 'registry.lab', () => Promise.resolve({ exitCode: 1, stdout: text })),
};

function credentialsIn(text: string): Promise<unknown> {
  return createFileCredentials(() => {}, {
    env: {},
    home: '/home/lena',
    read: (file) => (file.endsWith('config.json') ? Promise.resolve(text) : none()),
  }).find('registry.lab');
}

describeSweep('readers of the registry floor on pumped text', readers);
