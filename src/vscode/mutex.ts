// Runs one job after the other.

/** Returns the function that runs a job once those that it was given before under the same name have settled. */
export function createMutex(): <T>(name: string, job: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, job) => {
    const done = (last.get(name) ?? Promise.resolve()).then(job);
    const settled = done.catch(() => undefined);
    last.set(name, settled);
    void settled.then(() => last.get(name) === settled && last.delete(name));
    return done;
  };
}
