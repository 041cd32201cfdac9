// Lists the files that differ from the image of a container, and opens the one that is picked.
import type { App } from '../app.ts';
import type { PathChange } from '../engine/types.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';
import { containerOf, type ManyTarget } from '../steps/life.ts';

const icons = { added: 'diff-added', changed: 'diff-modified', deleted: 'diff-removed' };

/** Resolves with all changes; called with options it shows nothing. */
export async function viewChanges(
  app: App,
  target?: ManyTarget,
  options?: object,
): Promise<{ id: string; changes: PathChange[] }> {
  const { id, name } = await containerOf(app, target, { title: t('Show Changed Files') });
  const client = await app.engine.client();
  if (options) {
    return { id, changes: await client.pathChanges(id) };
  }
  const changes = await app.ui.progress(t('Comparing the files of {0} with its image', name), (_report, signal) =>
    client.pathChanges(id, signal),
  );
  const picked = await app.ui.pick(
    withoutFolders(changes).map((change) => ({
      label: change.path,
      description: wordFor(change.kind),
      icon: icons[change.kind],
      value: change,
    })),
    {
      title: t('Changed Files of {0}', name),
      placeholder: t('Choose a file to open it'),
      empty: t('{0} has the same files as its image. Volumes and mounts are not compared.', name),
    },
  );
  if (picked.kind === 'deleted') {
    app.ui.say(t('{0} was deleted in the container. It is still in the image.', plain(picked.path, 300)));
  } else {
    await app.ui.showFile({ type: 'container', id }, picked.path);
  }
  return { id, changes };
}

/** Folders are listed as changed when something in them did; that says nothing more. */
function withoutFolders(changes: readonly PathChange[]): PathChange[] {
  const folders = new Set(changes.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  return changes.filter(({ path, kind }) => kind === 'deleted' || !folders.has(path));
}

function wordFor(kind: PathChange['kind']): string {
  switch (kind) {
    case 'added':
      return t('added');
    case 'changed':
      return t('changed');
    case 'deleted':
      return t('deleted');
  }
}
