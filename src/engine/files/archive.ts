// The engine's archive API: what a path is, a path's content as a tar stream, and a tar stream unpacked into a folder.
import { Readable } from 'node:stream';
import { EngineError } from '../../model/engines/error.ts';
import { baseName, type FileEntry, type FileListing, isFileName } from '../../model/files/entry.ts';
import { fields, text } from '../../model/untyped.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { fileFailure, notFound } from './failures.ts';
import { fromGoMode } from './mode.ts';
import { readTar, type TarEntry, type TarHeader } from './tar/reader.ts';
import { type TarSource, writeTar } from './tar/writer.ts';

/**
 * How much of a folder's tar stream is read to list it. The stream holds everything below the folder, and the engine
 * locks the container while it lasts; measured at 235 MB/s, so that this is about one second.
 */
const listingLimit = { bytes: 200 * 1024 * 1024, entries: 200_000, milliseconds: 5_000 };

/** A file by `HEAD /containers/{id}/archive`, a link not followed. Rejects with `file-not-found`. */
export async function statPath(
  transport: Transport,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileEntry> {
  const pattern = patternOf(transport, path);
  // Podman says 404 of a link to nothing, too, and describes the link all the same.
  const request = {
    method: 'HEAD' as const,
    path: archiveOf(container),
    query: { path: pattern },
    signal,
    accept: 404,
  };
  const header = await transport.headers(request).then(
    (headers) => text(headers['x-docker-container-path-stat']),
    (error: unknown) => {
      // Below a file the engine says 500.
      if (error instanceof EngineError && error.status === 500) {
        return '';
      }
      throw error;
    },
  );
  if (header === '') {
    // The answer to HEAD has no words to tell a missing file from a missing container.
    await transport.json({ method: 'GET', path: `/containers/${segment(container)}/json`, signal });
    throw notFound(path);
  }
  const { target, ...entry } = readStat(header);
  // Podman gives a link whose path it takes for a pattern back as its own end.
  const known = target !== undefined && (pattern === path || target !== pattern);
  return { ...entry, name: baseName(path), ...(known && { target }) };
}

/**
 * A path as it is asked for. Podman takes it for a pattern (Go's filepath.Match), and Podman 4 finds nothing when there
 * is an asterisk in it, which is therefore written as what is none of all other characters. A path that is written to
 * is no pattern.
 */
function patternOf({ podman }: Transport, path: string): string {
  return podman ? path.replace(/[\\?[\]]/g, '\\$&').replaceAll('*', '[^\u0001-)+-\u{10ffff}]') : path;
}

/** The value of X-Docker-Container-Path-Stat: JSON in base64. */
export function readStat(header: string): FileEntry {
  let raw: Record<string, unknown> = {};
  try {
    raw = fields(JSON.parse(Buffer.from(header, 'base64').toString('utf8')));
  } catch {
    // An answer that makes no sense is treated like one without fields.
  }
  if (typeof raw.mode !== 'number' || typeof raw.size !== 'number') {
    throw new EngineError('The engine did not say what kind of file this is.', { problem: 'not-an-engine' });
  }
  const { kind, mode } = fromGoMode(raw.mode);
  const target = text(raw.linkTarget);
  return {
    name: text(raw.name),
    kind,
    mode,
    size: raw.size,
    modified: Date.parse(text(raw.mtime)) || 0,
    ...(kind === 'link' && target && { target }),
  };
}

/** The tar stream of a path; a folder's ends in `/.`, so that its entries are named `./…`. */
export async function openArchive(
  transport: Transport,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<Readable> {
  try {
    const query = { path: patternOf(transport, path) };
    return await transport.stream({ method: 'GET', path: archiveOf(container), query, signal });
  } catch (error) {
    throw fileFailure(error, path);
  }
}

/** User, group and mode of a file, or of a folder whose path ends in a slash: its archive's first entry knows them. */
export async function headerOf(transport: Transport, container: string, path: string): Promise<TarHeader> {
  for await (const entry of readTar(await openArchive(transport, container, path))) {
    return entry;
  }
  throw notFound(path);
}

/** A file's content with at most `limit` bytes, or undefined when it is longer. */
export async function readContent(entry: TarEntry, limit: number): Promise<Buffer | undefined> {
  if (entry.size > limit) {
    return undefined;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of entry.body()) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Unpacks entries, or an archive that is there already, into a folder of the container. */
export async function putArchive(
  transport: Transport,
  container: string,
  folder: string,
  content: readonly TarSource[] | Readable,
  signal?: AbortSignal,
): Promise<void> {
  const archive = content instanceof Readable ? content : writeTar(content);
  let broken: unknown;
  archive.once('error', (error) => {
    broken = error;
  });
  try {
    await transport.json({
      method: 'PUT',
      path: archiveOf(container),
      query: { path: folder, noOverwriteDirNonDir: 1 },
      archive,
      signal,
    });
  } catch (error) {
    throw broken ?? fileFailure(error, folder);
  } finally {
    // The engine may refuse before it has read all.
    archive.destroy();
  }
}

/** The path of an archive's entry, without `./` before it and slashes behind it. */
export function entryPath({ name }: Pick<TarHeader, 'name'>): string {
  // Counted from the end: a pattern would look for the end behind each slash of a name that is made of them.
  let end = name.length;
  while (name[end - 1] === '/') {
    end -= 1;
  }
  return name.slice(0, end).replace(/^(?:\.?\/)+/, '');
}

/** A folder's children out of its tar stream, as far as the bounds allow. A link's `target` is its text. */
export async function listArchive(
  transport: Transport,
  container: string,
  folder: string,
  signal?: AbortSignal,
): Promise<FileListing> {
  const stream = await openArchive(transport, container, folder === '/' ? '/.' : `${folder}/.`, signal);
  const found = new Map<string, FileEntry>();
  const until = Date.now() + listingLimit.milliseconds;
  let bytes = 0;
  let count = 0;
  for await (const entry of readTar(stream)) {
    bytes += 512 + entry.size;
    count++;
    const [name = '', ...below] = entryPath(entry).split('/');
    if (isFileName(name) && (below.length === 0 || !found.has(name))) {
      found.set(name, below.length === 0 ? fileEntry(entry, name) : folderAbove(name));
    }
    if (bytes > listingLimit.bytes || count > listingLimit.entries || Date.now() > until) {
      return { entries: [...found.values()], complete: false };
    }
  }
  return { entries: [...found.values()], complete: true };
}

function fileEntry(entry: TarHeader, name: string): FileEntry {
  const kind = kinds[entry.kind];
  return {
    name,
    kind,
    mode: entry.mode,
    size: kind === 'link' ? entry.link.length : entry.size,
    modified: entry.modified,
    ...(kind === 'link' && { target: entry.link }),
    ...(entry.unnameable && { unnameable: true as const }),
  };
}

const kinds = {
  file: 'file',
  hard: 'file',
  folder: 'folder',
  link: 'link',
  device: 'other',
  pipe: 'other',
  unknown: 'other',
} as const;

function folderAbove(name: string): FileEntry {
  return { name, kind: 'folder', mode: 0o755, size: 0, modified: 0 };
}

function archiveOf(container: string): string {
  return `/containers/${segment(container)}/archive`;
}
