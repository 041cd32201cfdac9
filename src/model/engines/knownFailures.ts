// Failures that engines and registries are known for, by their words, and what each means for a person.

import { t } from '../l10n.ts';
import { plain } from '../text.ts';

/** What is known of a failure, from its words; undefined where they say nothing that is known. `note` is the key of a field note. */
export function knownFailure(words: string): { code: string; sentence: string; note?: string } | undefined {
  for (const { code, pattern, say, note } of known) {
    const match = pattern.exec(words);
    if (match) {
      const subject = match.slice(1).find((group) => group) ?? '';
      return { code, sentence: say(plain(subject, 200), plain(words, 300)), ...(note !== undefined && { note }) };
    }
  }
  return undefined;
}

/** What a message of this kind holds, and what to say of it. The first group that matches is its subject. */
interface Known {
  code: string;
  pattern: RegExp;
  say(subject: string, words: string): string;
  note?: string;
}

/** The engine's and the registries' messages are English always; field notes [000] [002] [003] and the Engine API. */
const known: Known[] = [
  {
    code: 'port-allocated',
    pattern:
      /(?:bind for|listen \w+) (\S+?):? ?(?:failed: port is already allocated|bind: address already in use)|port is already allocated|address already in use/i,
    say: (subject) =>
      subject
        ? t(
            'The host port {0} is taken already, by another container or program. Choose another host port, or publish to a free one.',
            subject,
          )
        : t(
            'A host port is taken already, by another container or program. Choose another host port, or publish to a free one.',
          ),
    note: 'error.port-allocated',
  },
  {
    code: 'name-in-use',
    pattern: /container name "\/?([^"]+)" is already in use/i,
    say: (subject) =>
      t('Another container has the name {0}. Choose another name, or remove or rename that container.', subject),
    note: 'error.name-in-use',
  },
  {
    code: 'image-in-use',
    pattern: /conflict: unable to (?:delete|remove).*container ([0-9a-f]+)|image is in use by a container/i,
    say: (subject) =>
      subject
        ? t('The image is used by container {0}. Remove that container first, or force the removal.', subject)
        : t('The image is used by a container. Remove that container first, or force the removal.'),
  },
  {
    code: 'image-has-tags',
    pattern: /conflict: unable to delete (\S+) .*(?:must be forced|referenced in multiple repositories)/i,
    say: (subject) =>
      t('The image {0} has several tags or is in use. Remove its tags one by one, or force the removal.', subject),
  },
  {
    code: 'image-has-children',
    pattern: /conflict: unable to delete (\S+) .*has dependent child images/i,
    say: (subject) => t('Other images are built on the image {0}. Remove those first.', subject),
  },
  {
    code: 'container-running',
    pattern: /cannot remove (?:a running container|container .* is running)/i,
    say: () => t('The container is running. Stop it first, or remove it by force.'),
  },
  {
    code: 'no-such-container',
    pattern: /no (?:such container|container with name or ID)[:\s]*"?([^\s":]+)?/i,
    say: (subject) => t('There is no container {0} any more. It may have been removed meanwhile.', subject),
  },
  {
    code: 'no-such-image',
    pattern:
      /no such image[:\s]+"?(\S+?)"?$|(?<!\S)(\S+): (?:image not known|no such image)|unable to find '([^']+)' locally/i,
    say: (subject) => t('There is no image {0} on this engine. Pull it first, or check its name and tag.', subject),
  },
  {
    code: 'tag-not-found',
    pattern:
      /manifest for (\S+) not found|an image does not exist locally with the tag: (\S+)|tag does not exist: (\S+)|reading manifest \S+ in (\S+): manifest unknown/i,
    say: (subject) => t('{0} was not found. Check the name and the tag.', subject),
  },
  {
    code: 'login-denied',
    pattern:
      /incorrect username or password|authentication required.*invalid|unauthorized: (?:incorrect|invalid|authentication failed)/i,
    say: (_, words) =>
      t('The registry refused the user name or the password ({0}). Add the registry again with the right ones.', words),
    note: 'error.login-required',
  },
  {
    code: 'login-required',
    pattern: /no basic auth credentials|unauthorized|authentication required|401 Unauthorized/i,
    say: (_, words) => t('The registry wants a login ({0}). Add the registry with a user name and a password.', words),
    note: 'error.login-required',
  },
  {
    code: 'access-denied',
    pattern:
      /pull access denied for (\S+?),|requested access to the resource is denied|denied:|insufficient_scope|403 Forbidden/i,
    say: (subject, words) =>
      subject
        ? t(
            '{0} does not exist, or a login is needed for it. Check the name, or add the registry with a user name and a password.',
            subject,
          )
        : t(
            'The registry does not allow this ({0}). Check the name, and log in as a user who has the right to it.',
            words,
          ),
    note: 'error.login-required',
  },
  {
    code: 'plain-http-registry',
    pattern:
      /server gave HTTP response to HTTPS client|tls: oversized record|first record does not look like a TLS handshake|v1 ping attempt failed/i,
    say: (_, words) =>
      t(
        'The registry speaks plain http, and the engine wants https ({0}). Give the registry a certificate, or allow plain http for it: under "insecure-registries" in the engine\'s daemon.json, then reload the engine; with Podman, in /etc/containers/registries.conf.',
        words,
      ),
    note: 'error.plain-http-registry',
  },
  // Go says of certificates what is wrong with them behind "x509:"; only one of these is mended by trusting a CA.
  {
    code: 'certificate-not-yet-valid',
    pattern:
      /x509: certificate has expired or is not yet valid: current time \S+ is before|certificate is not yet valid$/i,
    say: (_, words) =>
      t(
        "The registry's certificate is not valid yet ({0}). Check the clock of the engine's host; if it is right, have the certificate issued again.",
        words,
      ),
  },
  {
    code: 'certificate-expired',
    pattern: /x509: certificate has expired|certificate has expired/i,
    say: (_, words) =>
      t(
        "The registry's certificate has expired ({0}). Have it renewed; if it is still valid, correct the clock of the engine's host.",
        words,
      ),
  },
  {
    code: 'certificate-name',
    pattern:
      /x509: (?:certificate is (?:not )?valid for |cannot validate certificate for |certificate relies on legacy Common Name)|does not match certificate's altnames/i,
    say: (_, words) =>
      t(
        "The registry's certificate is for another name ({0}). Use a name or address that stands in the certificate, or have it issued for this one.",
        words,
      ),
  },
  {
    code: 'unknown-ca',
    pattern:
      /x509: (?:certificate signed by unknown authority|.{0,200} certificate is not trusted)|certificate verify failed|self[- ]signed certificate/i,
    say: (_, words) =>
      t(
        "The engine does not trust the registry's certificate ({0}). Put the CA certificate into /etc/docker/certs.d/<host:port>/ca.crt on the engine's host; with Podman, below /etc/containers/certs.d.",
        words,
      ),
    note: 'error.unknown-ca',
  },
  {
    code: 'certificate',
    pattern: /x509: /i,
    say: (_, words) =>
      t(
        "The engine does not accept the registry's certificate ({0}). Have another one issued, or ask the owner of the registry.",
        words,
      ),
  },
  {
    code: 'registry-unreachable',
    pattern:
      /no such host|i\/o timeout|connection refused|Client\.Timeout|request canceled while waiting for connection|network is unreachable|server misbehaving|TLS handshake timeout/i,
    say: (_, words) =>
      t(
        "The engine cannot reach the registry ({0}). Check the address, the network and the engine's proxy settings.",
        words,
      ),
    note: 'error.registry-unreachable',
  },
  {
    code: 'no-such-command',
    pattern:
      /exec: \\?"([^"\\]+)\\?": (?:executable file not found|stat .*no such file or directory|permission denied)|executable file not found|exec (\S+): no such file or directory/i,
    say: (subject) =>
      subject
        ? t(
            'There is no program {0} in this container. Minimal images have no shell: choose a command that the image holds.',
            subject,
          )
        : t(
            'There is no such program in this container. Minimal images have no shell: choose a command that the image holds.',
          ),
    note: 'error.no-shell',
  },
  {
    code: 'not-running',
    pattern: /container (\S+) is not running|can only create exec sessions on running containers/i,
    say: () => t('The container is not running. Start it first.'),
  },
  {
    code: 'paused',
    pattern: /container (\S+) is (?:already )?paused|cannot start a paused container/i,
    say: () => t('The container is paused. Unpause it first.'),
  },
  {
    code: 'bad-reference',
    pattern: /invalid reference format|repository name must be lowercase|invalid tag format|invalid repository name/i,
    say: (_, words) =>
      t('This is not an image reference ({0}). It looks like host:port/repository:tag, in lower case.', words),
  },
];
