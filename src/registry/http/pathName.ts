// Names from outside, such as those of repositories, that become part of a request's path.

/** Whether a name from outside can stand in a path without leading elsewhere. Upper case passes: some registries list it. */
export function isPathSafe(name: string): boolean {
  return (
    name.length <= 512 && name.split('/').every((part) => /^[\w.:+-]+$/.test(part) && part !== '.' && part !== '..')
  );
}
