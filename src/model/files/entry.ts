// Files of containers and volumes as plain data: whose they are, what they are, and their paths.

/** Whose files: a container's by its full id, a volume's by its name. */
export type FileOwner = { type: 'container'; id: string } | { type: 'volume'; name: string };

/** `other` is a device, a pipe or a socket: it can be neither read nor written here. */
export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FileEntry {
  /** The last step of its path; `/` for the root. */
  name: string;
  kind: FileKind;
  /** Bytes; of a link, the length of its text. */
  size: number;
  /** Permission bits with setuid, setgid and sticky, as in `chmod 4755`. */
  mode: number;
  /** User and group, where they are known: the archive API does not say them. */
  uid?: number;
  gid?: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Where a link leads in the end, as an absolute path, where that was asked for. */
  target?: string;
  /** What a link leads to; absent when that is not known or not there. */
  leadsTo?: 'file' | 'folder';
  /** The name is not UTF-8: it is shown with replacement characters and cannot be used in a path. */
  unnameable?: true;
}

/** Children of a folder; `complete` is false when the folder was too large to be read whole. */
export interface FileListing {
  entries: FileEntry[];
  complete: boolean;
}

/** Something that was changed through Docknotes; what a container does by itself is not told. */
export interface FileChange {
  owner: FileOwner;
  path: string;
  change: 'created' | 'changed' | 'deleted';
}

/** A row of a file tree. The root's row stands for all files of its owner. */
export interface FileElement {
  type: 'file';
  owner: FileOwner;
  path: string;
  /** What it is; a link to a folder has children like one. */
  kind: FileKind;
}

/** Identity of a file's row. */
export function fileKey({ owner, path }: { owner: FileOwner; path: string }): string {
  return `file/${ownerKey(owner)}${path}`;
}

/** Identity of an owner, as part of a row's key. */
function ownerKey(owner: FileOwner): string {
  return owner.type === 'container' ? `container-${owner.id}` : `volume-${owner.name}`;
}

/** An absolute path without `.`, `..`, doubled or trailing slashes; it never leaves the root. */
export function normalizePath(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') {
      steps.pop();
    } else if (step !== '' && step !== '.') {
      steps.push(step);
    }
  }
  return `/${steps.join('/')}`;
}

/** The path of something in a folder; `name` is one step, as `isFileName` knows it. */
export function joinPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The folder that a path is in; the root is in itself. */
export function parentPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** The last step of a path; `/` for the root. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || '/';
}

/** Whether a path is a folder or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether something can be the name of a file: one step of a path, with no way up. */
export function isFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');
}

/** Permission bits as `ls` prints them, with their sign for the kind: `-rwsr-xr-x`. */
export function formatMode({ kind, mode }: { kind: FileKind; mode: number }): string {
  const sign = { file: '-', folder: 'd', link: 'l', other: '?' }[kind];
  const special = [0o4000, 0o2000, 0o1000].map((bit) => (mode & bit) !== 0);
  const groups = [6, 3, 0].map((shift, index) => {
    const bits = (mode >> shift) & 7;
    const letter = index === 2 ? 't' : 's';
    const execute = special[index] ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${execute}`;
  });
  return sign + groups.join('');
}
