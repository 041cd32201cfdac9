// What the tests against odd registries share: a client for one of them, and what it did.
import { createRegistryClient } from '../../../src/registry/api/client.ts';
import type { Credentials, RegistryClient, RegistryOptions } from '../../../src/registry/types.ts';
import { type OddName, oddRegistries } from './index.ts';
import { type OddRegistry, type RunningOdd, runOdd } from './server.ts';

export interface OddRun extends RunningOdd {
  client: RegistryClient;
  /** Milliseconds that the client wanted to wait between its tries. */
  waits: number[];
  log: string[];
}

export const lena: Credentials = { username: 'lena', password: 's3cret', source: 'test' };
export const signal = new AbortController().signal;

/** Runs `use` with a client of the odd registry, and stops both afterwards. */
export async function withOdd(
  name: OddName,
  use: (run: OddRun) => Promise<void>,
  options: Partial<Omit<RegistryOptions, 'wait'>> & {
    account?: Credentials;
    prefix?: string;
    realWaits?: boolean;
  } = {},
): Promise<void> {
  const odd: OddRegistry = oddRegistries[name];
  const running = await runOdd(odd);
  const waits: number[] = [];
  const log: string[] = [];
  const { account, prefix, realWaits, ...rest } = options;
  const client = createRegistryClient({
    address: { host: running.host, scheme: 'http', ...(prefix === undefined ? {} : { prefix }) },
    credentials: { find: () => Promise.resolve(account) },
    certificates: () => Promise.resolve({ ca: [], problems: [] }),
    log: (line) => log.push(line),
    ...(realWaits
      ? {}
      : {
          wait: (milliseconds: number) => {
            waits.push(milliseconds);
            return Promise.resolve();
          },
        }),
    ...rest,
  });
  try {
    await use({ ...running, client, waits, log });
  } finally {
    client.dispose();
    await running.stop();
  }
}

export async function collect(pages: AsyncIterable<string[]>): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages) {
    names.push(...page);
  }
  return names;
}

/** Waits for a condition, up to two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 2000; !condition(); ) {
    if (Date.now() > deadline) {
      throw new Error('the condition did not come true');
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
