// Work that is done at most once for an object and kept as long as the object lives.

/** Turns a function of an object into one that remembers its answers. */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, { value: V }>();
  return (key) => {
    const known = answers.get(key);
    if (known) {
      return known.value;
    }
    const value = compute(key);
    answers.set(key, { value });
    return value;
  };
}
