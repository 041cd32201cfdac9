// The run that a run form asks for: one at a time, told of in the form, with what can be done after it.

import type { App } from '../../app/index.ts';
import type { Report } from '../../app/messages.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled, messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { RunFormAnswer, RunFormStatus } from '../../model/run/form/messages.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { optionsToLine } from '../../model/run/toLine.ts';
import { plain } from '../../model/text.ts';
import { runContainer } from './container.ts';
import { readRunLine } from './readLine.ts';

interface Action {
  label: string;
  run(): Promise<unknown>;
}

/** None of it rejects for a run that fails: the form says why. */
export interface FormRun {
  /** Runs, or only creates; does nothing while a run is under way. */
  start(options: RunOptions, start: boolean): Promise<void>;
  cancel(): void;
  /** Does what was offered last, by its place. */
  act(index: number): Promise<void>;
  say(status: RunFormStatus, offered?: readonly Action[]): void;
}

export function createFormRun(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  form: { answer(message: RunFormAnswer): void; close(): void },
): FormRun {
  let running: AbortController | undefined;
  let actions: readonly Action[] = [];

  function say(status: RunFormStatus, offered: readonly Action[] = []): void {
    actions = offered;
    form.answer({ type: 'status', status: { ...status, actions: offered.map(({ label }) => label) } });
  }

  async function run(options: RunOptions, start: boolean, signal: AbortSignal): Promise<void> {
    // The line is what is run: its variables, files and folders count as they do when it is pasted.
    const { options: wanted } = await readRunLine(app, optionsToLine(options));
    const report: Report = (text, fraction) =>
      say({ state: 'busy', text: t('Pulling: {0}', text), ...(fraction !== undefined && { fraction }) });
    const { id, warnings } = await runContainer(app, wanted, { start, ask: true, progress: { report, signal } });
    app.runs.keep(options);
    const client = await app.engine.client();
    // A container with --rm may be gone by now.
    const name = (await client.containers.inspect(id).catch(() => undefined))?.name ?? id.slice(0, 12);
    say({ state: 'done', text: outcomeOf(name, start, warnings) }, [
      ...actionsAfter(app, name, start, wanted.detach === true),
      { label: t('Close Form'), run: async () => form.close() },
    ]);
  }

  return {
    say,
    async start(options, start) {
      if (running) {
        return;
      }
      running = new AbortController();
      say({ state: 'busy', text: t('Asking the engine…') });
      try {
        await run(options, start, running.signal);
      } catch (error) {
        const { status, offered } = failureOf(app, error);
        say(status, offered);
      } finally {
        running = undefined;
      }
    },
    cancel() {
      running?.abort();
    },
    async act(index) {
      await actions[index]?.run();
    },
  };
}

function outcomeOf(name: string, started: boolean, warnings: readonly string[]): string {
  const told = warnings.length > 0 ? t('The engine says: {0}', plain(warnings.join(' '), 600)) : '';
  const sentence = started ? t('{0} was started.', name) : t('{0} was created.', name);
  return `${sentence} ${told}`.trim();
}

/** A container in a terminal is in sight already. */
function actionsAfter(app: Pick<App, 'ui'>, name: string, started: boolean, detached: boolean): Action[] {
  if (!started) {
    return [{ label: t('Start'), run: () => app.ui.command('startContainer', name) }];
  }
  return detached
    ? [
        { label: t('View Logs'), run: () => app.ui.command('viewLogs', name) },
        { label: t('Open Shell'), run: () => app.ui.command('execContainer', name) },
      ]
    : [];
}

function failureOf(app: Pick<App, 'ui' | 'log'>, error: unknown): { status: RunFormStatus; offered: Action[] } {
  if (error instanceof Cancelled) {
    return { status: { state: 'idle', text: t('Cancelled. Nothing was started.') }, offered: [] };
  }
  const failure = explain(error);
  app.log.error('run form', error);
  const mend = failure.code === 'port-allocated' ? 'ports' : failure.code === 'name-in-use' ? 'name' : undefined;
  return {
    status: { state: 'failed', text: messageOf(failure), ...(mend && { mend }) },
    offered: failure.actions.map((action) => ({ label: action.label, run: () => app.ui.follow(action) })),
  };
}
