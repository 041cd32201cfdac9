// Which files of containers and volumes a command is about: their rows, those of their container or volume, or a string: a
// container's name or id, or `volume:` and a volume's name.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { type FileOwner, normalizePath } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../containers/choose.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

export interface ChosenFile {
  owner: FileOwner;
  path: string;
}

/** One file; `path` is the path that was given with the command, `/` when neither it nor a file's row was. */
export async function chooseFile(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string; path?: string | undefined },
): Promise<ChosenFile> {
  const [first] = await chooseFilesOf(app, target, prompt);
  if (!first) {
    throw new UserError('nothing-chosen', t('No file was chosen.'));
  }
  return first;
}

/** A path in a container, typed. */
export function askFilePath(app: Pick<App, 'ui'>, title: string): Promise<string> {
  return app.ui.input({
    title,
    prompt: t('Path of the file in the container'),
    placeholder: '/etc/hosts',
    check: (value) => (value.startsWith('/') ? undefined : t('Write the whole path, from / on.')),
  });
}

/** All files that a command is about: the selected rows. */
export async function chooseFilesOf(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string; path?: string | undefined },
): Promise<ChosenFile[]> {
  const path = normalizePath(prompt.path ?? '/');
  const files = rowsOf(target).flatMap((row): ChosenFile[] => {
    switch (row.type) {
      case 'file':
        return [{ owner: row.owner, path: prompt.path === undefined ? row.path : path }];
      case 'change':
        return [{ owner: { type: 'container', id: row.container }, path: row.path }];
      case 'volume':
        return [{ owner: { type: 'volume', name: row.name }, path }];
      case 'container':
        return [{ owner: { type: 'container', id: row.id }, path }];
      default:
        return [];
    }
  });
  if (files.length > 0) {
    return files;
  }
  const [name] = namesOf(target) ?? [];
  if (name?.startsWith('volume:')) {
    return [{ owner: { type: 'volume', name: name.slice('volume:'.length) }, path }];
  }
  const { id } = await chooseContainer(app, name, { title: prompt.title });
  return [{ owner: { type: 'container', id }, path }];
}
