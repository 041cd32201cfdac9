// Rows for the files that a container changed; the containers view shows them below a container.
import type { App } from '../../app.ts';
import { type ChangeElement, type ChangesElement, keyOf, type MessageElement } from '../../model/elements.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled } from '../../model/errors.ts';
import { type Disposable, Emitter } from '../../model/event.ts';
import type { ChangeKind, ChangeNode } from '../../model/files/changes.ts';
import { t } from '../../model/l10n.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import type { Row, RowChange } from '../types.ts';

/** Rows of one folder that are drawn; an editor's tree is no place to look through more. */
const mostRows = 5_000;

type Rows = (ChangeElement | MessageElement)[];

export interface ChangeRows extends Disposable {
  /** Never rejects: what cannot be compared is a message. */
  children(element: ChangesElement | ChangeElement): Promise<Rows>;
  row(element: ChangesElement | ChangeElement): Row;
  /** Markdown. */
  tooltip(element: ChangesElement | ChangeElement): string;
  parent(element: ChangeElement): ChangesElement | ChangeElement;
  collapsed(element: ChangesElement): void;
  readonly onChange: Emitter<RowChange>['event'];
}

export function createChangeRows(app: App): ChangeRows {
  const changed = new Emitter<RowChange>();
  /** The counts that stand in the row of each container. */
  const drawn = new Map<string, string>();
  const { changes } = app;
  const root = (container: string): ChangesElement => ({ type: 'changes', container });
  const listening = changes.onStale((ids) => changed.fire(ids.map((id) => keyOf(root(id)))));
  /** What was counted last stays, also while nobody looks. */
  const counts = (container: string) => {
    const tree = changes.peek(container);
    return tree ? countWords(tree.counts) : (drawn.get(container) ?? '');
  };

  function rowsOf(container: string, path: string, nodes: readonly ChangeNode[]): Rows {
    const shown = nodes.slice(0, mostRows).map(
      ({ path: each, folder, kind }): ChangeElement => ({
        type: 'change',
        container,
        path: each,
        folder,
        ...(kind && { change: kind }),
      }),
    );
    const under = `change/${container}${path}`;
    const text = t('{0} of {1} files are shown.', shown.length, nodes.length);
    return shown.length < nodes.length ? [...shown, { type: 'message', under, text, failed: false }] : shown;
  }

  return {
    onChange: changed.event,

    async children(element) {
      const { container } = element;
      const path = element.type === 'change' ? element.path : '/';
      const message = (text: string, failed: boolean): Rows => [
        { type: 'message', under: keyOf(element), text, failed },
      ];
      try {
        const tree = await changes.of(container);
        if (element.type === 'changes' && drawn.get(container) !== counts(container)) {
          // Its row tells how many there are, and was drawn before that was known.
          queueMicrotask(() => changed.fire([keyOf(element)]));
        }
        const rows = rowsOf(container, path, tree.below(path));
        return rows.length === 0 && path === '/'
          ? message(t('All files are as in the image. Volumes and mounts are not compared.'), false)
          : rows;
      } catch (error) {
        return error instanceof Cancelled ? [] : message(explain(error).message, true);
      }
    },

    row(element) {
      const { container } = element;
      if (element.type === 'changes') {
        const description = counts(container);
        drawn.set(container, description);
        return {
          label: t('Changed Files'),
          ...(description && { description }),
          icon: { name: 'diff' },
          kind: 'changes',
          expand: 'collapsed',
          spoken: [t('Changed Files'), description.replaceAll(' · ', ', ')].filter(Boolean).join(', '),
        };
      }
      const label = plain(changes.peek(container)?.at(element.path)?.label ?? element.path, 300) || '?';
      const { change, folder } = element;
      const colour = change && colours[change];
      const word = change && changeWord(change);
      // An icon named folder would be the icon theme's, which has none in many themes, where the row has a colour.
      const icon = folder ? 'symbol-folder' : change ? icons[change] : 'file';
      const said = [label, word].filter(Boolean).join(', ');
      return {
        label,
        ...(word && { description: word }),
        icon: { name: icon, ...(colour && { color: colour }) },
        ...(colour && { colour }),
        kind: folder ? 'change.folder' : `change.${change ?? 'changed'}`,
        ...(folder ? { expand: 'collapsed' } : { opens: change === 'deleted' ? 'compareWithImage' : 'openFile' }),
        spoken: folder ? t('Folder {0}', said) : t('File {0}', said),
      };
    },

    tooltip(element) {
      if (element.type === 'changes') {
        return t('The files that differ from the image. Volumes and mounts are not compared.');
      }
      const line = element.change && tooltipFor(element.change);
      return [`**${escapeMarkdown(element.path, 1000)}**`, line].filter(Boolean).join('  \n');
    },

    parent({ container, path }) {
      const tree = changes.peek(container);
      const above = tree?.above(path) ?? '/';
      const node = above === '/' ? undefined : tree?.at(above);
      return node
        ? { type: 'change', container, path: above, folder: true, ...(node.kind && { change: node.kind }) }
        : root(container);
    },

    collapsed({ container }) {
      changes.forget(container);
    },

    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}

const icons: Readonly<Record<ChangeKind, string>> = {
  added: 'diff-added',
  changed: 'diff-modified',
  deleted: 'diff-removed',
};

const colours: Readonly<Record<ChangeKind, string>> = {
  added: 'gitDecoration.addedResourceForeground',
  changed: 'gitDecoration.modifiedResourceForeground',
  deleted: 'gitDecoration.deletedResourceForeground',
};

function changeWord(kind: ChangeKind): string {
  switch (kind) {
    case 'added':
      return t('added');
    case 'changed':
      return t('changed');
    case 'deleted':
      return t('deleted');
  }
}

function tooltipFor(kind: ChangeKind): string {
  switch (kind) {
    case 'added':
      return t('The image has no such file.');
    case 'changed':
      return t('Its content, mode or owner differs from the image.');
    case 'deleted':
      return t('It was deleted in the container, and is still in the image.');
  }
}

function countWords({ added, changed, deleted }: Readonly<Record<ChangeKind, number>>): string {
  return [
    added > 0 ? t('{0} added', added) : '',
    changed > 0 ? t('{0} changed', changed) : '',
    deleted > 0 ? t('{0} deleted', deleted) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
