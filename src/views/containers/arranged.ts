// The containers where they stand in their view, kept as long as no change moves one.
import type { App } from '../../app.ts';
import type { InventoryChange } from '../../engine/types.ts';
import { placeOf, wordsOf } from '../../model/arrange.ts';
import { keyOf } from '../../model/elements.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import type { Container } from '../../model/objects.ts';
import type { ViewFilter } from '../rowFilter.ts';
import type { RowChange } from '../types.ts';
import { type Layout, layOut } from './layout.ts';
import { createPace } from './pace.ts';
import { touchedRows } from './touched.ts';

export interface ArrangedContainers extends Disposable {
  /** Lays out what is to be laid out. Never rejects: while the engine does not answer, there are none. */
  layout(): Promise<Layout>;
  /** What was laid out last; undefined before, and once something moved since. */
  readonly current: Layout | undefined;
  readonly onChange: Event<RowChange>;
}

/**
 * Follows the engine, the settings and the filter until it is disposed of; throws nothing. It holds the layout
 * and the containers that this was made of.
 */
export function arrangeContainers(
  { engine, arrangement }: Pick<App, 'engine' | 'arrangement'>,
  filter: ViewFilter,
): ArrangedContainers {
  const { inventory } = engine;
  const changed = new Emitter<RowChange>();
  /** The containers as they were when they were laid out; rows stay as long as the places of these do. */
  let laidOut: ReadonlyMap<string, Container> = new Map();
  let layout: Layout | undefined;
  const pace = createPace();

  const drawAll = () => {
    pace.cancel();
    layout = undefined;
    changed.fire(undefined);
  };
  const listening = [
    inventory.onChange((change) => {
      if (change.kind === 'containers') {
        follow(change);
      }
    }),
    arrangement.onChange(drawAll),
    filter.onChange(drawAll),
    pace,
    changed,
  ];

  function follow(change: InventoryChange): void {
    const text = filter.text;
    const rows = touchedRows(change, {
      before: (id) => laidOut.get(id),
      now: (id) => inventory.peek('containers', id),
      placeOf: (container) => placeOf(container, arrangement.containers, text),
      groupOf: (id) => layout?.parents.get(id),
    });
    if (rows) {
      changed.fire(rows);
    } else if (!pace.waits(change, laidOut.size, drawAll)) {
      drawAll();
    } else if (change.changed.length > 0) {
      // They show at once what changed, and stand where they belong once no more come for a while.
      changed.fire(change.changed.map((id) => keyOf({ type: 'container', id })));
    }
  }

  return {
    onChange: changed.event,
    get current() {
      return layout;
    },
    async layout() {
      if (layout) {
        return layout;
      }
      const containers = await inventory.all('containers').catch((): readonly Container[] => []);
      const found = filter.find(containers, wordsOf);
      const shown = found === containers ? undefined : new Set(found);
      pace.laidOut();
      laidOut = new Map(containers.map((container) => [container.id, container]));
      layout = layOut(containers, arrangement.containers, (container) => shown?.has(container) ?? true);
      return layout;
    },
    dispose() {
      for (const each of listening) {
        each.dispose();
      }
    },
  };
}
