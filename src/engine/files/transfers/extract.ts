// Unpacks an archive from outside into a new local folder, and nowhere else.
import { createWriteStream } from 'node:fs';
import { chmod, link, lstat, mkdir, rm, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '../../../local/failure.ts';
import { into, writeWhole } from '../../../local/wholeFile.ts';
import { UserError } from '../../../model/errors.ts';
import { isFileName } from '../../../model/files/entry.ts';
import { t } from '../../../model/l10n.ts';
import { plain } from '../../../model/text.ts';
import type { TarEntry } from '../tar/reader.ts';
import type { SkipReason, Transferred } from '../types.ts';
import { counted } from './meter.ts';
import { emptyResult, skip } from './result.ts';

/**
 * Writes the entries below `folder`, which must not be there yet. While entries are written there is no link in the
 * folder, so that no name leads out of it; links that stay inside come last. Devices and pipes are left out and named.
 * The owner is who runs this; of the mode, setuid, setgid and sticky are left out.
 */
export async function extractFolder(
  entries: AsyncIterable<TarEntry>,
  folder: string,
  { signal, onBytes }: ExtractOptions,
): Promise<Transferred> {
  const unpacking: Unpacking = { folder, written: new Set(), folders: [], links: [], result: emptyResult() };
  await makeNew(folder);
  for await (const entry of entries) {
    signal.throwIfAborted();
    const reason = await extractEntry(entry, unpacking, { signal, onBytes });
    if (reason) {
      skip(unpacking.result, entry.name, reason);
    }
  }
  await makeLinks(unpacking);
  // Last, and the deepest first: a folder may be read-only, and writing into it changes its time.
  for (const { place, mode, modified } of unpacking.folders.reverse()) {
    await setTimes(place, mode | 0o700, modified);
  }
  return unpacking.result;
}

interface ExtractOptions {
  signal: AbortSignal;
  onBytes?: ((length: number) => void) | undefined;
}

/** A folder that is being filled. */
interface Unpacking {
  readonly folder: string;
  /** Regular files that were written, by their steps joined with `/`: only these may get a second name. */
  readonly written: Set<string>;
  /** What is done when all else is written. */
  readonly folders: { place: string; mode: number; modified: number }[];
  readonly links: { place: string; steps: string[]; link: string; name: string }[];
  readonly result: Transferred;
}

/** Writes one entry, or notes it for the end; why it was left out, if it was. */
async function extractEntry(
  entry: TarEntry,
  unpacking: Unpacking,
  options: ExtractOptions,
): Promise<SkipReason | undefined> {
  const { folder, written, folders, links, result } = unpacking;
  const steps = entry.unnameable ? undefined : safeSteps(entry.name);
  if (!steps) {
    return 'name';
  }
  const place = path.join(folder, steps.join('/'));
  try {
    await mkdir(entry.kind === 'folder' ? place : path.dirname(place), { recursive: true });
  } catch {
    // A file stands where a folder should be: the archive contradicts itself.
    return 'name';
  }
  switch (entry.kind) {
    case 'folder':
      folders.push({ place, mode: entry.mode, modified: entry.modified });
      return undefined;
    case 'file':
      if (!(await makeRoom(place))) {
        return 'name';
      }
      await writeFile(entry, place, options);
      written.add(steps.join('/'));
      result.files++;
      result.bytes += entry.size;
      return undefined;
    case 'link':
      links.push({ place, steps, link: entry.link, name: entry.name });
      return undefined;
    case 'hard': {
      const other = safeSteps(entry.link)?.join('/');
      if (other === undefined || !written.has(other) || !(await makeRoom(place))) {
        return 'link';
      }
      await link(path.join(folder, other), place);
      written.add(steps.join('/'));
      result.files++;
      return undefined;
    }
    case 'unknown':
      return 'unknown';
    default:
      return 'special';
  }
}

/** Only once all files are written, so that none of them is written through a link. */
async function makeLinks({ links, result }: Unpacking): Promise<void> {
  for (const { place, steps, link: text, name } of links) {
    const made =
      staysWithin(steps, text) &&
      (await symlink(text, place).then(
        () => true,
        () => false,
      ));
    if (!made) {
      skip(result, name, 'link');
    }
  }
}

/** Writes the archive's one file to a local path, over a file that is there only with `overwrite`. */
export async function extractFile(
  entries: AsyncIterable<TarEntry>,
  place: string,
  { signal, onBytes, overwrite }: ExtractOptions & { overwrite: boolean },
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
    return { ...emptyResult(), files: 1, bytes: entry.size };
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
export function staysWithin(steps: readonly string[], text: string): boolean {
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

async function writeFile(entry: TarEntry, place: string, { signal, onBytes }: ExtractOptions): Promise<void> {
  // "wx" never follows a link and never opens what is there.
  await pipeline(content(entry, onBytes), createWriteStream(place, { flags: 'wx' }), { signal });
  await setTimes(place, entry.mode, entry.modified);
}

function content(entry: TarEntry, onBytes: ExtractOptions['onBytes']): Readable {
  return Readable.from(counted(entry.body(), onBytes), { objectMode: false });
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
