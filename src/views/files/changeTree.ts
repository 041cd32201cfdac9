// The files that a container changed; the containers view shows them below a container.
import type { App } from '../../app.ts';
import { type ChangeElement, type ChangesElement, keyOf, type MessageElement } from '../../model/elements.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled } from '../../model/errors.ts';
import { type Disposable, Emitter, type Event } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import { messageUnder } from '../messageRow.ts';
import type { Row, RowChange } from '../types.ts';
import { changeElement, changeRow, changesRow, changeTooltip, countWords } from './changeRows.ts';
import { firstRows } from './rows.ts';

export interface ChangeRows extends Disposable {
  /** Never rejects: what cannot be compared is a message. */
  children(element: ChangesElement | ChangeElement): Promise<(ChangeElement | MessageElement)[]>;
  row(element: ChangesElement | ChangeElement): Row;
  /** Markdown. */
  tooltip(element: ChangesElement | ChangeElement): string;
  parent(element: ChangeElement): ChangesElement | ChangeElement;
  collapsed(element: ChangesElement): void;
  readonly onChange: Event<RowChange>;
}

/** The changed files of all containers as rows. Works until it is disposed of; holds the counts that it drew last. */
export function createChangeRows({ changes }: Pick<App, 'changes'>): ChangeRows {
  const changed = new Emitter<RowChange>();
  /** The counts that stand in the row of each container. */
  const drawn = new Map<string, string>();
  const root = (container: string): ChangesElement => ({ type: 'changes', container });
  const listening = changes.onStale((ids) => changed.fire(ids.map((id) => keyOf(root(id)))));
  /** What was counted last stays, also while nobody looks. */
  const counts = (container: string) => {
    const tree = changes.peek(container);
    return tree ? countWords(tree.counts) : (drawn.get(container) ?? '');
  };

  return {
    onChange: changed.event,

    async children(element) {
      const { container } = element;
      const path = element.type === 'change' ? element.path : '/';
      try {
        const tree = await changes.of(container);
        if (element.type === 'changes' && drawn.get(container) !== counts(container)) {
          // Its row tells how many there are, and was drawn before that was known.
          queueMicrotask(() => changed.fire([keyOf(element)]));
        }
        const rows = firstRows(
          tree.below(path),
          (node) => changeElement(container, node),
          (text) => messageUnder({ type: 'change', container, path, folder: true }, text),
        );
        return rows.length === 0 && path === '/'
          ? [messageUnder(element, t('All files are as in the image. Volumes and mounts are not compared.'))]
          : rows;
      } catch (error) {
        return error instanceof Cancelled ? [] : [messageUnder(element, explain(error).message, true)];
      }
    },

    row(element) {
      const { container } = element;
      if (element.type === 'change') {
        return changeRow(element, changes.peek(container)?.at(element.path)?.label);
      }
      const description = counts(container);
      drawn.set(container, description);
      return changesRow(description);
    },

    tooltip: (element) =>
      element.type === 'changes'
        ? t('The files that differ from the image. Volumes and mounts are not compared.')
        : changeTooltip(element),

    parent({ container, path }) {
      const tree = changes.peek(container);
      const above = tree?.above(path) ?? '/';
      const node = above === '/' ? undefined : tree?.at(above);
      return node ? changeElement(container, { ...node, path: above, folder: true }) : root(container);
    },

    collapsed: ({ container }) => changes.forget(container),

    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}
