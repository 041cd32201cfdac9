// What makes each kind of engine trust a CA: the folder that it looks into, and the commands that put the certificate there.
//
// Docker's folders: the documentation of dockerd and of Docker Desktop; Podman's: containers-certs.d(5).
import type { EngineKind, Platform } from '../engines/kind.ts';
import { t } from '../l10n.ts';

/** One way to give a CA to an engine. */
export interface Recipe {
  kind: EngineKind;
  /** Only for an engine on such a machine. */
  platform?: Platform;
  title: string;
  shell: 'sh' | 'powershell';
  /** The commands for one host; `file` is quoted already. */
  commands(host: string, file: string): string[];
  after?: string;
}

/** All of them, in the order in which they are shown; their titles and sentences are in the language of the editor. */
export function trustRecipes(): Recipe[] {
  return [...enginesOnLinux(), ...desktops(), ...otherSystems()];
}

function enginesOnLinux(): Recipe[] {
  return [
    {
      kind: 'docker',
      title: t('Docker Engine on Linux'),
      shell: 'sh',
      commands: (host, file) => [`sudo install -D -m 644 ${file} ${quoteSh(`/etc/docker/certs.d/${host}/ca.crt`)}`],
      after: atOnce(),
    },
    {
      kind: 'rootless',
      title: t('Docker Engine without root (rootless)'),
      shell: 'sh',
      commands: (host, file) => [`install -D -m 644 ${file} ~/${quoteSh(`.config/docker/certs.d/${host}/ca.crt`)}`],
      after: atOnce(),
    },
    {
      kind: 'podman',
      title: t('Podman on Linux'),
      shell: 'sh',
      commands: (host, file) => [`sudo install -D -m 644 ${file} ${quoteSh(`${podmanFolder(host)}/ca.crt`)}`],
      after: atOnce(),
    },
  ];
}

function desktops(): Recipe[] {
  return [
    desktopOnUnix('darwin', t('Docker Desktop on macOS')),
    desktopOnUnix('linux', t('Docker Desktop on Linux')),
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
  ];
}

/** The engine on Windows leaves the colon of `host:port` out of its folder's name. */
function otherSystems(): Recipe[] {
  return [
    {
      kind: 'windows',
      title: t('Docker Engine for Windows containers'),
      shell: 'powershell',
      commands: (host, file) => {
        const folder = `$env:ProgramData\\docker\\certs.d\\${host.replaceAll(':', '')}`;
        return [`New-Item -ItemType Directory -Force "${folder}"`, `Copy-Item ${file} "${folder}\\ca.crt"`];
      },
      after: atOnce(),
    },
    {
      kind: 'podman-machine',
      platform: 'win32',
      title: t('Podman in its virtual machine on Windows'),
      shell: 'powershell',
      commands: (host, file) => [`Get-Content ${file} | ${inMachine(host)}`],
      after: atOnce(),
    },
    {
      kind: 'podman-machine',
      title: t('Podman in its virtual machine'),
      shell: 'sh',
      commands: (host, file) => [`${inMachine(host)} < ${file}`],
      after: atOnce(),
    },
  ];
}

function atOnce(): string {
  return t('Nothing has to be restarted: the folder is read at each request.');
}

function inMachine(host: string): string {
  return `podman machine ssh "sudo mkdir -p ${podmanFolder(host)} && sudo tee ${podmanFolder(host)}/ca.crt"`;
}

function podmanFolder(host: string): string {
  return `/etc/containers/certs.d/${host}`;
}

function desktopOnUnix(platform: 'linux' | 'darwin', title: string): Recipe {
  return {
    kind: 'desktop',
    platform,
    title,
    shell: 'sh',
    commands: (host, file) => [
      `mkdir -p ~/${quoteSh(`.docker/certs.d/${host}`)}`,
      `cp ${file} ~/${quoteSh(`.docker/certs.d/${host}/ca.crt`)}`,
    ],
    after: t('Then restart Docker Desktop.'),
  };
}

/** A word for a POSIX shell. */
export function quoteSh(text: string): string {
  return /^[\w./:@%+~-]+$/.test(text) && !text.startsWith('~') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A word for PowerShell. */
export function quotePowerShell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
