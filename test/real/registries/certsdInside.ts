// Runs pushes, pulls and listings of the product from inside another network namespace: one line of JSON for each step.
import type { Ui } from '../../../src/app/ui.ts';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/current.ts';
import { messageOf, UserError } from '../../../src/model/errors.ts';
import { createRegistries } from '../../../src/registry/known/registries.ts';
import { withLogin } from '../../../src/steps/registries/login.ts';
import { double } from '../../parts/double.ts';
import { withoutEditor } from '../../parts/editor/absent.ts';

export interface Outcome {
  step: string;
  /** Absent when it went well. */
  code?: string;
  message?: string;
  cause?: string;
  names?: string[];
}

const [url = '', host = '', ...wanted] = process.argv.slice(2);
if (url) {
  const engine = createEngine({
    setting: () => url,
    environment: { ...machine, env: {}, home: '/nowhere' },
    log: () => undefined,
  });
  const registries = createRegistries(withoutEditor());
  const app = { registries, ui: double<Ui>({}) };
  const { signal } = new AbortController();
  const ref = `${host}/team/box:1`;
  const steps: Record<string, () => Promise<{ names?: string[] }>> = {
    push: () => transfer('push', async (auth) => (await engine.client()).images.push(ref, { ...auth, signal })),
    pull: () => transfer('pull', async (auth) => (await engine.client()).images.pull(ref, { ...auth, signal })),
    add: async () => {
      await registries.add(host, {}, signal);
      return {};
    },
    list: async () => {
      const names: string[] = [];
      for await (const page of registries.repositories(host, signal)) {
        for (const repository of page) {
          names.push(...(await registries.tags(host, repository, signal)).names.map((tag) => `${repository}:${tag}`));
        }
      }
      return { names };
    },
  };
  async function transfer(action: 'push' | 'pull', run: (auth: object) => Promise<unknown>): Promise<object> {
    await withLogin(app, { action, registry: host, repository: 'team/box', ask: false }, (auth) =>
      run(auth ? { auth } : {}),
    );
    return {};
  }
  for (const step of wanted) {
    console.log(JSON.stringify(await outcomeOf(step, steps[step])));
  }
  engine.dispose();
  registries.dispose();
}

async function outcomeOf(step: string, run: (() => Promise<{ names?: string[] }>) | undefined): Promise<Outcome> {
  try {
    return { step, ...(await run?.()) };
  } catch (error) {
    const code = error instanceof UserError ? error.code : 'other';
    const cause = error instanceof Error ? messageOf(error.cause ?? '') : '';
    return { step, code, message: messageOf(error), cause };
  }
}
