// A lock among all windows.
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds after which a lock belongs to a window that is gone: a change takes a few. */
const abandoned = 10_000;
/** Milliseconds that a change waits for those of other windows. */
const patience = 20_000;

/**
 * Runs `work` while nobody else runs any under this name with this folder, which need not exist. Rejects as `work` does,
 * and when the lock cannot be had.
 */
export async function withLock<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, `${name}.lock`);
  await mkdir(folder, { recursive: true });
  await acquire(lock);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** A file that only one can make is the lock. */
async function acquire(lock: string): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      // Windows says EPERM of a file that is on its way out.
      const held = ['EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!held || Date.now() > end) {
        throw error;
      }
    }
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - since > abandoned) {
      await rm(lock, { force: true });
    } else {
      await wait(5 + Math.random() * 20);
    }
  }
}
