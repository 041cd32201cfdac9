// A page with the figures of containers: one stream for each while the page is in sight, none otherwise.
import type { App } from '../../app.ts';
import type { Inventory } from '../../engine/types.ts';
import {
  type Counters,
  type Figures,
  figuresOf,
  mostFigures,
  readStats,
  type StatsNews,
  type StatsPage,
  type StatsSeries,
} from '../../model/containers/stats.ts';
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { t } from '../../model/l10n.ts';
import { takeOver } from '../takeOver.ts';

/** Milliseconds: samples that come together are drawn together. */
const tick = 100;
const pause = 2000;

export function openStatsView(app: App, containers: readonly { id: string; name: string }[]): void {
  const series: StatsSeries[] = containers.map(({ name }) => ({ name, figures: [] }));
  let streams: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What came since the page was told last. */
  let fresh = new Map<number, StatsSeries>();
  const page = (): StatsPage => ({ containers: series });
  const [first] = containers;
  const id = `stats/${containers.map((container) => container.id).join(',')}`;
  const { signal, end } = takeOver(id);
  const panel = app.ui.panel({
    id,
    title:
      containers.length === 1
        ? t('Statistics: {0}', first?.name ?? '')
        : t('Statistics: {0} and {1} more', first?.name ?? '', containers.length - 1),
    script: 'stats',
    style: 'stats',
    data: page(),
    // The page only draws.
    onMessage: () => {},
  });

  const draw = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const news: StatsNews = { type: 'figures', more: [...fresh].map(([index, more]) => ({ index, ...more })) };
      fresh = new Map();
      panel.keep(page());
      panel.post(news);
    }, tick);
  };
  const start = () => {
    streams = new AbortController();
    for (const [index, { id: container, name }] of containers.entries()) {
      void follow(app, container, name, streams.signal, (figures, problem) => {
        const told = fresh.get(index) ?? { name, figures: [] };
        for (const each of [series[index], told]) {
          if (each) {
            add(each, figures, problem);
          }
        }
        fresh.set(index, told);
        draw();
      });
    }
  };
  const stop = () => {
    streams?.abort();
    streams = undefined;
    clearTimeout(timer);
    timer = undefined;
    fresh = new Map();
  };

  panel.onVisible((visible) => {
    stop();
    if (visible && !signal.aborted) {
      start();
    }
  });
  panel.onClosed(end);
  signal.addEventListener('abort', stop);
  start();
}

function add(series: StatsSeries, figures: readonly (Figures | undefined)[], problem: string | undefined): void {
  series.figures.push(...figures);
  series.figures.splice(0, series.figures.length - mostFigures);
  if (problem === undefined) {
    delete series.problem;
  } else {
    series.problem = problem;
  }
}

/** Tells of figures until the signal is aborted or the container is gone. */
async function follow(
  app: App,
  id: string,
  name: string,
  signal: AbortSignal,
  tell: (figures: (Figures | undefined)[], problem?: string) => void,
): Promise<void> {
  let before: Counters | undefined;
  while (!signal.aborted) {
    try {
      const client = await app.engine.client();
      // The stream of a container that is not there stays open and says nothing.
      await client.containers.inspect(id);
      await client.containers.stats(
        id,
        (raw) => {
          const now = readStats(raw);
          const figures = figuresOf(now, before);
          before = now;
          tell([figures], figures ? undefined : t('{0} does not run. Its statistics continue when it starts.', name));
        },
        signal,
      );
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof EngineError && error.status === 404) {
        tell([], t('{0} was removed.', name));
        return;
      }
      tell([undefined], explain(error).message);
    }
    before = undefined;
    await returnOf(app.engine.inventory, signal);
  }
}

/** Settles when the engine is back, or a moment has passed. */
function returnOf(inventory: Inventory, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listening.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, pause);
    const listening = inventory.onStatus(({ state }) => {
      if (state === 'connected') {
        done();
      }
    });
    signal.addEventListener('abort', done);
  });
}
