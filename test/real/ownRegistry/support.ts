// The parts of the product that run one's own registry, joined as in the editor, with a person who is not there.

import type { Ui } from '../../../src/app/ui.ts';
import type { App } from '../../../src/app.ts';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { createRegistries } from '../../../src/registry/known/registries.ts';
import { createOwnRegistry } from '../../../src/registry/own/lazy.ts';
import { double } from '../../parts/double.ts';
import { memorySecrets, memoryState } from '../../parts/memoryState.ts';

export interface Bench {
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui' | 'log'>;
  /** What was kept between sessions. */
  state: Map<string, unknown>;
  secrets: Map<string, string>;
  /** Every line of the log, and all that was said or reported. */
  told: string[];
  pages: { name: string; markdown: string }[];
  /** Answers to prompts, in their order: a text for an input, the label of a row for a list, true for a question. */
  answers: (string | true)[];
  /** Aborted like a click on Cancel, when a progress reports. */
  cancelAt?: RegExp;
  dispose(): void;
}

/** `memory` is what an earlier session kept. */
export function createBench(engineUrl: string, memory: Partial<Pick<Bench, 'state' | 'secrets'>> = {}): Bench {
  const { state = new Map(), secrets = new Map() } = memory;
  const told: string[] = [];
  const tell = (message: string) => void told.push(message);
  const engine = createEngine({
    setting: () => engineUrl,
    environment: { ...machine, env: {}, home: '/nowhere' },
    log: tell,
  });
  const registries = createRegistries({
    settings: () => [],
    state: memoryState(state),
    secrets: memorySecrets(secrets),
    log: { info: tell, warn: tell },
  });
  const log = { info: tell, warn: tell, error: (message: string) => tell(message) };
  /** What running a registry asks and tells; a prompt of another kind fails by its absence. */
  const ui = double<Ui>({
    async pick(choices) {
      const answer = next();
      const choice = choices.find(({ label }) => label === answer);
      if (!choice) {
        throw new Error(`${answer} is not among ${choices.map(({ label }) => label).join(', ')}`);
      }
      return choice.value;
    },
    async input({ value = '', check }) {
      const answer = next();
      const typed = answer === true ? value : answer;
      const problem = check?.(typed);
      if (problem) {
        throw new Error(problem);
      }
      return typed;
    },
    complete: async ({ value = '' }) => {
      const answer = next();
      return answer === true ? value : answer;
    },
    async ask(question, _detail, answers) {
      tell(question);
      const answer = next();
      const chosen = answers.find(({ label }) => label === answer);
      if (!chosen) {
        throw new Error(`${answer} is not among ${answers.map(({ label }) => label).join(', ')}`);
      }
      return chosen.value;
    },
    confirm: async (question) => {
      tell(question);
      next();
    },
    say: tell,
    async progress(_title, run) {
      const stop = new AbortController();
      return run((text) => {
        tell(text);
        if (bench.cancelAt?.test(text)) {
          stop.abort();
        }
      }, stop.signal);
    },
    terminal: () => undefined,
    note: async () => undefined,
    page: async (name, markdown) => void bench.pages.push({ name, markdown }),
    showLog: () => undefined,
    settings: async () => undefined,
  });
  const bench: Bench = {
    state,
    secrets,
    told,
    pages: [],
    answers: [],
    app: { engine, registries, ownRegistry: createOwnRegistry(), ui, log },
    dispose() {
      engine.dispose();
      registries.dispose();
    },
  };
  function next(): string | true {
    const answer = bench.answers.shift();
    if (answer === undefined) {
      throw new Error('a prompt that nobody expected');
    }
    return answer;
  }
  return bench;
}
