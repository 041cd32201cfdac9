// `name=value`, as variables, labels and options are written.

/** Cut at the first `=`; the value is undefined where there is none, and may be empty. */
export function pairOf(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The texts as a map: without `=` the value is empty, and the last of a name wins. `__proto__` is a name like any other. */
export function mapOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => pairOf(text)).map(([name, value = '']) => [name, value]));
}

/**
 * Puts a `name=value` into a map, which is given back; without `=` the value is empty. It is defined there, since the name
 * comes from outside: assigned, `__proto__` would be no name like any other.
 */
export function putPair(map: Record<string, string>, text: string): Record<string, string> {
  const [name, value = ''] = pairOf(text);
  return Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
}
