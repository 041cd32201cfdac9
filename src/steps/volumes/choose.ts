// Which volumes a command is about.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

/** Names of volumes: of their rows or of rows of files in them, as strings with or without `volume:`, or the one that is picked. */
export async function chooseVolumes(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string },
): Promise<string[]> {
  const names = namesOf(target);
  if (names) {
    return names.map((name) => name.replace(/^volume:/, ''));
  }
  const found = rowsOf(target).flatMap((row) => {
    if (row.type === 'volume') {
      return [row.name];
    }
    return row.type === 'file' && row.owner.type === 'volume' ? [row.owner.name] : [];
  });
  return found.length > 0 ? found : [await pickVolume(app, prompt)];
}

/** The first of those that were selected. */
export async function chooseVolume(
  app: Pick<App, 'engine' | 'ui'>,
  target: Target,
  prompt: { title: string },
): Promise<string> {
  const [first = ''] = await chooseVolumes(app, target, prompt);
  return first;
}

async function pickVolume(app: Pick<App, 'engine' | 'ui'>, prompt: { title: string }): Promise<string> {
  const volumes = await app.engine.inventory.all('volumes');
  return app.ui.pick(
    volumes.map(({ name, driver }) => ({
      label: plain(name, 200),
      description: driver,
      icon: 'database',
      value: name,
    })),
    { title: prompt.title, placeholder: t('Choose a volume'), empty: t('The engine has no volumes.') },
  );
}
