// A page with the figures of containers: one stream for each while the page is in sight, none otherwise.
import type { App } from '../../app.ts';
import type { Inventory } from '../../engine/types.ts';
import {
  type Counters,
  type Figures,
  figuresOf,
  maxFigures,
  readStats,
  type StatsNews,
  type StatsPage,
  type StatsSeries,
} from '../../model/containers/stats.ts';
import { EngineError } from '../../model/engines/error.ts';
import { explain } from '../../model/engines/help.ts';
import { t } from '../../model/l10n.ts';
import { openLivePage } from './livePage.ts';

/** Milliseconds: samples that come together are drawn together. */
const tick = 100;
const pause = 2000;

export function openStatsView(
  app: Pick<App, 'engine' | 'ui'>,
  containers: readonly { id: string; name: string }[],
): void {
  const series: StatsSeries[] = containers.map(({ name }) => ({ name, figures: [] }));
  const page = (): StatsPage => ({ containers: series });
  const name = containers[0]?.name ?? '';
  openLivePage(app, {
    script: 'stats',
    containers,
    title:
      containers.length === 1
        ? t('Statistics: {0}', name)
        : t('Statistics: {0} and {1} more', name, containers.length - 1),
    data: page(),
    feed(panel, signal) {
      /** What came since the page was told last. */
      let fresh = new Map<number, StatsSeries>();
      let timer: ReturnType<typeof setTimeout> | undefined;
      signal.addEventListener('abort', () => clearTimeout(timer));
      const draw = () => {
        if (signal.aborted) {
          return;
        }
        timer ??= setTimeout(() => {
          timer = undefined;
          const news: StatsNews = { type: 'figures', more: [...fresh].map(([index, more]) => ({ index, ...more })) };
          fresh = new Map();
          panel.keep(page());
          panel.post(news);
        }, tick);
      };
      for (const [index, { id, name }] of containers.entries()) {
        void follow(app, id, name, signal, (figures, problem) => {
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
    },
  });
}

function add(series: StatsSeries, figures: readonly (Figures | undefined)[], problem: string | undefined): void {
  series.figures.push(...figures);
  series.figures.splice(0, series.figures.length - maxFigures);
  if (problem === undefined) {
    delete series.problem;
  } else {
    series.problem = problem;
  }
}

/** Tells of figures until the signal is aborted or the container is gone. */
async function follow(
  app: Pick<App, 'engine'>,
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
