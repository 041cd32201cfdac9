// What is kept between sessions, in memory: for parts that are tried without an editor.

import { Emitter } from '../../src/model/event.ts';
import type { SharedState } from '../../src/model/state.ts';
import type { Secrets } from '../../src/registry/auth/accountStore.ts';

export function memoryState(values: Map<string, unknown> = new Map()): SharedState & { values: Map<string, unknown> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    values,
    get: (key) => values.get(key),
    change: async (key, change) => void values.set(key, structuredClone(change(values.get(key)))),
    alone(_name, work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
    onElsewhere: new Emitter<string>().event,
  };
}

export function memorySecrets(values: Map<string, string> = new Map()): Secrets {
  const changed = new Emitter<{ key: string }>();
  return {
    get: async (key) => values.get(key),
    async store(key, value) {
      values.set(key, value);
      changed.fire({ key });
    },
    async delete(key) {
      values.delete(key);
      changed.fire({ key });
    },
    onDidChange: changed.event,
  };
}
