// Asks once whether our hovers are wanted beside those of another extension that explains Dockerfiles.
import * as vscode from 'vscode';
import { t } from '../model/l10n.ts';
import { otherServer, showsHovers } from '../model/otherServers.ts';
import { inert } from '../model/text.ts';
import { hoverSetting, setHoverSetting } from './settings.ts';

const asked = 'askedAboutHovers';

/** Whether hovers are shown right now; looked at on each hover, since extensions and settings may change. */
export function hoversWanted(): boolean {
  return showsHovers(hoverSetting(), installedOther());
}

/** Asks when another extension is there and the setting does not say yet; never a second time. */
export async function askAboutHovers(context: vscode.ExtensionContext): Promise<void> {
  const other = installedOther();
  if (!other || hoverSetting() !== 'auto' || context.globalState.get(asked)) {
    return;
  }
  await context.globalState.update(asked, true);
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
