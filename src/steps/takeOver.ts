// One filler for each page: a page that is opened again is filled anew, and what filled it before ends.

const filling = new Map<string, AbortController>();

/** The signal is aborted by `end`, or when somebody else takes over the page with this id. */
export function takeOver(id: string): { signal: AbortSignal; end(): void } {
  filling.get(id)?.abort();
  const own = new AbortController();
  filling.set(id, own);
  return {
    signal: own.signal,
    end() {
      own.abort();
      if (filling.get(id) === own) {
        filling.delete(id);
      }
    },
  };
}
