// A person who answers prompts by a script, in front of real registries and an engine in memory.
import assert from 'node:assert/strict';
import type { CompleteOptions, Offer } from '../../../src/app/prompts.ts';
import type { Ui } from '../../../src/app/ui.ts';
import type { App } from '../../../src/app.ts';
import type { Engine, Inventory } from '../../../src/engine/types.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import type { Container, Image } from '../../../src/model/objects.ts';
import type { Registries } from '../../../src/registry/known/registries.ts';
import { createOwnRegistry } from '../../../src/registry/own/lazy.ts';
import { double } from '../../parts/double.ts';
import { listed } from '../../parts/engineDouble.ts';

/** A text for a box, the label of an answer or row, true to agree, or undefined to close the prompt. */
type Answer = string | true | undefined;

export interface Scripted {
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui' | 'log'>;
  /** Answers, in the order of the prompts. */
  answers: Answer[];
  /** Every prompt and message, as it was shown; the value of a box stands in brackets. */
  told: string[];
  pages: string[];
  /** The last question that completes what is typed, to look at its offers. */
  completing?: CompleteOptions;
  containers: Container[];
  images: Image[];
}

export function scripted(registries: Registries): Scripted {
  const told: string[] = [];
  const script: Omit<Scripted, 'app'> = { answers: [], told, pages: [], containers: [], images: [] };
  const next = (shown: string): Exclude<Answer, undefined> => {
    told.push(shown);
    assert.ok(script.answers.length > 0, `a prompt that nobody expected: ${shown}`);
    const answer = script.answers.shift();
    if (answer === undefined) {
      throw new Cancelled();
    }
    return answer;
  };
  const choose = <T>(shown: string, choices: readonly { label: string; value: T }[]): T => {
    const answer = next(`${shown} | ${choices.map(({ label }) => label).join(' | ')}`);
    const choice = choices.find(({ label }) => label === answer);
    assert.ok(choice, `${answer} is not among ${choices.map(({ label }) => label).join(', ')}`);
    return choice.value;
  };
  const ui = double<Ui>({
    pick: async (choices, { title }) => choose(title, choices),
    input: async ({ prompt, value = '' }) => {
      const answer = next(`${prompt} [${value}]`);
      return answer === true ? value : answer;
    },
    complete: async (options) => {
      script.completing = options;
      const { title, value = '' } = options;
      const answer = next(`${title} [${value}]`);
      const text = answer === true ? value : answer;
      assert.equal(options.check(text), undefined);
      return text;
    },
    ask: async (question, detail, answers) => choose(`${question}\n${detail}\n`, answers),
    confirm: async (question) => void next(question),
    say: (message) => void told.push(message),
    page: async (_name, markdown) => void script.pages.push(markdown),
    progress: async (_title, run) => run((text) => void told.push(`… ${text}`), new AbortController().signal),
  });
  const inventory = double<Inventory>({
    status: { state: 'connecting' },
    all: (kind) => listed(script).all(kind),
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return Object.assign(script, {
    app: { registries, ownRegistry: createOwnRegistry(), ui, log, engine: double<Engine>({ inventory }) },
  });
}

/** What is offered for a text, as texts. */
export async function offered(script: Scripted, text: string): Promise<string[]> {
  const offers: readonly Offer[] = (await script.completing?.offers(text)) ?? [];
  return offers.map((offer) => offer.text);
}
