// Unpacks an archive from outside into a new local folder, and nowhere else.
import { createWriteStream } from 'node:fs';
import { chmod, link, lstat, mkdir, rm, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '../../local/failure.ts';
import { into, writeWhole } from '../../local/wholeFile.ts';
import { UserError } from '../../model/errors.ts';
import { isFileName } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import type { TarEntry } from './tar.ts';
import type { SkipReason, Transferred } from './types.ts';

/** Names that were left out and are kept for the report. */
const mostSkipped = 1_000;

/**
 * Writes the entries below `folder`, which must not be there yet. While entries are written there is no link in the
 * folder, so that no name leads out of it; links that stay inside come last. Devices and pipes are left out and named.
 * The owner is who runs this; of the mode, setuid, setgid and sticky are left out.
 */
export async function extractFolder(
  entries: AsyncIterable<TarEntry>,
  folder: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes?: (length: number) => void },
): Promise<Transferred> {
  const result: Transferred = { files: 0, bytes: 0, skipped: [], skippedCount: 0 };
  /** Regular files that were written, by their steps joined with `/`: only these may get a second name. */
  const written = new Set<string>();
  const folders: { place: string; mode: number; modified: number }[] = [];
  const links: { place: string; steps: string[]; link: string; name: string }[] = [];
  await makeNew(folder);

  for await (const entry of entries) {
    signal.throwIfAborted();
    const steps = entry.unnameable ? undefined : safeSteps(entry.name);
    if (!steps) {
      skip(result, entry.name, 'name');
      continue;
    }
    const place = path.join(folder, steps.join('/'));
    try {
      await mkdir(entry.kind === 'folder' ? place : path.dirname(place), { recursive: true });
    } catch {
      // A file stands where a folder should be: the archive contradicts itself.
      skip(result, entry.name, 'name');
      continue;
    }
    const { mode, modified } = entry;
    switch (entry.kind) {
      case 'folder':
        folders.push({ place, mode, modified });
        break;
      case 'file':
        if (!(await makeRoom(place))) {
          skip(result, entry.name, 'name');
          break;
        }
        await writeFile(entry, place, signal, onBytes);
        written.add(steps.join('/'));
        result.files++;
        result.bytes += entry.size;
        break;
      case 'link':
        links.push({ place, steps, link: entry.link, name: entry.name });
        break;
      case 'hard': {
        const other = safeSteps(entry.link);
        if (other && written.has(other.join('/')) && (await makeRoom(place))) {
          await link(path.join(folder, other.join('/')), place);
          written.add(steps.join('/'));
          result.files++;
        } else {
          skip(result, entry.name, 'link');
        }
        break;
      }
      case 'unknown':
        skip(result, entry.name, 'unknown');
        break;
      default:
        skip(result, entry.name, 'special');
    }
  }

  for (const { place, steps, link: text, name } of links) {
    const made =
      staysInside(steps, text) &&
      (await symlink(text, place).then(
        () => true,
        () => false,
      ));
    if (!made) {
      skip(result, name, 'link');
    }
  }
  // Last, and the deepest first: a folder may be read-only, and writing into it changes its time.
  for (const { place, mode, modified } of folders.reverse()) {
    await setTimes(place, mode | 0o700, modified);
  }
  return result;
}

/** Writes the archive's one file to a local path, over a file that is there only with `overwrite`. */
export async function extractFile(
  entries: AsyncIterable<TarEntry>,
  place: string,
  { signal, onBytes, overwrite }: { signal: AbortSignal; onBytes?: (length: number) => void; overwrite: boolean },
): Promise<Transferred> {
  for await (const entry of entries) {
    if (entry.kind !== 'file') {
      break;
    }
    if (!overwrite && (await lstat(place).catch(() => undefined))) {
      throw new UserError(
        'file-exists',
        t('{0} exists already. Choose another name, or let it be replaced (overwrite).', plain(place, 300)),
      );
    }
    // Beside its place first, so that a transfer that ends early leaves the old file as it was.
    const { mode, modified } = entry;
    await writeWhole(
      place,
      async (file) => {
        await pipeline(content(entry, onBytes), into(file), { signal });
        await file.utimes(modified / 1000, modified / 1000).catch(() => undefined);
      },
      { mode: mode & 0o777 },
    );
    return { files: 1, bytes: entry.size, skipped: [], skippedCount: 0 };
  }
  throw new UserError('not-a-file', t('This is not a file, and cannot be saved as one.'));
}

/** An entry's path as steps below the folder; undefined when it would be elsewhere. */
export function safeSteps(name: string, platform: NodeJS.Platform = process.platform): string[] | undefined {
  if (name.startsWith('/')) {
    return undefined;
  }
  const steps = name.split('/').filter((step) => step !== '' && step !== '.');
  const usable = steps.every((step) => isFileName(step) && (platform !== 'win32' || isWindowsName(step)));
  return usable ? steps : undefined;
}

/**
 * Whether a link's text leads to a place in the folder. Ways up may only come first: behind another link they would
 * start from where that one leads. Such steps are inside by themselves, as every link here is.
 */
export function staysInside(steps: readonly string[], text: string): boolean {
  if (text === '' || text.startsWith('/') || /[\\\0]/.test(text) || /^[A-Za-z]:/.test(text)) {
    return false;
  }
  const way = text.split('/').filter((step) => step !== '' && step !== '.');
  const forward = way.findIndex((step) => step !== '..');
  const up = forward < 0 ? way.length : forward;
  return up <= steps.length - 1 && !way.slice(up).includes('..');
}

/** Windows reads some characters and names in its own way: `C:x`, `a\b`, `nul`, a dot or space at the end. */
function isWindowsName(step: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return !/[\\:*?"<>|\u0000-\u001f]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i.test(step);
}

async function writeFile(
  entry: TarEntry,
  place: string,
  signal: AbortSignal,
  onBytes?: (length: number) => void,
): Promise<void> {
  // "wx" never follows a link and never opens what is there.
  await pipeline(content(entry, onBytes), createWriteStream(place, { flags: 'wx' }), { signal });
  await setTimes(place, entry.mode, entry.modified);
}

function content(entry: TarEntry, onBytes?: (length: number) => void): Readable {
  const counted = async function* () {
    for await (const chunk of entry.body()) {
      onBytes?.(chunk.length);
      yield chunk;
    }
  };
  return Readable.from(counted(), { objectMode: false });
}

async function setTimes(place: string, mode: number, modified: number): Promise<void> {
  await chmod(place, mode & 0o777).catch(() => undefined);
  await utimes(place, modified / 1000, modified / 1000).catch(() => undefined);
}

async function makeNew(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? existsHere(folder)
      : new UserError('local-folder', t('The folder {0} cannot be created. {1}', plain(folder, 300), reasonOf(error)));
  }
}

/** Removes an earlier entry of the same name, which the later one replaces; false when a folder is in the way. */
async function makeRoom(place: string): Promise<boolean> {
  const there = await lstat(place).catch(() => undefined);
  if (there?.isDirectory()) {
    return false;
  }
  if (there) {
    await rm(place);
  }
  return true;
}

function existsHere(place: string): UserError {
  return new UserError('file-exists', t('{0} exists already. Choose another name.', place));
}

function skip(result: Transferred, name: string, reason: SkipReason): void {
  result.skippedCount++;
  if (result.skipped.length < mostSkipped) {
    result.skipped.push({ name: name.slice(0, 4096).replace(/^\.\//, ''), reason });
  }
}
