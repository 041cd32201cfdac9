// The system packages that the real parts need: what is missing, and installing it where that is possible.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { capture, programOnPath, withLock } from './process.ts';

/** What Docknotes needs from the system, by the part that needs it. */
const packages = {
  engine: ['docker.io', 'containerd', 'runc', 'iptables', 'iproute2', 'busybox-static'],
  registry: ['docker-registry', 'openssl'],
  ssh: ['openssh-server', 'openssh-client'],
  podman: ['podman'],
  editor: ['libkrb5-dev', 'build-essential', 'python3'],
  browser: ['chromium', 'fonts-noto-cjk'],
} as const;

export type SystemPart = keyof typeof packages;

/** Whether this process may install packages: root on a Debian or one of its children. */
export function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/**
 * Installs the missing Debian packages of the parts, as root on Debian.
 * Elsewhere it does nothing: each part then says by itself what it lacks.
 */
export async function installSystemPackages(parts: readonly SystemPart[], say: (line: string) => void): Promise<void> {
  if (!canInstall()) {
    return;
  }
  await withLock('/var/tmp/docknotes-apt.lock', async () => {
    const missing = await missingPackages(parts);
    if (missing.length === 0) {
      return;
    }
    say(`Installing Debian packages: ${missing.join(' ')} …`);
    if (!(await known(missing))) {
      await apt(['update']);
    }
    try {
      await apt(['install', '--no-install-recommends', '-y', ...missing]);
    } catch {
      // The lists may name versions that the mirror has replaced since.
      await apt(['update']);
      await apt(['install', '--no-install-recommends', '-y', ...missing]);
    }
  });
}

/** The packages of these parts that dpkg does not list as installed. */
export async function missingPackages(parts: readonly SystemPart[]): Promise<string[]> {
  const wanted = [...new Set<string>(parts.flatMap((part) => packages[part]))];
  // dpkg fails when it does not know one of the names, and describes the others all the same.
  const described = await capture('sh', ['-c', 'LC_ALL=C dpkg -s "$@" 2>/dev/null; true', 'sh', ...wanted]);
  const installed = new Set(
    described
      .split('\n\n')
      .filter((paragraph) => paragraph.includes('\nStatus: install ok installed\n'))
      .map((paragraph) => /^Package: (.+)$/m.exec(paragraph)?.[1]),
  );
  return wanted.filter((name) => !installed.has(name) && !providedOtherwise(name));
}

/** One sentence for a person whose machine lacks a part and where nothing can be installed for them. */
export function howToInstall(part: SystemPart): string {
  const names = packages[part].join(' ');
  switch (part) {
    case 'engine':
      return `Start Docker (Docker Desktop, or "sudo systemctl start docker"), or run this as root on Debian, where ${names} are installed.`;
    case 'registry':
      return 'Install the program docker-registry, or start Docker, so that the image registry:2 can be run.';
    case 'ssh':
      return 'Install an OpenSSH server and client, and run this as root.';
    case 'podman':
      return 'Install Podman, and run this as root on Linux.';
    case 'editor':
      return `Install the packages ${names} (or their counterparts), which code-server needs to build its native parts.`;
    case 'browser':
      return 'Install Chromium or Chrome, or name its program in DOCKNOTES_TEST_BROWSER.';
  }
}

/** A machine with Docker from elsewhere has no docker.io package and must not get one beside it. */
function providedOtherwise(name: string): boolean {
  switch (name) {
    case 'docker.io':
      return programOnPath('dockerd') !== undefined;
    case 'containerd':
    case 'runc':
      return programOnPath(name) !== undefined;
    case 'iproute2':
      return programOnPath('ip') !== undefined;
    default:
      return false;
  }
}

/** Whether the package lists on this machine have all these names; they are empty on a fresh machine. */
async function known(names: readonly string[]): Promise<boolean> {
  const policy = await capture('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } });
  return names.every((name) => policy.includes(`${name}:\n`)) && !policy.includes('Candidate: (none)');
}

/** Runs apt-get with its output on the screen, since it may take minutes. */
function apt(args: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
    // The engine that Debian's package would start is not wanted: Docknotes runs a private one.
    RUNLEVEL: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`apt-get ${args.join(' ')} ended with exit code ${code}.`)),
    );
  });
}
