// A page with the processes of containers: asked for again and again while it is in sight, and never otherwise.
import type { App } from '../../app/index.ts';
import type { EngineClient, Processes } from '../../engine/types.ts';
import { askedColumns, type ProcessesPage, type ProcessList, readProcesses } from '../../model/containers/processes.ts';
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { sleep } from '../sleep.ts';
import { openLivePage } from './livePage.ts';

/** Milliseconds between an answer and the next question: the engine runs `ps` for each container. */
const pause = 2000;

export function openProcessesView(
  app: Pick<App, 'engine' | 'ui'>,
  containers: readonly { id: string; name: string }[],
): void {
  const name = containers[0]?.name ?? '';
  const page = (lists: ProcessList[]): ProcessesPage => ({ containers: lists });
  /** Which of the columns the engine understood. */
  const understood = { from: 0 };
  openLivePage(app, {
    script: 'processes',
    containers,
    title:
      containers.length === 1
        ? t('Processes: {0}', name)
        : t('Processes: {0} and {1} more', name, containers.length - 1),
    data: page(containers.map(({ name }) => ({ name, processes: [] }))),
    async feed(panel, signal) {
      while (!signal.aborted) {
        const lists = await Promise.all(containers.map((container) => listOf(app, container, understood, signal)));
        if (!signal.aborted) {
          panel.update(page(lists));
          await sleep(pause, signal);
        }
      }
    },
  });
}

/** Never rejects: what is wrong is told in the list. */
async function listOf(
  app: Pick<App, 'engine'>,
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
