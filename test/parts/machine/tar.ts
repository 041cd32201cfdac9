// Writes small tar archives in memory, for base images and build contexts.

export interface TarEntry {
  /** Path without a leading slash. */
  path: string;
  /** A file's content; absent for a folder or a link. */
  content?: Uint8Array | string;
  /** Makes it a symbolic link to this path. */
  link?: string;
  /** Permission bits; 0644 for files and 0755 for folders when absent. */
  mode?: number;
}

/** A tar archive in the ustar format (POSIX.1-1988), owned by root, with a fixed time so that equal input gives equal bytes. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [header(entry, content.length), content, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header(entry: TarEntry, size: number): Buffer {
  const folder = entry.content === undefined && entry.link === undefined;
  const block = Buffer.alloc(512);
  const octal = (value: number, offset: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  block.write(folder ? `${entry.path}/` : entry.path, 0, 100);
  octal(entry.mode ?? (folder ? 0o755 : 0o644), 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(1_700_000_000, 136, 12);
  block.fill(' ', 148, 156);
  block.write(folder ? '5' : entry.link === undefined ? '0' : '2', 156);
  block.write(entry.link ?? '', 157, 100);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
