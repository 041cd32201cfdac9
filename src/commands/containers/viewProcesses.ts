// Shows the processes of running containers, in an editor tab that stays true while it is in sight.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseContainers } from '../../steps/containers/choose.ts';
import { openProcessesView } from '../../steps/containers/processes.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the columns and rows of the first container, as the host's `ps -ef` gives them. */
export async function viewProcesses(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ id: string; titles: string[]; rows: string[][] }> {
  const found = await chooseContainers(app, target, { title: t('Show Processes'), states: ['running', 'paused'] });
  const chosen = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const id = found[0]?.id ?? '';
  const { titles, rows } = await (await app.engine.client()).containers.top(id);
  openProcessesView(
    app,
    chosen.map((container) => ({ id: container.id, name: plain(container.name, 60) })),
  );
  return { id, titles, rows };
}
