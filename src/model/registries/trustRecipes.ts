// How each kind of engine comes to trust a registry's own CA: the folder and the commands, as a Markdown document.
import type { Endpoint } from '../engines/endpoint.ts';
import { t } from '../l10n.ts';

/** How an engine was installed, as far as it decides where it looks for CAs. */
export type EngineKind = 'docker' | 'rootless' | 'desktop' | 'windows' | 'podman' | 'podman-machine';

export interface TrustSubject {
  /** `host[:port]` as `parseAddress` gives it, since it becomes part of commands; each has a folder of its own. */
  hosts: readonly string[];
  /** The CA's certificate. */
  pem: string;
  /** SHA-256, as OpenSSL prints it. */
  fingerprint: string;
  /** Where the certificate lies on this machine; without it, the reader is told to save it. */
  file?: string;
}

export interface TrustPlace {
  /** The system of this machine, on which the commands for `kind` run unless the engine is elsewhere. */
  platform: 'linux' | 'darwin' | 'win32';
  /** The engine in use, which comes first; undefined when there is none. */
  kind?: EngineKind;
  /** The engine's host, when it is another machine. */
  remote?: string;
}

/** One way to give a CA to an engine. */
interface Recipe {
  kind: EngineKind;
  /** Only for an engine on such a machine. */
  platform?: TrustPlace['platform'];
  title: string;
  shell: 'sh' | 'powershell';
  /** The commands for one host; `file` is quoted already. */
  commands(host: string, file: string): string[];
  after?: string;
}

/** The kind of an engine, from what it says of itself and where it listens. */
export function engineKindOf(
  engine: { endpoint: Pick<Endpoint, 'url'>; name: string; os: string },
  platform: TrustPlace['platform'],
): EngineKind {
  const { url } = engine.endpoint;
  if (/podman/i.test(engine.name) || /podman/i.test(url)) {
    return platform === 'linux' && !/machine/.test(url) ? 'podman' : 'podman-machine';
  }
  if (engine.os === 'windows') {
    return 'windows';
  }
  const local = /^(?:unix|npipe):/.test(url);
  if (/desktop/i.test(engine.name) || /\.docker\/(?:run|desktop)\//.test(url) || (local && platform !== 'linux')) {
    return 'desktop';
  }
  return /^unix:\/\/(?:\/run\/user\/|\/home\/|.*\/docker-\d+\/)/.test(url) ? 'rootless' : 'docker';
}

/** The host of an engine on another machine; undefined for one that listens on a socket or pipe of this machine. */
export function remoteHostOf(url: string): string | undefined {
  const match = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(url);
  const host = match?.[1]?.replace(/^\[|\]$/g, '').toLowerCase();
  return host === undefined || host === 'localhost' || host === '::1' || host.startsWith('127.') ? undefined : host;
}

/**
 * A Markdown document with the CA's fingerprint and file, and for each kind of engine the commands that make it trust
 * the CA: first for the engine in use, then for the others. Commands are quoted for their shell.
 */
export function trustInstructions(subject: TrustSubject, place: TrustPlace): string {
  const recipes = allRecipes();
  const own = recipes.find(
    ({ kind, platform }) => kind === place.kind && (platform === undefined || platform === place.platform),
  );
  const others = recipes.filter((recipe) => recipe !== own);
  const file = place.remote === undefined ? subject.file : undefined;
  return [
    `# ${t('Trust the CA of {0}', code(subject.hosts[0] ?? ''))}`,
    t(
      'The certificate of this registry was signed by a CA of its own. An engine pushes to it and pulls from it once it knows that CA. An engine reaches a registry on its own machine, as localhost or 127.0.0.1, without this.',
    ),
    `- ${t('SHA-256 fingerprint of the CA: {0}', code(subject.fingerprint))}`,
    subject.file === undefined
      ? `- ${t('Save the certificate at the end of this page as {0}.', code('ca.crt'))}`
      : `- ${t('The certificate of the CA: {0}', code(subject.file))}`,
    ...(own
      ? [
          `## ${place.remote === undefined ? t('The engine in use: {0}', own.title) : t('The engine in use, on {0}: {1}', place.remote, own.title)}`,
          ...(place.remote === undefined ? [] : [t('Copy the certificate to that machine first, and run this there.')]),
          ...steps(own, subject.hosts, file),
        ]
      : []),
    `## ${t('Other engines')}`,
    t('Copy the certificate to the machine as {0}, and compare its fingerprint there:', code('ca.crt')),
    block('sh', ['openssl x509 -in ca.crt -noout -fingerprint -sha256']),
    ...others.flatMap((recipe) => [`### ${recipe.title}`, ...steps(recipe, subject.hosts, undefined)]),
    `## ${t('The certificate')}`,
    block('text', [subject.pem.trim()]),
    '',
  ].join('\n\n');
}

function steps({ shell, commands, after }: Recipe, hosts: readonly string[], file: string | undefined): string[] {
  const quoted = file === undefined ? 'ca.crt' : shell === 'sh' ? quoteSh(file) : quotePowerShell(file);
  return [block(shell, [...new Set(hosts.flatMap((host) => commands(host, quoted)))]), ...(after ? [after] : [])];
}

/**
 * Docker's folders: the documentation of dockerd and of Docker Desktop; Podman's: containers-certs.d(5). The engine on
 * Windows leaves the colon of `host:port` out.
 */
function allRecipes(): Recipe[] {
  const atOnce = t('Nothing has to be restarted: the folder is read at each request.');
  const restart = t('Then restart Docker Desktop.');
  const inMachine = (host: string) =>
    `podman machine ssh "sudo mkdir -p ${podmanFolder(host)} && sudo tee ${podmanFolder(host)}/ca.crt"`;
  return [
    {
      kind: 'docker',
      title: t('Docker Engine on Linux'),
      shell: 'sh',
      commands: (host, file) => [`sudo install -D -m 644 ${file} ${quoteSh(`/etc/docker/certs.d/${host}/ca.crt`)}`],
      after: atOnce,
    },
    {
      kind: 'rootless',
      title: t('Docker Engine without root (rootless)'),
      shell: 'sh',
      commands: (host, file) => [`install -D -m 644 ${file} ~/${quoteSh(`.config/docker/certs.d/${host}/ca.crt`)}`],
      after: atOnce,
    },
    {
      kind: 'podman',
      title: t('Podman on Linux'),
      shell: 'sh',
      commands: (host, file) => [`sudo install -D -m 644 ${file} ${quoteSh(`${podmanFolder(host)}/ca.crt`)}`],
      after: atOnce,
    },
    desktopOnUnix('darwin', t('Docker Desktop on macOS'), restart),
    desktopOnUnix('linux', t('Docker Desktop on Linux'), restart),
    {
      kind: 'desktop',
      platform: 'win32',
      title: t('Docker Desktop on Windows'),
      shell: 'powershell',
      commands: (_, file) => [`Import-Certificate -FilePath ${file} -CertStoreLocation Cert:\\CurrentUser\\Root`],
      after: t(
        'Windows asks whether to trust it. Then restart Docker Desktop. Browsers and other programs of your account trust the CA from then on, too.',
      ),
    },
    {
      kind: 'windows',
      title: t('Docker Engine for Windows containers'),
      shell: 'powershell',
      commands: (host, file) => {
        const folder = `$env:ProgramData\\docker\\certs.d\\${host.replaceAll(':', '')}`;
        return [`New-Item -ItemType Directory -Force "${folder}"`, `Copy-Item ${file} "${folder}\\ca.crt"`];
      },
      after: atOnce,
    },
    {
      kind: 'podman-machine',
      platform: 'win32',
      title: t('Podman in its virtual machine on Windows'),
      shell: 'powershell',
      commands: (host, file) => [`Get-Content ${file} | ${inMachine(host)}`],
      after: atOnce,
    },
    {
      kind: 'podman-machine',
      title: t('Podman in its virtual machine'),
      shell: 'sh',
      commands: (host, file) => [`${inMachine(host)} < ${file}`],
      after: atOnce,
    },
  ];
}

function podmanFolder(host: string): string {
  return `/etc/containers/certs.d/${host}`;
}

function desktopOnUnix(platform: 'linux' | 'darwin', title: string, after: string): Recipe {
  return {
    kind: 'desktop',
    platform,
    title,
    shell: 'sh',
    commands: (host, file) => [
      `mkdir -p ~/${quoteSh(`.docker/certs.d/${host}`)}`,
      `cp ${file} ~/${quoteSh(`.docker/certs.d/${host}/ca.crt`)}`,
    ],
    after,
  };
}

function quoteSh(text: string): string {
  return /^[\w./:@%+~-]+$/.test(text) && !text.startsWith('~') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function quotePowerShell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A span of code; the fence is longer than any run of backticks in it. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${fence}${text}${fence}`;
}

function block(language: string, lines: string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}
