// Opens a whole field note as a preview.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';

/** `target` is the note's key, such as `instruction.from`. */
export async function openNote(app: Pick<App, 'ui'>, target?: unknown, _options?: object): Promise<{ key: string }> {
  const key = String(target ?? '');
  // The key becomes a file name, and links in hovers carry it: nothing but a plain key may pass.
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(key)) {
    throw new UserError('bad-note', t('There is no note named {0}.', key.slice(0, 100)));
  }
  await app.ui.note(key);
  return { key };
}
