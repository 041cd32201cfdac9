// Versions of the engine's API, `1.41`: numbers with a point between them, and no decimal numbers.

/** Whether a version comes before another; what is missing or no number counts as 0 or as equal. */
export function isOlder(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
