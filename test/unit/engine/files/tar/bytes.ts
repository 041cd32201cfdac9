// Archives byte by byte, as nobody should write them.
import { readTar, type TarHeader } from '../../../../../src/engine/files/tar/reader.ts';

/** One entry in the plain format, with any bytes in its fields. */
export function entry(
  name: string | Buffer,
  fields: { type?: string; content?: string | Buffer; link?: string; size?: string } = {},
): Buffer {
  const { type = '0', content = '', link = '', size } = fields;
  const body = Buffer.from(content);
  const block = Buffer.alloc(512);
  Buffer.from(name).copy(block, 0, 0, 100);
  block.write('0000644\0', 100).toString();
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(size ?? `${body.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write('00000000000\0', 136);
  block.fill(' ', 148, 156);
  block.write(type, 156);
  block.write(link, 157);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

export const end = Buffer.alloc(1024);
export const pax = (text: string) => entry('pax', { type: 'x', content: text });

/** An archive in pieces of an awkward length, so that no header comes in one. */
export async function* pieces(archive: Buffer, length = 333): AsyncGenerator<Buffer> {
  for (let at = 0; at < archive.length; at += length) {
    yield archive.subarray(at, at + length);
  }
}

/** What `readTar` gives, without the contents. */
export async function headers(archive: Buffer, length?: number): Promise<TarHeader[]> {
  const found: TarHeader[] = [];
  for await (const { body, ...header } of readTar(pieces(archive, length))) {
    found.push(header);
  }
  return found;
}
