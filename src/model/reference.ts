// Names of images and addresses of registries: read from what a person typed or pasted, and written back.
import { UserError } from './errors.ts';
import { t } from './l10n.ts';

/** An image reference with its defaults filled in: `busybox` is `docker.io`, `library/busybox`. */
export interface Reference {
  /** Registry host with its port, e.g. `localhost:5000`, `[::1]:5000`, `docker.io`. */
  host: string;
  /** Repository within the registry, e.g. `library/busybox`. */
  path: string;
  tag?: string;
  /** `algorithm:hex`. It wins over the tag when both are there. */
  digest?: string;
}

/** A registry's address as a person gave it; the scheme is absent when none was typed. */
export interface Address {
  /** Host with its port, lower case, IPv6 in brackets. Docker Hub in all its spellings is `docker.io`. */
  host: string;
  scheme?: 'http' | 'https';
  /** Path before `/v2/`, without slashes at its ends. */
  prefix?: string;
}

/** The name that image references use for Docker Hub. */
export const dockerHub = 'docker.io';

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const pathPattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const label = '[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?';
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*\\.?|\\[[0-9a-fA-F:.]+\\])(?::([0-9]+))?$`);
const hubNames = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.docker.io',
  'hub.docker.com',
]);
const maxPathLength = 255;
const maxAddressLength = 300;

/**
 * Reads an image reference by the grammar of the distribution project:
 * `[host[:port]/]path[:tag][@digest]`, with Docker Hub and `library/` as defaults.
 * Throws a UserError with code `bad-reference` that names what is wrong.
 */
export function parseReference(text: string): Reference {
  const whole = text.trim();
  checkWhole(whole);
  const { repository, tag, digest } = referenceParts(whole);
  const { host, path } = splitHost(repository);
  checkHost(whole, host);
  checkPath(whole, path);
  if (tag !== undefined) {
    checkTag(whole, tag);
  }
  if (digest !== undefined && !isDigest(digest)) {
    throw bad(
      t('"{0}" is not a digest. A digest looks like sha256: followed by 64 hexadecimal digits.', clip(digest || whole)),
    );
  }
  return {
    host: hubNames.has(host) ? dockerHub : host,
    path: hubNames.has(host) && !path.includes('/') ? `library/${path}` : path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/**
 * The parts of a reference as they are written, unchecked: `localhost:5000/box:1@sha256:…` has the repository
 * `localhost:5000/box`. A part that is absent is undefined; one of which only the sign stands there is empty.
 */
export function referenceParts(text: string): {
  repository: string;
  tag: string | undefined;
  digest: string | undefined;
} {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const colon = name.lastIndexOf(':');
  // A colon before the last slash belongs to the host's port.
  const hasTag = colon > name.lastIndexOf('/');
  return {
    repository: hasTag ? name.slice(0, colon) : name,
    tag: hasTag ? name.slice(colon + 1) : undefined,
    digest: at < 0 ? undefined : text.slice(at + 1),
  };
}

/** The repository of a reference as it is written: `busybox:latest` -> `busybox`. */
export function repositoryOf(text: string): string {
  return referenceParts(text).repository;
}

/** The tag of a reference: `busybox:1.36` -> `1.36`; `latest` where there is none. */
export function tagOf(text: string): string {
  return referenceParts(text).tag ?? 'latest';
}

/** The whole reference with nothing left out: `docker.io/library/busybox:1`. */
export function formatReference({ host, path, tag, digest }: Reference): string {
  return `${host}/${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The reference as people write it: without Docker Hub's host and without `library/`. */
export function familiarName(reference: Reference): string {
  const whole = formatReference(reference);
  return reference.host === dockerHub ? whole.slice(dockerHub.length + 1).replace(/^library\/(?=[^/]+$)/, '') : whole;
}

/** The reference with the tag `latest` when it has neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

/** Whether the text is a digest, with the right length where the algorithm is known. */
export function isDigest(text: string): boolean {
  const length = digestLengths[text.slice(0, text.indexOf(':'))];
  return length === undefined ? digestPattern.test(text) : new RegExp(`^[a-z0-9]+:[0-9a-f]{${length}}$`).test(text);
}

/** Whether the text may be a tag. */
export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** The registry that an image reference names: the key for credentials, certificates and the tree. */
export function registryHostOf(reference: Reference | string): string {
  return (typeof reference === 'string' ? parseReference(reference) : reference).host;
}

/** The host that serves a registry's API: Docker Hub's differs from its name in references. */
export function apiHostOf(host: string): string {
  return hubNames.has(host) ? 'registry-1.docker.io' : host;
}

/** The key under which the docker CLI keeps credentials for a registry. */
export function credentialKeyOf(host: string): string {
  return hubNames.has(host) ? 'https://index.docker.io/v1/' : host;
}

/**
 * Reads a registry's address as people type or paste it: `host:port`, with or without scheme,
 * with slashes at the end, with a path prefix, or the address of one of its API pages.
 * Throws a UserError with code `bad-address` that names what is wrong.
 */
export function parseAddress(text: string): Address {
  const whole = text.trim();
  if (whole === '') {
    throw badAddress(t('Type the address of a registry, for example localhost:5000 or registry.example.com.'));
  }
  if (whole.length > maxAddressLength) {
    throw badAddress(
      t(
        'The address is {0} characters long; at most {1} are taken. Leave out what follows the host name and the port.',
        whole.length,
        maxAddressLength,
      ),
    );
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(whole)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw badAddress(t('A registry is reached over https or http, not over {0}.', clip(scheme)));
  }
  const rest = (scheme === undefined ? whole : whole.slice(scheme.length + 3)).replace(/[?#].*$/s, '');
  const slash = rest.indexOf('/');
  const typed = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  if (typed.includes('@')) {
    throw badAddress(
      t('Leave the name and password out of the address. They are asked for when the registry wants a login.'),
    );
  }
  const isBareIpv6 = /^[0-9a-f:.]+$/.test(typed) && typed.split(':').length > 2;
  const host = isBareIpv6 ? `[${typed}]` : typed;
  if (!isHost(host)) {
    throw badAddress(
      t(
        '"{0}" is not a registry address. It has a host name and maybe a port, for example registry.example.com:5000.',
        clip(whole),
      ),
    );
  }
  if (hubNames.has(host)) {
    return { host: dockerHub };
  }
  const path = slash < 0 ? '' : rest.slice(slash);
  const prefix = path
    .replace(/\/v[12](?:\/.*)?$/s, '')
    .replace(/\/{2,}/g, '/')
    .replace(/^\/|\/$/g, '');
  if (/[^\w.~%/+-]/.test(prefix)) {
    throw badAddress(t('The path "{0}" in the address contains a character that does not belong there.', clip(prefix)));
  }
  return { host, ...(scheme === undefined ? {} : { scheme }), ...(prefix === '' ? {} : { prefix }) };
}

function checkWhole(whole: string): void {
  if (whole === '') {
    throw bad(t('The image reference is empty. Type a name such as busybox or localhost:5000/team/app:1.0.'));
  }
  const scheme = /^[A-Za-z]+:\/\//.exec(whole)?.[0];
  if (scheme !== undefined) {
    throw bad(t('Leave out "{0}": an image reference starts with the host name.', scheme));
  }
  if (/\s/.test(whole)) {
    throw bad(t('The image reference "{0}" contains a space.', clip(whole)));
  }
  if (/^[0-9a-f]{64}$/.test(whole)) {
    throw bad(t('"{0}" is an image id, not a name. A repository name cannot be 64 hexadecimal digits.', clip(whole)));
  }
}

function splitHost(name: string): { host: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHostPart = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  return isHostPart ? { host: first, path: name.slice(slash + 1) } : { host: dockerHub, path: name };
}

function checkHost(whole: string, host: string): void {
  if (!isHost(host)) {
    throw bad(t('"{0}" in "{1}" is not a registry host.', clip(host), clip(whole)));
  }
}

function checkPath(whole: string, path: string): void {
  if (path === '') {
    throw bad(t('The image reference "{0}" has no repository name.', clip(whole)));
  }
  if (/[A-Z]/.test(path) && pathPattern.test(path.toLowerCase())) {
    throw bad(
      t('A repository name is lower case: write "{0}" instead of "{1}".', clip(path.toLowerCase()), clip(path)),
    );
  }
  if (path.startsWith('/') || path.endsWith('/') || path.includes('//')) {
    throw bad(t('The image reference "{0}" has a slash with no name beside it.', clip(whole)));
  }
  if (!pathPattern.test(path)) {
    throw bad(
      t(
        'The repository name "{0}" is not allowed: it has lower-case letters and digits, with ".", "_" or "-" between them and "/" between its parts.',
        clip(path),
      ),
    );
  }
  if (path.length > maxPathLength) {
    throw bad(t('The repository name is {0} characters long; at most {1} are allowed.', path.length, maxPathLength));
  }
}

function checkTag(whole: string, tag: string): void {
  if (tag === '') {
    throw bad(t('The image reference "{0}" has no tag after its colon. Add a tag or remove the colon.', clip(whole)));
  }
  if (tag.length > 128) {
    throw bad(t('The tag is {0} characters long; at most {1} are allowed.', tag.length, 128));
  }
  if (!tagPattern.test(tag)) {
    throw bad(
      t(
        'The tag "{0}" is not allowed: it has letters, digits, "_", "." and "-", and does not start with "." or "-".',
        clip(tag),
      ),
    );
  }
}

function isHost(host: string): boolean {
  const match = hostPattern.exec(host);
  return match !== null && host.length <= 261 && Number(match[1] ?? 1) >= 1 && Number(match[1] ?? 1) <= 65535;
}

/** Long input is named by its beginning. */
function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function bad(message: string): UserError {
  return new UserError('bad-reference', message);
}

function badAddress(message: string): UserError {
  return new UserError('bad-address', message);
}
