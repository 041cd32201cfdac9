// The versions that could come next in a repository.

/**
 * What could follow the newest version among the tags: the smallest step first (`1.4.2` gives `1.4.3`, `1.5.0`, `2.0.0`).
 * Prefix and number of parts stay. Empty where no tag is a plain version; a date in one number is none.
 */
export function nextTags(tags: readonly string[]): string[] {
  let newest: { prefix: string; parts: number[] } | undefined;
  for (const tag of tags) {
    const match = /^(v?)(\d{1,6}(?:\.\d{1,6}){0,3})$/.exec(tag);
    const parts = match?.[2]?.split('.').map(Number) ?? [];
    if (match && (newest === undefined || compare(parts, newest.parts) > 0)) {
      newest = { prefix: match[1] ?? '', parts };
    }
  }
  if (newest === undefined) {
    return [];
  }
  const { prefix, parts } = newest;
  return parts
    .map((_, index) => parts.map((part, at) => (at < index ? part : at === index ? part + 1 : 0)))
    .reverse()
    .map((next) => prefix + next.join('.'));
}

/** Whether a tag begins with a version: `1.29`, `v2.0.1`, `3.12-slim`. */
export function isVersion(tag: string): boolean {
  return versionOf(tag) !== undefined;
}

/**
 * The highest version among tags of the form of this one, where it is higher: the same prefix, as many parts, the same words
 * behind them (`3.12-slim` gives `3.13-slim`). A date in one number follows no version.
 */
export function newerTag(tag: string, tags: readonly string[]): string | undefined {
  const own = versionOf(tag);
  let newest = own;
  for (const other of own ? tags : []) {
    const version = versionOf(other);
    if (
      own &&
      newest &&
      version?.prefix === own.prefix &&
      version.rest === own.rest &&
      version.parts.length === own.parts.length &&
      String(version.parts[0]).length <= String(own.parts[0]).length + 1 &&
      compare(version.parts, newest.parts) > 0
    ) {
      newest = version;
    }
  }
  return newest === own ? undefined : newest?.tag;
}

interface Version {
  tag: string;
  prefix: string;
  parts: number[];
  rest: string;
}

function versionOf(tag: string): Version | undefined {
  const match = /^([vV]?)(\d{1,9}(?:\.\d{1,9}){0,3})((?:[-+_].*)?)$/.exec(tag);
  const [, prefix = '', numbers, rest = ''] = match ?? [];
  return numbers === undefined ? undefined : { tag, prefix, parts: numbers.split('.').map(Number), rest };
}

/** More parts win between versions that are equal so far: `1.4.0` tells more than `1.4`. */
function compare(one: readonly number[], other: readonly number[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = (one[index] ?? -1) - (other[index] ?? -1);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
