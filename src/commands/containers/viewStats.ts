// Draws what containers use of processor, memory, network and disk, in an editor tab.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseContainers } from '../../steps/containers/choose.ts';
import { openStatsView } from '../../steps/containers/stats.ts';
import type { Target } from '../../steps/target.ts';

export async function viewStats(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ id: string; ids: string[] }> {
  const found = await chooseContainers(app, target, { title: t('Show Statistics'), states: ['running', 'paused'] });
  const chosen = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const ids = chosen.map(({ id }) => id);
  openStatsView(
    app,
    chosen.map(({ id, name }) => ({ id, name: plain(name, 60) })),
  );
  return { id: ids[0] ?? '', ids };
}
