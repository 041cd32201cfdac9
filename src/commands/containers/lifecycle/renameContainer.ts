// Gives a container another name.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { checkObjectName } from '../../../model/objectName.ts';
import { chooseContainer } from '../../../steps/containers/choose.ts';
import type { Target } from '../../../steps/target.ts';

export interface RenameOptions {
  name: string;
}

export async function renameContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: RenameOptions,
): Promise<{ id: string; name: string }> {
  const { id, name: before } = await chooseContainer(app, target, { title: t('Rename Container') });
  const name =
    options?.name ??
    (await app.ui.input({
      title: t('Rename {0}', before),
      prompt: t('New name; other containers of its networks find it by this name'),
      value: before,
      check: checkObjectName,
    }));
  await (await app.engine.client()).containers.rename(id, name);
  return { id, name };
}
