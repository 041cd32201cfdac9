// A page with the processes of containers: asked for again and again while it is in sight, and never otherwise.
import type { App } from '../../app.ts';
import type { EngineClient, Processes } from '../../engine/types.ts';
import { askedColumns, type ProcessesPage, type ProcessList, readProcesses } from '../../model/containers/processes.ts';
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { sleep } from '../sleep.ts';
import { takeOver } from '../takeOver.ts';

/** Milliseconds between an answer and the next question: the engine runs `ps` for each container. */
const pause = 2000;

export function openProcessesView(app: App, containers: readonly { id: string; name: string }[]): void {
  let lists = containers.map(({ name }): ProcessList => ({ name, processes: [] }));
  const [first] = containers;
  const id = `processes/${containers.map((container) => container.id).join(',')}`;
  const { signal, end } = takeOver(id);
  const page = (): ProcessesPage => ({ containers: lists });
  const panel = app.ui.panel({
    id,
    title:
      containers.length === 1
        ? t('Processes: {0}', first?.name ?? '')
        : t('Processes: {0} and {1} more', first?.name ?? '', containers.length - 1),
    script: 'processes',
    style: 'stats',
    data: page(),
    // The page only draws.
    onMessage: () => {},
  });
  let looking: AbortController | undefined;
  /** Which of the columns the engine understood. */
  const understood = { from: 0 };

  async function look(sight: AbortSignal): Promise<void> {
    while (!sight.aborted) {
      const now = await Promise.all(containers.map((container) => listOf(app, container, understood, sight)));
      if (sight.aborted) {
        return;
      }
      lists = now;
      panel.update(page());
      await sleep(pause, sight);
    }
  }

  const stop = () => {
    looking?.abort();
    looking = undefined;
  };
  const start = () => {
    stop();
    looking = new AbortController();
    void look(looking.signal);
  };
  panel.onVisible((visible) => {
    if (visible && !signal.aborted) {
      start();
    } else {
      stop();
    }
  });
  panel.onClosed(end);
  signal.addEventListener('abort', stop);
  start();
}

/** Never rejects: what is wrong is told in the list. */
async function listOf(
  app: App,
  { id, name }: { id: string; name: string },
  understood: { from: number },
  signal: AbortSignal,
): Promise<ProcessList> {
  const none = (problem: string): ProcessList => ({ name, processes: [], problem });
  const state = app.engine.inventory.peek('containers', id)?.state;
  if (state && !['running', 'paused', 'restarting'].includes(state)) {
    return none(t('{0} does not run. Its processes are shown once it starts.', name));
  }
  try {
    const client = await app.engine.client();
    const answer = await askFor(client, id, understood, signal);
    const processes = readProcesses(answer).map((each) => ({ ...each, command: plain(each.command, 2000) }));
    return { name, processes };
  } catch (error) {
    return none(
      error instanceof EngineError && error.status === 404 ? t('{0} was removed.', name) : explain(error).message,
    );
  }
}

/** Begins with the columns that were understood before. */
async function askFor(
  client: EngineClient,
  id: string,
  understood: { from: number },
  signal: AbortSignal,
): Promise<Processes> {
  let refusal: unknown;
  for (const [index, columns] of askedColumns.entries()) {
    if (index < understood.from) {
      continue;
    }
    try {
      const answer = await client.containers.top(id, { signal, ...(columns && { columns }) });
      if (answer.titles.length > 0) {
        understood.from = index;
        return answer;
      }
    } catch (error) {
      // A container that does not run refuses all of them.
      if (!(error instanceof EngineError && error.status !== undefined && error.status !== 404)) {
        throw error;
      }
      refusal = error;
    }
  }
  throw refusal ?? new EngineError('The engine lists no processes.', { status: 200 });
}
