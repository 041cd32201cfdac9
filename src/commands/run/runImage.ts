// Runs an image with one click: as it was last run in this workspace, else as its own configuration suggests.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { labelOf } from '../../model/run/form/fields.ts';
import { type DroppedOption, optionText, withOptionText } from '../../model/run/form/lastRun.ts';
import { publishedPorts, withFreePorts } from '../../model/run/form/ports.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { withForgotten } from '../../steps/containers/openShell.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { defaultOptions, runContainer } from '../../steps/run/container.ts';
import type { Target } from '../../steps/target.ts';

export interface RunImageOptions extends Omit<RunOptions, 'image'> {
  /** True (when absent, too): in the background. False: in a terminal. */
  detach?: boolean;
}

/** Creates and starts a container. Resolves with its id and what the engine warned of. */
export async function runImage(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  target?: Target,
  options?: RunImageOptions,
): Promise<{ id: string; warnings: string[] }> {
  const { ref } = await chooseImage(app, target, { title: t('Run Image') });
  if (options) {
    return runContainer(app, given(ref, options), { start: true, ask: false });
  }
  const { wanted, freed } = await optionsFor(app, ref);
  const created = await runContainer(app, wanted, { start: true, ask: true });
  app.runs.keep(wanted);
  await tell(app, created.id, wanted, freed);
  return created;
}

function given(image: string, options: RunImageOptions): RunOptions {
  const { detach = true, ...rest } = options;
  const says = rest.interactive ?? rest.stdin ?? rest.tty;
  // A container in a terminal would have none without this.
  return { ...rest, image, detach, ...(!detach && says === undefined && { interactive: true }) };
}

/** `freed` is true when a host port of the last time is taken now. */
async function optionsFor(
  app: Pick<App, 'engine' | 'runs' | 'ui'>,
  image: string,
): Promise<{ wanted: RunOptions; freed: boolean }> {
  const last = app.runs.last(image);
  if (!last) {
    const client = await app.engine.client();
    const details = await client.images.inspect(image);
    return { wanted: await defaultOptions(app, image, details), freed: false };
  }
  const containers = await app.engine.inventory.all('containers');
  const { name, ports = [], ...rest } = last.options;
  const env = await withForgotten(app, t('Run {0}', image), last.options.env ?? [], last.forgot);
  const complete = await withDropped(app, image, rest, last.dropped);
  const free = withFreePorts(ports, publishedPorts(containers));
  return {
    wanted: {
      ...complete,
      image,
      ...(name && !containers.some((container) => container.name === name) && { name }),
      ...(free.length > 0 && { ports: free }),
      ...(env.length > 0 && { env }),
    },
    freed: free.some((port, index) => port !== ports[index]),
  };
}

/** Asks for the options of which a value was not kept, since a container would silently run with less. */
async function withDropped(
  app: Pick<App, 'ui'>,
  image: string,
  options: RunOptions,
  dropped: readonly DroppedOption[],
): Promise<RunOptions> {
  let complete: RunOptions = options;
  for (const option of dropped) {
    const text = await app.ui.input({
      title: t('Run {0}', image),
      prompt: t('{0}: a value was not kept, because it looks like a secret. Complete it.', labelOf(option)),
      value: optionText(complete, option),
    });
    complete = withOptionText(complete, option, text);
  }
  return complete;
}

async function tell(app: Pick<App, 'engine' | 'ui'>, id: string, options: RunOptions, freed: boolean): Promise<void> {
  if (!options.detach) {
    return;
  }
  const details = await (await app.engine.client()).containers.inspect(id).catch(() => undefined);
  if (!details) {
    return;
  }
  app.ui.say(
    freed
      ? t('{0} is running. A port of the host was taken, so it has another one: see its ports below it.', details.name)
      : t('{0} is running.', details.name),
  );
}
