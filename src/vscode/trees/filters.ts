// What each view is filtered by, kept with the workspace.
import type * as vscode from 'vscode';
import type { Filters } from '../../app/workspace.ts';
import type { FilteredView } from '../../model/elements.ts';
import { Emitter } from '../../model/event.ts';

/** The filters, kept by the memento that is given. Work until they are disposed of; hold nothing, and throw nothing. */
export function createFilters(state: vscode.Memento): Filters & vscode.Disposable {
  const changed = new Emitter<FilteredView>();
  const key = (view: FilteredView) => `filter.${view}`;
  return {
    get: (view) => state.get<string>(key(view)) ?? '',
    set(view, text) {
      const next = text.trim();
      if (next !== (state.get<string>(key(view)) ?? '')) {
        // Memory has it at once; the promise is for the disk.
        void state.update(key(view), next || undefined);
        changed.fire(view);
      }
    },
    onChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
