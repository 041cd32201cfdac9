// Follows the logs of one container or of several together, in an editor tab.
import type { App } from '../../app/index.ts';
import { readToEnd } from '../../model/containers/output.ts';
import { t } from '../../model/l10n.ts';
import type { LogRange } from '../../model/logs/messages.ts';
import { plain } from '../../model/text.ts';
import { chooseContainers } from '../../steps/containers/choose.ts';
import { type FollowState, followLogs } from '../../steps/logs/follow.ts';
import { openLogView } from '../../steps/logs/page.ts';
import type { Target } from '../../steps/target.ts';

export interface LogsOptions {
  /** Lines from the end; 1,000 when absent. */
  tail?: number;
  /** Seconds since 1970. */
  since?: number;
  /** False: the logs so far of one container, without opening a page. */
  follow?: boolean;
  timestamps?: boolean;
}

const tailByDefault = 1000;
/** Bytes of logs that are given as a text, of each stream. */
const maxText = 64 * 1024 * 1024;

/** Opens the page. With `follow: false` it resolves with the text instead, both streams in their order. */
export async function viewLogs(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: LogsOptions,
): Promise<{ id: string; ids: string[]; text?: string }> {
  const chosen = await chooseContainers(app, target, { title: t('View Logs') });
  const ids = chosen.map(({ id }) => id);
  const [id = ''] = ids;
  if (options?.follow === false) {
    return { id, ids, text: await textOf(app, id, options) };
  }
  const names = chosen.map(({ name }) => plain(name, 60));
  const states = chosen.map((): FollowState => ({ state: 'following' }));
  const view = openLogView(app, {
    id: `logs/${ids.join(',')}`,
    title:
      chosen.length === 1
        ? t('Logs: {0}', names[0] ?? '')
        : t('Logs: {0} and {1} more', names[0] ?? '', ids.length - 1),
    kind: 'logs',
    sources: names,
    range: 'last1000',
    stamps: options?.timestamps === true,
    status: () => statusOf(names, states),
    onRange: (range) => follow(rangeOptions(range)),
  });
  let following = new AbortController();

  function follow(from: { tail?: number; since?: number }): void {
    following.abort();
    following = new AbortController();
    const { signal } = following;
    for (const [source, container] of ids.entries()) {
      void followLogs(app.engine, container, {
        ...from,
        source,
        signal,
        onLine: view.push,
        onState(state) {
          if (!signal.aborted) {
            states[source] = state;
            view.touch();
          }
        },
      });
    }
  }

  view.signal.addEventListener('abort', () => following.abort());
  follow({ tail: options?.tail ?? tailByDefault, ...(options?.since !== undefined && { since: options.since }) });
  return { id, ids };
}

function rangeOptions(range: LogRange): { tail?: number; since?: number } {
  const ago = (minutes: number) => ({ since: Math.floor(Date.now() / 1000) - minutes * 60 });
  switch (range) {
    case 'last1000':
      return { tail: 1000 };
    case 'last10000':
      return { tail: 10_000 };
    case 'all':
      return {};
    case 'minutes15':
      return ago(15);
    case 'hour':
      return ago(60);
    case 'day':
      return ago(24 * 60);
  }
}

function statusOf(names: readonly string[], states: readonly FollowState[]): { status: string[]; failed: boolean } {
  const sentences = states.map((state, index) => sentenceOf(names[index] ?? '', state));
  // What is the same for all, as an engine that is gone, is said once.
  const status = [...new Set(sentences.filter((sentence) => sentence !== undefined))];
  return {
    status: status.length > 0 ? status : [t('Following the logs.')],
    failed: states.some(({ state }) => state === 'lost'),
  };
}

function sentenceOf(name: string, state: FollowState): string | undefined {
  switch (state.state) {
    case 'following':
      return undefined;
    case 'waiting':
      return t('{0} has ended with exit code {1}. The logs go on when it starts again.', name, state.exitCode);
    case 'lost':
      return state.reason;
    case 'gone':
      return t('{0} was removed. This is what was read of its logs.', name);
  }
}

async function textOf(app: Pick<App, 'engine'>, id: string, { tail, since, timestamps }: LogsOptions): Promise<string> {
  const client = await app.engine.client();
  const query = { tail: tail ?? tailByDefault, ...(since !== undefined && { since }), timestamps: timestamps === true };
  const session = await client.containers.logs(id, { ...query, follow: false }, new AbortController().signal);
  const output = await readToEnd(session, { limit: maxText, onFull: () => session.dispose() });
  return output.text();
}
