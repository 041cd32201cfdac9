// Asks once whether our hovers are wanted beside those of another extension that explains Dockerfiles.
import * as vscode from 'vscode';
import { t } from '../../model/l10n.ts';
import { otherServer, showsHovers } from '../../model/notes/otherServers.ts';
import type { SharedState } from '../../model/state.ts';
import { inert } from '../../model/text.ts';
import { hoverSetting, setHoverSetting } from '../settings.ts';

const asked = 'askedAboutHovers';

/** Whether hovers are shown right now; looked at on each hover, since extensions and settings may change. */
export function hoversWanted(): boolean {
  return showsHovers(hoverSetting(), installedOther());
}

/** Asks when another extension is there and the setting does not say yet; never a second time. */
export async function askAboutHovers(state: SharedState): Promise<void> {
  const other = installedOther();
  if (!other || hoverSetting() !== 'auto' || state.get(asked)) {
    return;
  }
  await state.change(asked, () => true);
  const show = t('Show Both');
  const hide = t('Keep Them Off');
  const pressed = await vscode.window.showInformationMessage(
    inert(t('{0} explains Dockerfiles too, so the hovers of Docknotes are off. Show both?', other)),
    show,
    hide,
  );
  if (pressed) {
    await setHoverSetting(pressed === show ? 'on' : 'off');
  }
}

function installedOther(): string | undefined {
  return otherServer(vscode.extensions.all.map(({ id }) => id));
}
