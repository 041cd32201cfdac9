// Shows the files that differ from the image of a container, as a tree below it.
import type { App } from '../../app/index.ts';
import { matches, wordsOf } from '../../model/arrange.ts';
import type { PathChange } from '../../model/files/changes.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Called with options it shows nothing, and resolves with all changes. */
export async function viewChanges(
  app: Pick<App, 'engine' | 'filters' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ id: string; changes?: PathChange[] }> {
  const { id } = await chooseContainer(app, target, { title: t('Show Changed Files') });
  if (options) {
    return { id, changes: await (await app.engine.client()).containers.changes(id) };
  }
  const container = app.engine.inventory.peek('containers', id);
  if (container && !matches(wordsOf(container), app.filters.get('containers'))) {
    // A filter that hides the container would hide what was asked for.
    app.filters.set('containers', '');
  }
  await app.ui.reveal('containers', { type: 'changes', container: id });
  return { id };
}
