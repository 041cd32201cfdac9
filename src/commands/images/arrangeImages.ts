// Chooses how the images view groups and sorts its rows, and whether images without a tag are among them.
import type { App } from '../../app/index.ts';
import type { ImageArrangement } from '../../model/arrange.ts';
import { t } from '../../model/l10n.ts';

/** Changes the settings `docknotes.images.*`; resolves with all of them. */
export async function arrangeImages(
  app: Pick<App, 'arrangement' | 'ui'>,
  _target?: unknown,
  options?: Partial<ImageArrangement>,
): Promise<ImageArrangement> {
  const change = options ?? (await ask(app));
  await app.arrangement.setImages(change);
  return { ...app.arrangement.images, ...change };
}

async function ask(app: Pick<App, 'arrangement' | 'ui'>): Promise<Partial<ImageArrangement>> {
  const now = app.arrangement.images;
  const mark = (on: boolean) => (on ? 'check' : 'blank');
  return app.ui.pick<Partial<ImageArrangement>>(
    [
      {
        label: t('Repositories with their tags'),
        icon: mark(now.groupBy === 'repository'),
        value: { groupBy: 'repository' },
        group: t('Group'),
      },
      { label: t('One list'), icon: mark(now.groupBy === 'none'), value: { groupBy: 'none' } },
      { label: t('Name'), icon: mark(now.sortBy === 'name'), value: { sortBy: 'name' }, group: t('Sort') },
      { label: t('Newest first'), icon: mark(now.sortBy === 'created'), value: { sortBy: 'created' } },
      { label: t('Largest first'), icon: mark(now.sortBy === 'size'), value: { sortBy: 'size' } },
      {
        label: now.dangling ? t('Hide images without a tag') : t('Show images without a tag'),
        icon: now.dangling ? 'eye-closed' : 'eye',
        value: { dangling: !now.dangling },
        group: t('Show'),
      },
    ],
    { title: t('Arrange Images') },
  );
}
