// Opens a folder of a container or volume in a window, where files are opened, saved, created, renamed and deleted.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseFile } from '../../steps/files/choose.ts';
import { ownerName } from '../../steps/files/transfer.ts';
import type { Target } from '../../steps/target.ts';

export interface OpenFilesOptions {
  /** Absolute path of the folder; `/` when absent. */
  path?: string;
  /** True: a new window. When absent it is this one, where that ends nothing in it. */
  newWindow?: boolean;
}

export async function openFiles(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: OpenFilesOptions,
): Promise<{ path: string }> {
  const { owner, path } = await chooseFile(app, target, { title: t('Open Container Folder'), path: options?.path });
  const name = ownerName(app, owner);
  const label = path === '/' ? name : `${name} ${path}`;
  const newWindow = options?.newWindow ?? (!app.ui.takesFolders() && (options ? true : await askForWindow(app, label)));
  await (newWindow ? app.ui.openFolder(owner, path) : app.ui.addFolder(owner, path, label));
  return { path };
}

function askForWindow(app: Pick<App, 'ui'>, label: string): Promise<boolean> {
  return app.ui.ask(
    t('Open {0} in a new window?', label),
    t(
      'To take another folder, this window restarts its extensions. That ends what they do here: terminals in containers, pulls, pushes, copies between registries, and pages of logs. A new window leaves all of it as it is.',
    ),
    [
      { label: t('Open in New Window'), value: true },
      { label: t('Add to This Window'), value: false },
    ],
  );
}
