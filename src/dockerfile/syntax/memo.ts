// Work that is done at most once for an object and kept as long as the object lives.

/**
 * Turns a function of an object into one that remembers its answers; the function must not answer undefined.
 * Answers are kept on the object itself, under a symbol: with a WeakMap of thousands of nodes the garbage collector
 * takes longer than the work that is saved.
 */
export function memo<K extends object, V extends object>(compute: (key: K) => V): (key: K) => V {
  const slot: unique symbol = Symbol('memo');
  return (key) => {
    const holder: { [slot]?: V } = key;
    holder[slot] ??= compute(key);
    return holder[slot];
  };
}
