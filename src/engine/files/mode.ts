// What kind of file a mode says, in the two ways that modes come: Go's FileMode and the st_mode of stat(2).
import type { FileKind } from '../../model/files/entry.ts';

/**
 * Go's `fs.FileMode`, as the archive API's X-Docker-Container-Path-Stat carries it: the kind and the special
 * bits are from the top of 32 bits down (https://pkg.go.dev/io/fs#FileMode).
 */
export function fromGoMode(mode: number): { kind: FileKind; mode: number } {
  const bit = (index: number) => Math.floor(mode / 2 ** index) % 2 === 1;
  const special = (bit(23) ? 0o4000 : 0) | (bit(22) ? 0o2000 : 0) | (bit(20) ? 0o1000 : 0);
  // Device, pipe, socket, character device, irregular.
  const odd = [26, 25, 24, 21, 19].some(bit);
  const kind = bit(31) ? 'folder' : bit(27) ? 'link' : odd ? 'other' : 'file';
  return { kind, mode: (mode & 0o777) | special };
}

/** `st_mode` as `stat -c %f` prints it in hexadecimal digits (inode(7)). */
export function fromStatMode(mode: number): { kind: FileKind; mode: number } {
  const kinds: Record<number, FileKind> = { 16384: 'folder', 32768: 'file', 40960: 'link' };
  return { kind: kinds[mode & 0xf000] ?? 'other', mode: mode & 0o7777 };
}
