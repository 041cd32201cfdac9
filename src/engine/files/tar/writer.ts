// Writes tar archives as streams, in the PAX format (POSIX.1-2017 "pax"), for what is sent to the engine.
import { Readable } from 'node:stream';

export interface TarSource {
  /** Relative to the folder that the archive is unpacked in. */
  name: string;
  kind: 'file' | 'folder' | 'link';
  mode: number;
  uid: number;
  gid: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Of a link, its text. */
  link?: string;
  /** Bytes that the content will have, exactly. */
  size?: number;
  content?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

const block = 512;

/** The archive, made while it is read. An error of the entries or their contents is an error of the stream. */
export function writeTar(entries: AsyncIterable<TarSource> | Iterable<TarSource>): Readable {
  return Readable.from(blocks(entries), { objectMode: false, highWaterMark: 256 * 1024 });
}

async function* blocks(entries: AsyncIterable<TarSource> | Iterable<TarSource>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    const size = entry.size ?? 0;
    const extension = extensionOf(entry, size);
    if (extension.length > 0) {
      yield header({ ...entry, name: 'PaxHeader', link: '', mode: 0o644 }, 'x', extension.length);
      yield extension;
      yield padding(extension.length);
    }
    yield header(entry, { file: '0', folder: '5', link: '2' }[entry.kind], size);
    let written = 0;
    for await (const chunk of entry.content ?? []) {
      written += chunk.length;
      if (written > size) {
        break;
      }
      yield chunk;
    }
    if (written !== size) {
      throw new Error(`The length of ${entry.name} changed while it was read.`);
    }
    yield padding(size);
  }
  yield Buffer.alloc(2 * block);
}

function header(entry: TarSource, type: string, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, offset: number, length: number) => {
    const digits = Math.max(0, Math.floor(value)).toString(8);
    bytes.write(fits(value, length) ? digits.padStart(length - 1, '0') : '', offset, 'latin1');
  };
  bytes.write(nameOf(entry), 0, 100);
  octal(entry.mode, 100, 8);
  octal(entry.uid, 108, 8);
  octal(entry.gid, 116, 8);
  octal(size, 124, 12);
  octal(entry.modified / 1000, 136, 12);
  bytes.fill(' ', 148, 156);
  bytes.write(type, 156);
  bytes.write(entry.link ?? '', 157, 100);
  bytes.write('ustar\x0000', 257, 'latin1');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

/** What the fields of the plain header cannot hold. */
function extensionOf(entry: TarSource, size: number): Buffer {
  const name = nameOf(entry);
  const link = entry.link ?? '';
  return Buffer.concat(
    [
      isPlain(name) ? '' : record('path', name),
      isPlain(link) ? '' : record('linkpath', link),
      fits(size, 12) ? '' : record('size', String(size)),
      fits(entry.uid, 8) ? '' : record('uid', String(entry.uid)),
      fits(entry.gid, 8) ? '' : record('gid', String(entry.gid)),
      entry.modified >= 0 && entry.modified % 1000 === 0 ? '' : record('mtime', String(entry.modified / 1000)),
    ].map((text) => Buffer.from(text)),
  );
}

/** `length key=value\n`, whose length counts its own digits too. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return `${bytes + digits}${rest}`;
}

function nameOf({ name, kind }: TarSource): string {
  return kind === 'folder' && !name.endsWith('/') ? `${name}/` : name;
}

/** ASCII alone in the plain header: its encoding is not defined beyond that. */
function isPlain(text: string): boolean {
  return text.length <= 100 && /^[\x20-\x7e]*$/.test(text);
}

function fits(value: number, length: number): boolean {
  return value < 8 ** (length - 1);
}

function padding(length: number): Buffer {
  return Buffer.alloc((block - (length % block)) % block);
}
