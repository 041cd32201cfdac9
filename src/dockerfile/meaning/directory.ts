// The directory that WORKDIR instructions lead to, one step after the other.

/** A directory as its parts, so that thousands of relative steps do not copy the path each time. */
export interface Directory {
  /** `C:` and the like on Windows, else empty. */
  readonly drive: string;
  readonly parts: string[];
}

/**
 * Takes a step from a directory, which it may change on the way, and answers where it leads. Undefined stands for a
 * step that cannot be told and for a directory that only the base image knows: from there an absolute path alone leads on.
 */
export function step(directory: Directory | undefined, path: string | undefined): Directory | undefined {
  if (path === undefined) {
    return undefined;
  }
  const drive = /^[A-Za-z]:(?=[\\/])/.exec(path)?.[0] ?? '';
  const to = drive !== '' || path.startsWith('/') ? { drive, parts: [] } : directory;
  for (const part of path.slice(drive.length).split(/[\\/]+/)) {
    if (part === '..') {
      to?.parts.pop();
    } else if (part !== '' && part !== '.') {
      to?.parts.push(part);
    }
  }
  return to;
}

/** The directory of a path, which begins at the root whether it says so or not. */
export function directoryAt(path: string): Directory | undefined {
  return step({ drive: '', parts: [] }, path);
}

/** The whole path of a directory. */
export function pathOf({ drive, parts }: Directory): string {
  return drive === '' ? `/${parts.join('/')}` : `${drive}\\${parts.join('\\')}`;
}

/** A directory as WORKDIR makes it out of the one before; undefined when that one is not known. */
export function joinPath(directory: string | undefined, path: string): string | undefined {
  const joined = step(directory === undefined ? undefined : directoryAt(directory), path);
  return joined && pathOf(joined);
}
