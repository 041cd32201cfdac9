// Runs a `docker run` or `docker create` line as it stands in a README, without a shell and without the docker program.
import type { App } from '../../app/index.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { createBody } from '../../model/run/create/body.ts';
import { hostPaths, type Surroundings } from '../../model/run/hostReach.ts';
import { parseRunLine, type RunLine } from '../../model/run/line.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { runSummary } from '../../model/run/summary.ts';
import { plain } from '../../model/text.ts';
import { runContainer } from '../../steps/run/container.ts';
import { lineForm } from '../../steps/run/form.ts';
import { readRunLine } from '../../steps/run/readLine.ts';

export interface RunLineOptions {
  /** False: the container is only created. When absent, as the line says: `run` starts it, `create` does not. */
  start?: boolean;
}

/**
 * Resolves with the container's id and whole sentences for what was not honoured, here or by the engine. Called by a person,
 * it says what would happen and asks first; without a line, it opens the form with an empty one, and there is no id.
 */
export async function runLine(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  target?: string,
  options?: RunLineOptions,
): Promise<{ id?: string; warnings: string[] }> {
  if (typeof target !== 'string') {
    if (options) {
      throw new UserError('run-line', t('Give the line to run, for example docker run -it busybox.'));
    }
    await lineForm(app, '');
    return { warnings: [] };
  }
  const read = await readRunLine(app, target);
  // What the engine could not be given is told before anything is asked or pulled.
  createBody({ ...read.options, otherNetworks: [] });
  const start = options?.start ?? read.command === 'run';
  if (!options) {
    const answer = await ask(app, target, read, start);
    if (answer === 'edit') {
      await lineForm(app, target);
      return { warnings: read.warnings };
    }
    const created = await runContainer(app, read.options, { start: answer === 'start', ask: true });
    app.runs.keep(read.options);
    tell(app, created.warnings);
    return { id: created.id, warnings: [...read.warnings, ...created.warnings] };
  }
  const { id, warnings } = await runContainer(app, read.options, { start, ask: false });
  return { id, warnings: [...read.warnings, ...warnings] };
}

async function ask(
  app: Pick<App, 'engine' | 'runs' | 'ui'>,
  line: string,
  { warnings }: RunLine,
  start: boolean,
): Promise<'start' | 'create' | 'edit'> {
  // Files are named as they stand in the line, not by what is in them.
  const { options } = parseRunLine(line, app.runs.context());
  const run = { label: t('Run'), value: 'start' } as const;
  const create = { label: t('Create Only'), value: 'create' } as const;
  return app.ui.ask(
    start
      ? t('Run {0} with Docknotes?', plain(options.image, 200))
      : t('Create a container of {0} with Docknotes?', plain(options.image, 200)),
    runSummary(options, warnings, await surroundings(app, options)),
    [...(start ? [run, create] : [create, run]), { label: t('Edit'), value: 'edit' }],
  );
}

/** Where the mounts of the line lead: past links of this machine, which a repository may bring, and into other containers. */
async function surroundings(app: Pick<App, 'engine' | 'runs'>, options: RunOptions): Promise<Surroundings> {
  // Without an engine the question is asked all the same, since the line can be edited.
  const client = await app.engine.client().catch(() => undefined);
  const isLocal = client === undefined || /^(?:unix|npipe):/.test(client.endpoint.url);
  // Looking at a path of another machine would call that machine before anybody has agreed.
  const paths = isLocal ? hostPaths(options).filter((path) => !/^[\\/]{2}/.test(path)) : [];
  const real = new Map(await Promise.all(paths.map(async (path) => [path, await app.runs.realPath(path)] as const)));
  const containers = options.volumesFrom ? await app.engine.inventory.all('containers').catch(() => []) : [];
  const mountsOf = (container: string) =>
    containers.find(({ id, name }) => name === container || id.startsWith(container))?.mounts;
  return { real, mountsOf };
}

function tell(app: Pick<App, 'ui'>, warnings: readonly string[]): void {
  if (warnings.length > 0) {
    app.ui.say(t('The container was made. The engine says: {0}', plain(warnings.map(messageOf).join(' '), 600)));
  }
}
