// Why an engine cannot be used, for people: what was tried, what it answered, and the way out, from the field notes.

import type { ErrorAction } from '../errors.ts';
import { t } from '../l10n.ts';
import { plain } from '../text.ts';
import type { Endpoint, EngineProblem } from './endpoint.ts';

export interface EngineHelp {
  /** A few words, for a row or a heading. */
  title: string;
  /** Whole sentences: which endpoint was tried, what it answered, what to do. */
  sentence: string;
  actions: ErrorAction[];
}

/** What to say of an engine that cannot be used. `reason` is what the endpoint answered, in its own words. */
export function engineHelp(problem: EngineProblem, endpoint: Endpoint | undefined, reason: string): EngineHelp {
  return helpFor[problem]({ endpoint, tried: endpoint ? named(endpoint) : '', words: plain(reason, 300) });
}

/** What was tried and how it went. */
interface Attempt {
  endpoint: Endpoint | undefined;
  /** The endpoint and where its address comes from, as a sentence may hold it; empty without one. */
  tried: string;
  /** What the endpoint answered, made plain. */
  words: string;
}

const helpFor: Readonly<Record<EngineProblem, (attempt: Attempt) => EngineHelp>> = {
  'no-endpoint': () => ({
    title: t('No Docker engine was found'),
    sentence: t(
      'No Docker engine was found: no setting, variable or docker context names one, and no known socket exists. Install and start Docker or Podman, or set docknotes.engine.host.',
    ),
    actions: [openSetting(), note('error.engine-not-running')],
  }),
  'not-running': ({ tried, words, endpoint }) => ({
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
  }),
  closed: ({ tried }) => ({
    title: t('The connection to the Docker engine was lost'),
    sentence: t(
      'The connection to the Docker engine at {0} was closed before this was done. Look whether the engine is there, and do it again; the views follow by themselves.',
      tried,
    ),
    actions: [note('error.engine-not-running')],
  }),
  'permission-denied': ({ tried, words, endpoint }) => ({
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
  }),
  'not-an-engine': ({ tried, words }) => ({
    title: t('This is not a Docker engine'),
    sentence: t('What answers at {0} is not a Docker engine ({1}). Check the address.', tried, words),
    actions: [openSetting(), note('engine.remote')],
  }),
  tls: ({ tried, words }) => ({
    title: t('No secure connection to the Docker engine'),
    sentence: t(
      'The secure connection to the Docker engine at {0} failed ({1}). Check that the port speaks TLS, and the certificates of the docker context or in DOCKER_CERT_PATH.',
      tried,
      words,
    ),
    actions: [note('engine.remote'), openSetting()],
  }),
  'bad-address': ({ words, endpoint }) => ({
    title: t('The address of the Docker engine is wrong'),
    sentence: t(
      'The address of the Docker engine cannot be used: {0} Correct {1}.',
      /[.。]$/.test(words) ? words : `${words}.`,
      endpoint ? origin(endpoint) : t('the docker context'),
    ),
    actions: [openSetting(), note('engine.remote')],
  }),
  'ssh-host-key': ({ tried, words, endpoint }) => ({
    title: t('ssh does not trust the host of the Docker engine'),
    sentence: t(
      'ssh does not know the key of the host of the Docker engine at {0}, or the key has changed ({1}). Run "{2}" in a terminal, compare the key with the one of the host and accept it, then refresh.',
      tried,
      words,
      sshCommand(endpoint),
    ),
    actions: [refresh(), note('engine.remote'), openSetting()],
  }),
  'ssh-login': ({ tried, words, endpoint }) => ({
    title: t('The host of the Docker engine refused the login'),
    sentence: t(
      'The host of the Docker engine at {0} refused the login ({1}). Add your key to an ssh agent, or name it in your ssh configuration, so that "{2}" logs in without asking anything, then refresh.',
      tried,
      words,
      sshCommand(endpoint),
    ),
    actions: [refresh(), note('engine.remote'), openSetting()],
  }),
  ssh: ({ tried, words, endpoint }) => ({
    title: t('No ssh connection to the host of the Docker engine'),
    sentence: t(
      'The ssh connection to the Docker engine at {0} failed ({1}). Check that "{2}" works in a terminal.',
      tried,
      words,
      sshCommand(endpoint),
    ),
    actions: [refresh(), note('engine.remote'), openSetting()],
  }),
  timeout: ({ tried, words }) => ({
    title: t('The Docker engine does not answer'),
    sentence: t(
      'The Docker engine at {0} took the connection but does not answer ({1}). It may be starting or overloaded; restart it if this lasts.',
      tried,
      words,
    ),
    actions: [note('error.engine-not-running')],
  }),
  other: ({ tried, words }) => ({
    title: t('The Docker engine cannot be reached'),
    sentence: t('The Docker engine at {0} cannot be used: {1}', tried || t('the docker context'), words),
    actions: [note('error.engine-not-running'), openSetting()],
  }),
};

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
