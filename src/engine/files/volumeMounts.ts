// What is mounted in a container: the archive API does not see what is in memory there.
import { isWithin, normalizePath } from '../../model/files/entry.ts';
import { fields, list, text } from '../../model/untyped.ts';

export interface Mounts {
  /** Whether a path is in a tmpfs, /proc, /sys or /dev. */
  inMemory(path: string): boolean;
  /** Whether a path is in something that is mounted: a volume, a folder of the host, memory. */
  isMounted(path: string): boolean;
}

/** Reads the engine's inspection of a container. The innermost mount decides: a volume in a tmpfs is a volume. */
export function mountsOf(inspection: unknown): Mounts {
  const raw = fields(inspection);
  const host = fields(raw.HostConfig);
  /** Whether each folder where something is mounted is in memory. */
  const mounts = new Map<string, boolean>([
    ...['/proc', '/sys', '/dev'].map((folder): [string, boolean] => [folder, true]),
    ...list(raw.Mounts)
      .map(fields)
      .map((mount): [string, boolean] => [normalizePath(text(mount.Destination)), text(mount.Type) === 'tmpfs']),
    ...list(host.Mounts)
      .map(fields)
      .map((mount): [string, boolean] => [normalizePath(text(mount.Target)), text(mount.Type) === 'tmpfs']),
    ...Object.keys(fields(host.Tmpfs)).map((folder): [string, boolean] => [normalizePath(folder), true]),
  ]);
  const innermost = (path: string) =>
    [...mounts.keys()]
      .filter((folder) => folder !== '/' && isWithin(path, folder))
      .sort((a, b) => b.length - a.length)[0];
  return {
    inMemory: (path) => mounts.get(innermost(path) ?? '') === true,
    isMounted: (path) => innermost(path) !== undefined,
  };
}
