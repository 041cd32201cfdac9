// Which engine a command is about: the row or name that it was given, or else the one that the person picks.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import type { FoundEngine } from '../../model/engines/endpoint.ts';
import { engineLabel, engineState } from '../../model/engines/labels.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { namesOf, rowsOf, type Target } from '../target.ts';

/** The engine that a row or a string names: an id, a context's name or an address; undefined without a target. */
export function engineOf(app: Pick<App, 'engines'>, target: Target): FoundEngine | undefined {
  const [row] = rowsOf(target);
  const name = namesOf(target)?.[0]?.trim() ?? (row?.type === 'engine' ? row.id : undefined);
  if (name === undefined) {
    return undefined;
  }
  const engines = app.engines.list();
  const found =
    engines.find(({ id }) => id === name) ??
    engines.find(({ context, url }) => context === name || url === name || url === `unix://${name}`);
  if (!found) {
    throw new UserError('no-such-engine', t('There is no engine {0} in the list.', plain(name, 200)));
  }
  return found;
}

export function engineChoice(engine: FoundEngine): Choice<FoundEngine> {
  return {
    label: engineLabel(engine),
    description: [engine.inUse ? t('in use') : '', engineState(engine)].filter(Boolean).join(' · '),
    detail: plain(engine.url, 200),
    icon: engine.inUse ? 'check' : engine.openToAll ? 'warning' : 'vm',
    value: engine,
  };
}
