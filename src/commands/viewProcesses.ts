// Shows the processes of a running container.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { alignColumns, plain } from '../model/text.ts';
import { containerOf, type ManyTarget } from '../steps/life.ts';

/** Resolves with the columns and rows, as the host's `ps` gives them. */
export async function viewProcesses(
  app: App,
  target?: ManyTarget,
  _options?: object,
): Promise<{ id: string; titles: string[]; rows: string[][] }> {
  const { id, name } = await containerOf(app, target, { title: t('Show Processes'), states: ['running', 'paused'] });
  const { titles, rows } = await (await app.engine.client()).processes(id);
  const lines = alignColumns([titles, ...rows].map((row) => row.map((cell) => plain(cell, 2000))));
  await app.ui.document(t('Processes of {0}', name), `${lines.join('\n')}\n`);
  return { id, titles, rows };
}
