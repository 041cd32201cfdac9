// Stops running containers with a signal and a time that are asked first.

import type { App } from '../../../app/index.ts';
import type { Choice } from '../../../app/prompts.ts';
import { signalName, signalOffers } from '../../../model/containers/signals.ts';
import { t } from '../../../model/l10n.ts';
import { fields, text } from '../../../model/untyped.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { type StopOptions, stopAll } from '../../../steps/containers/stop.ts';
import { listed, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

/** Seconds that the engine waits for a container that has no value of its own. */
const defaultTimeout = 10;

/** As `stopContainer`; what the options name is not asked. */
export async function stopContainerWith(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options: StopOptions = {},
): Promise<ManyResult & StopOptions> {
  const containers = await chooseContainers(app, target, {
    title: t('Stop With Signal and Time'),
    states: ['running', 'paused', 'restarting'],
  });
  const client = await app.engine.client();
  const own = await Promise.all(containers.map(async ({ id }) => ownValues((await client.containers.inspect(id)).raw)));
  const title = t('Stop {0}', listed(containers.map(({ name }) => name)));
  const signal = options.signal ?? (await askSignal(app, title, only(own.map((each) => each.signal))));
  const timeout = options.timeout ?? (await askTimeout(app, title, only(own.map((each) => each.timeout))));
  const chosen = { ...(signal !== undefined && { signal }), ...(timeout !== undefined && { timeout }) };
  await stopAll(app, containers, chosen);
  return { ...resultOf(containers), ...chosen };
}

function ownValues(raw: unknown): { signal: string; timeout: number } {
  const { StopSignal, StopTimeout } = fields(fields(raw).Config);
  return {
    signal: signalName(text(StopSignal) || 'SIGTERM'),
    timeout: typeof StopTimeout === 'number' ? StopTimeout : defaultTimeout,
  };
}

/** What all have in common; undefined where they differ. */
function only<T>(values: readonly T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** Undefined: each its own. */
async function askSignal(app: Pick<App, 'ui'>, title: string, own: string | undefined): Promise<string | undefined> {
  const offers = signalOffers().filter(({ name }) => name !== own);
  const choices: Choice<string | undefined>[] = [
    own === undefined
      ? {
          label: t('Its own signal'),
          description: t('Each container is sent the signal that it was made with'),
          value: own,
        }
      : { label: own, description: t('Its own signal, which Stop sends'), value: undefined },
    ...offers.map(({ name, meaning }) => ({ label: name, description: meaning, value: name })),
  ];
  return app.ui.pick(
    choices.map((choice) => ({ ...choice, icon: 'zap' })),
    { title, placeholder: t('The signal that asks it to end (1 of 2)') },
  );
}

/** Undefined: each its own. */
async function askTimeout(app: Pick<App, 'ui'>, title: string, own: number | undefined): Promise<number | undefined> {
  const value = await app.ui.input({
    title,
    prompt: t('Seconds until it is killed; empty for its own time, -1 to wait without a limit (2 of 2)'),
    value: own === undefined ? '' : String(own),
    placeholder: String(own ?? defaultTimeout),
    check: (typed) => (/^(-1|\d{0,6})$/.test(typed.trim()) ? undefined : t('Write a whole number of seconds, or -1.')),
  });
  return value.trim() === '' || Number(value) === own ? undefined : Number(value);
}
