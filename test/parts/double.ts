// Stands in for a part of the product in a unit test that needs little of it.

/**
 * Has only the members that it is given, of the right types. Whatever else is asked of it fails with the name of what is
 * missing, so that a double cannot pass for something that the test did not think of.
 */
export function double<T extends object>(given: Partial<T>): T {
  const proxy = new Proxy(given, {
    get(target, name, receiver) {
      // An answer that is awaited is asked for `then`, and one that is printed for symbols.
      if (!(name in target) && typeof name === 'string' && name !== 'then' && name !== 'toJSON') {
        throw new Error(`The test gives no ${name}.`);
      }
      return Reflect.get(target, name, receiver);
    },
  });
  return proxy as T;
}
