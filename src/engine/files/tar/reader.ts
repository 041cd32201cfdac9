// Reads tar archives as they come: entry by entry, in bounded memory, believing nothing.
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';

export interface TarHeader {
  /** As it stands in the archive: it may be absolute, or climb with `..`. */
  name: string;
  /** The name's bytes are not UTF-8. */
  unnameable?: true;
  /** `hard` is another name for an entry before it; `unknown` is anything else, for example a sparse file. */
  kind: 'file' | 'folder' | 'link' | 'hard' | 'device' | 'pipe' | 'unknown';
  /** Bytes of its content. */
  size: number;
  mode: number;
  uid: number;
  gid: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Of a link, its text; of a hard link, the name of the other entry. */
  link: string;
}

export interface TarEntry extends TarHeader {
  /** The content, once; what is not read is skipped when the next entry is asked for. */
  body(): AsyncIterable<Buffer>;
}

const block = 512;
/** Bytes of all extended headers before an entry; attributes have at most 64 KB each. */
const maxExtension = 1024 * 1024;
/** Bytes of a path or a link's text in them; Linux takes 4,096. */
const maxPath = 16 * 1024;

/**
 * The entries of an archive in the ustar, PAX or GNU format (POSIX.1-2017 "pax", GNU tar manual "Basic Tar Format").
 * Throws a UserError of code `bad-archive` when the archive is damaged or ends too early, after the entries that were whole.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = byteReader(source);
  /** For all entries that follow, and for the next one only. */
  const shared: Extension = {};
  let own: Extension = {};
  let extended = 0;
  try {
    for (;;) {
      const header = await bytes.take(block);
      if (header.every((byte) => byte === 0)) {
        return;
      }
      checkSum(header);
      const type = String.fromCharCode(header[156] ?? 0);
      const extension = { ...shared, ...own };
      const size = extension.size ?? numberAt(header, 124, 12);
      if (!Number.isSafeInteger(size) || size < 0) {
        throw damaged();
      }
      const padding = (block - (size % block)) % block;
      if ('xgLK'.includes(type)) {
        const length = numberAt(header, 124, 12);
        extended += block + length;
        if (!(length >= 0 && extended <= maxExtension)) {
          throw damaged();
        }
        const content = await bytes.take(length);
        await bytes.skip((block - (length % block)) % block);
        if (type === 'x' || type === 'g') {
          readExtension(content, type === 'x' ? own : shared);
        } else {
          own[type === 'L' ? 'path' : 'linkpath'] = pathOf(untilZero(content));
        }
        continue;
      }
      const entry = entryOf(header, type, size, extension);
      own = {};
      extended = 0;
      let left = size;
      yield {
        ...entry,
        async *body() {
          while (left > 0) {
            const chunk = await bytes.some(left);
            left -= chunk.length;
            yield chunk;
          }
        },
      };
      await bytes.skip(left + padding);
    }
  } finally {
    await bytes.close();
  }
}

/** What an extended header says of the entries that it is for: read once, however many entries share it. */
interface Extension {
  path?: Path | undefined;
  linkpath?: Path | undefined;
  size?: number | undefined;
  uid?: number | undefined;
  gid?: number | undefined;
  mtime?: number | undefined;
  sparse?: boolean;
}

type Path = Pick<TarHeader, 'name' | 'unnameable'>;

function entryOf(header: Buffer, type: string, size: number, extension: Extension): TarHeader {
  const { name, unnameable } = extension.path ?? pathOf(plainName(header));
  const kind = kindOf(type);
  return {
    name,
    ...(unnameable && { unnameable }),
    kind: type === 'S' || extension.sparse ? 'unknown' : name.endsWith('/') && kind === 'file' ? 'folder' : kind,
    size,
    mode: numberAt(header, 100, 8) & 0o7777,
    uid: extension.uid ?? numberAt(header, 108, 8),
    gid: extension.gid ?? numberAt(header, 116, 8),
    modified: Math.round((extension.mtime ?? numberAt(header, 136, 12)) * 1000),
    link: (extension.linkpath ?? pathOf(untilZero(header.subarray(157, 257)))).name,
  };
}

function plainName(header: Buffer): Buffer {
  const prefix =
    header.toString('latin1', 257, 262) === 'ustar' ? untilZero(header.subarray(345, 500)) : Buffer.alloc(0);
  const short = untilZero(header.subarray(0, 100));
  return prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), short]) : short;
}

function pathOf(bytes: Buffer): Path {
  if (bytes.length > maxPath) {
    throw damaged();
  }
  const name = bytes.toString('utf8');
  return Buffer.from(name).equals(bytes) ? { name } : { name, unnameable: true };
}

function kindOf(type: string): TarHeader['kind'] {
  switch (type) {
    case '0':
    case '\0':
    case '7':
      return 'file';
    case '1':
      return 'hard';
    case '2':
      return 'link';
    case '3':
    case '4':
      return 'device';
    case '6':
      return 'pipe';
    case '5':
      return 'folder';
    default:
      return 'unknown';
  }
}

/** Records of the form `length key=value\n`, where the length counts the whole record. */
function readExtension(content: Buffer, into: Extension): void {
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(content.toString('latin1', at, space));
    const equals = content.indexOf(0x3d, space);
    const end = at + length;
    if (!(length > 0 && end <= content.length && equals > space && equals < end)) {
      throw damaged();
    }
    take(content.toString('latin1', space + 1, equals), content.subarray(equals + 1, end - 1), into);
    at = end;
  }
}

/** An empty value takes back what a header before it said (POSIX.1-2017 "pax Extended Header"). */
function take(key: string, value: Buffer, into: Extension): void {
  switch (key) {
    case 'path':
    case 'linkpath':
      into[key] = value.length > 0 ? pathOf(value) : undefined;
      break;
    case 'size':
    case 'uid':
    case 'gid':
    case 'mtime':
      into[key] = value.length > 0 ? number(value) : undefined;
      break;
    default:
      if (key.startsWith('GNU.sparse.')) {
        into.sparse = true;
      }
  }
}

function checkSum(header: Buffer): void {
  let sum = 8 * 0x20;
  for (let index = 0; index < block; index++) {
    sum += index >= 148 && index < 156 ? 0 : (header[index] ?? 0);
  }
  if (sum !== numberAt(header, 148, 8)) {
    throw damaged();
  }
}

/** Octal digits, or where the first bit is set a large number in base 256, which GNU tar writes. */
function numberAt(header: Buffer, offset: number, length: number): number {
  const field = header.subarray(offset, offset + length);
  const first = field[0] ?? 0;
  if (first & 0x80) {
    return field.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x7f);
  }
  const digits = untilZero(field).toString('latin1').trim();
  if (!/^[0-7]*$/.test(digits)) {
    throw damaged();
  }
  return Number.parseInt(digits || '0', 8);
}

function number(value: Buffer): number {
  const read = Number(value.toString('latin1'));
  if (!Number.isFinite(read)) {
    throw damaged();
  }
  return read;
}

function untilZero(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function damaged(): UserError {
  return new UserError('bad-archive', t('The archive is damaged or not a tar archive.'));
}

/** Takes exact lengths out of chunks of any length; an end in the middle of one is a damaged archive. */
function byteReader(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function some(max: number): Promise<Buffer> {
    while (rest.length === 0) {
      const { value, done } = await chunks.next();
      if (done) {
        throw new UserError('bad-archive', t('The archive ends too early. A part of it is missing.'));
      }
      rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    const taken = rest.subarray(0, max);
    rest = rest.subarray(taken.length);
    return taken;
  }

  return {
    some,
    async take(length: number): Promise<Buffer> {
      const parts: Buffer[] = [];
      for (let left = length; left > 0; ) {
        const part = await some(left);
        left -= part.length;
        parts.push(part);
      }
      const [only] = parts;
      return parts.length === 1 && only ? only : Buffer.concat(parts);
    },
    async skip(length: number): Promise<void> {
      for (let left = length; left > 0; ) {
        left -= (await some(left)).length;
      }
    },
    async close(): Promise<void> {
      await chunks.return?.();
    },
  };
}
