// Looking into answers whose shape is not certain: what is missing or of another kind reads as empty.

export type Fields = Record<string, unknown>;

/** A text, or nothing where it is the value that is there anyway. */
export function unless(value: unknown, fallback: unknown): string {
  return value === fallback ? '' : text(value);
}

/** Whether two lists hold the same texts in the same order. */
export function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

/** The value when it is an object, otherwise an empty one: an absent part and a malformed one look the same. A list is none. */
export function fields(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** Only values that are text: a label that is none says nothing. The very object where all are, since an engine has thousands. */
export function textMap(value: unknown): Record<string, string> {
  const map = fields(value);
  return Object.values(map).every((each) => typeof each === 'string')
    ? (map as Record<string, string>)
    : Object.fromEntries(
        Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
}

export function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** Whether it is an object with named fields, and no list. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
