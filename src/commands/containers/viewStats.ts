// Draws what containers use of processor, memory, network and disk, in an editor tab.
import type { App } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { openStatsView } from '../../steps/containers/stats.ts';
import { containersOf, type ManyTarget } from '../../steps/life.ts';

export async function viewStats(
  app: App,
  target?: ManyTarget,
  _options?: object,
): Promise<{ id: string; ids: string[] }> {
  const found = await containersOf(app, target, { title: t('Show Statistics'), states: ['running', 'paused'] });
  const chosen = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const ids = chosen.map(({ id }) => id);
  openStatsView(
    app,
    chosen.map(({ id, name }) => ({ id, name: plain(name, 60) })),
  );
  return { id: ids[0] ?? '', ids };
}
