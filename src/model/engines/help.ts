// What a failure of the engine means, and the way out: from the field notes, for people.

import { type ErrorAction, messageOf, UserError } from '../errors.ts';
import { t } from '../l10n.ts';
import { plain } from '../text.ts';
import type { Endpoint, EngineProblem } from './endpoint.ts';
import { EngineError } from './error.ts';

export interface EngineHelp {
  /** A few words, for a row or a heading. */
  title: string;
  /** Whole sentences: which endpoint was tried, what it answered, what to do. */
  sentence: string;
  actions: ErrorAction[];
}

/** What to say of an engine that cannot be used. `reason` is what the endpoint answered, in its own words. */
export function engineHelp(problem: EngineProblem, endpoint: Endpoint | undefined, reason: string): EngineHelp {
  const tried = endpoint ? named(endpoint) : '';
  const words = plain(reason, 300);
  switch (problem) {
    case 'no-endpoint':
      return {
        title: t('No Docker engine was found'),
        sentence: t(
          'No Docker engine was found: no setting, variable or docker context names one, and no known socket exists. Install and start Docker or Podman, or set docknotes.engine.host.',
        ),
        actions: [openSetting(), note('error.engine-not-running')],
      };
    case 'not-running':
      return {
        title: t('The Docker engine is not running'),
        sentence: isPodman(endpoint)
          ? t(
              'The Podman engine at {0} does not answer ({1}). Start it with "{2}"; this view fills by itself when it runs.',
              tried,
              words,
              podmanCommand(endpoint),
            )
          : t(
              'The Docker engine at {0} does not answer ({1}). Start it, for example with Docker Desktop or "sudo systemctl start docker"; this view fills by itself when it runs.',
              tried,
              words,
            ),
        actions: [note('error.engine-not-running'), openSetting()],
      };
    case 'closed':
      return {
        title: t('The connection to the Docker engine was lost'),
        sentence: t(
          'The connection to the Docker engine at {0} was closed before this was done. Look whether the engine is there, and do it again; the views follow by themselves.',
          tried,
        ),
        actions: [note('error.engine-not-running')],
      };
    case 'permission-denied':
      return {
        title: t('No permission to use the Docker engine'),
        sentence: isPodman(endpoint)
          ? t(
              'Your user may not use the Podman engine at {0} ({1}). Start one of your own with "systemctl --user start podman.socket", and choose it with Use Engine.',
              tried,
              words,
            )
          : t(
              'Your user may not use the Docker engine at {0} ({1}). Add yourself to the docker group with "sudo usermod -aG docker $USER", then log out and in again.',
              tried,
              words,
            ),
        actions: [note('error.permission-denied')],
      };
    case 'not-an-engine':
      return {
        title: t('This is not a Docker engine'),
        sentence: t('What answers at {0} is not a Docker engine ({1}). Check the address.', tried, words),
        actions: [openSetting(), note('engine.remote')],
      };
    case 'tls':
      return {
        title: t('No secure connection to the Docker engine'),
        sentence: t(
          'The secure connection to the Docker engine at {0} failed ({1}). Check that the port speaks TLS, and the certificates of the docker context or in DOCKER_CERT_PATH.',
          tried,
          words,
        ),
        actions: [note('engine.remote'), openSetting()],
      };
    case 'bad-address':
      return {
        title: t('The address of the Docker engine is wrong'),
        sentence: t(
          'The address of the Docker engine cannot be used: {0} Correct {1}.',
          /[.。]$/.test(words) ? words : `${words}.`,
          endpoint ? origin(endpoint) : t('the docker context'),
        ),
        actions: [openSetting(), note('engine.remote')],
      };
    case 'ssh-host-key':
      return {
        title: t('ssh does not trust the host of the Docker engine'),
        sentence: t(
          'ssh does not know the key of the host of the Docker engine at {0}, or the key has changed ({1}). Run "{2}" in a terminal, compare the key with the one of the host and accept it, then refresh.',
          tried,
          words,
          sshCommand(endpoint),
        ),
        actions: [refresh(), note('engine.remote'), openSetting()],
      };
    case 'ssh-login':
      return {
        title: t('The host of the Docker engine refused the login'),
        sentence: t(
          'The host of the Docker engine at {0} refused the login ({1}). Add your key to an ssh agent, or name it in your ssh configuration, so that "{2}" logs in without asking anything, then refresh.',
          tried,
          words,
          sshCommand(endpoint),
        ),
        actions: [refresh(), note('engine.remote'), openSetting()],
      };
    case 'ssh':
      return {
        title: t('No ssh connection to the host of the Docker engine'),
        sentence: t(
          'The ssh connection to the Docker engine at {0} failed ({1}). Check that "{2}" works in a terminal.',
          tried,
          words,
          sshCommand(endpoint),
        ),
        actions: [refresh(), note('engine.remote'), openSetting()],
      };
    case 'timeout':
      return {
        title: t('The Docker engine does not answer'),
        sentence: t(
          'The Docker engine at {0} took the connection but does not answer ({1}). It may be starting or overloaded; restart it if this lasts.',
          tried,
          words,
        ),
        actions: [note('error.engine-not-running')],
      };
    case 'other':
      return {
        title: t('The Docker engine cannot be reached'),
        sentence: t('The Docker engine at {0} cannot be used: {1}', tried || t('the docker context'), words),
        actions: [note('error.engine-not-running'), openSetting()],
      };
  }
}

/** A known failure: what its message holds, and what to say of it. The first group is its subject. */
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

/** The sentence for any failure of a request to the engine, with a stable code; unknown ones keep their own words. */
export function explain(error: unknown): UserError {
  if (error instanceof UserError) {
    return error;
  }
  if (error instanceof EngineError && error.problem !== undefined) {
    const { sentence, actions } = engineHelp(error.problem, error.endpoint, error.message);
    return new UserError(`engine-${error.problem}`, sentence, { actions, cause: error });
  }
  const words = plain(messageOf(error), 1000);
  const match = matchKnown(words);
  if (!match) {
    return new UserError(
      'engine',
      words || t('The engine failed without saying why. Look into the log of the engine, or try again.'),
      { cause: error },
    );
  }
  const { code, sentence, actions } = match;
  return new UserError(code, sentence, { actions, cause: error });
}

/**
 * Why a process could not be started in a container: the engine then writes the reason as its output and ends
 * with 126 or 127. Undefined when the process did run.
 */
export function explainExec(exitCode: number | undefined, output: string): UserError | undefined {
  if (exitCode !== 126 && exitCode !== 127) {
    return undefined;
  }
  const words = plain(output, 1000);
  if (!/OCI runtime exec failed|executable file not found|no such file or directory/i.test(words)) {
    return undefined;
  }
  return explain(new EngineError(words));
}

function matchKnown(words: string): { code: string; sentence: string; actions: ErrorAction[] } | undefined {
  for (const { code, pattern, say, note: key } of known) {
    const match = pattern.exec(words);
    if (match) {
      const subject = match.slice(1).find((group) => group) ?? '';
      return { code, sentence: say(plain(subject, 200), plain(words, 300)), actions: key ? [note(key)] : [] };
    }
  }
  return undefined;
}

function named(endpoint: Endpoint): string {
  return t('{0} (from {1})', plain(endpoint.url, 200), origin(endpoint));
}

/** Podman listens at `podman.sock`, in a folder of its own; what a person has moved elsewhere is not told apart. */
function isPodman(endpoint: Endpoint | undefined): boolean {
  return /podman[^/]*$/.test(endpoint?.url ?? '');
}

/** How Podman is started: its machine on macOS and Windows, the socket of root, or the one of another user. */
function podmanCommand(endpoint: Endpoint | undefined): string {
  const url = endpoint?.url ?? '';
  if (url.includes('podman-machine')) {
    return 'podman machine start';
  }
  return url.includes('/run/podman/') ? 'sudo systemctl start podman.socket' : 'systemctl --user start podman.socket';
}

function origin(endpoint: Endpoint): string {
  switch (endpoint.source) {
    case 'setting':
      return t('the setting docknotes.engine.host');
    case 'DOCKER_HOST':
      return t('the variable DOCKER_HOST');
    case 'context':
      return t('the docker context {0}', plain(endpoint.context ?? '', 100));
    case 'well-known':
      return t('its usual place');
    case 'added':
      return t('the engines that were added by hand');
  }
}

/** What a person types to see what ssh says; the parts of the address have been checked before it was used. */
function sshCommand(endpoint: Endpoint | undefined): string {
  const match = /^ssh:\/\/([^/:[]+|[^/]*\])(?::(\d+))?/.exec(endpoint?.url ?? '');
  const place = plain(match?.[1] ?? '', 200).replace(/[[\]]/g, '');
  return match?.[2] ? `ssh -p ${match[2]} ${place}` : `ssh ${place}`;
}

function refresh(): ErrorAction {
  return { label: t('Refresh'), command: 'docknotes.refresh' };
}

function note(key: string): ErrorAction {
  return { label: t('Show Note'), note: key };
}

function openSetting(): ErrorAction {
  return { label: t('Open Setting'), command: 'workbench.action.openSettings', args: ['docknotes.engine.host'] };
}
