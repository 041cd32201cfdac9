// Folders of parts that run, and removing every trace of a part: also of one whose owner died without ending it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { alive, capture, endProcess, processState } from './process.ts';

const prefix = 'docknotes-';

/** A new folder with a short path, whose name says whose it is. */
export function temporaryFolder(kind: string): string {
  return mkdtempSync(join(tmpdir(), `${prefix}${kind}-${process.pid}-`));
}

/** The name of the network bridge that belongs to a folder; Linux allows 15 characters. */
export function bridgeName(folder: string): string {
  return `dn-${basename(folder).slice(-6)}`;
}

/** Ends the processes that run from the folder, unmounts what is below it, and removes it and its network bridge. */
export async function removeTemporary(folder: string): Promise<void> {
  await endProcessesOf(folder);
  if (process.platform === 'linux') {
    await unmount(folder);
    if (existsSync(`/sys/class/net/${bridgeName(folder)}`)) {
      await capture('ip', ['link', 'delete', bridgeName(folder)]);
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Ends the processes whose command line names a path in the folder, and what they started. Linux only. */
export async function endProcessesOf(folder: string): Promise<void> {
  if (process.platform === 'linux') {
    await Promise.all(processesOf(folder).map((pid) => endProcess(pid, 2000)));
  }
}

/** Unmounts the folder and everything below it, the innermost first. Linux only. */
export async function unmount(folder: string): Promise<void> {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path === folder || path.startsWith(`${folder}/`));
  for (const path of mounts.reverse()) {
    await capture('umount', ['-l', path]).catch(() => undefined);
  }
}

/** Removes what processes that have ended without cleaning up left behind. */
export async function sweepTemporary(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}[\\w-]+-(\\d+)-\\w{6}$`).exec(name)?.[1];
    if (owner && !alive(Number(owner))) {
      await removeTemporary(join(tmpdir(), name));
    }
  }
}

/** Processes whose command line names the folder (dockerd, containerd, the shims of containers), and their descendants. */
function processesOf(folder: string): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = new Set(all.filter((name) => commandLine(name).includes(`${folder}/`)).map(Number));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const pid of all.map(Number)) {
      if (found.has(processState(pid)?.parent ?? -1)) {
        found.add(pid);
      }
    }
  }
  // A sweep can be asked for by a process that was itself given a path in the folder.
  for (let pid = process.pid; pid > 1; pid = processState(pid)?.parent ?? 0) {
    found.delete(pid);
  }
  return [...found];
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
