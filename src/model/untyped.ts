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

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
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

export function textMap(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
