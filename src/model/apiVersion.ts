// Versions of the Engine API, which are two numbers: 1.9 comes before 1.41.

/** Whether a version of the API (`1.41`) comes before another. */
export function isOlder(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
