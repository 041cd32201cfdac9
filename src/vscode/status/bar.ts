// The engine in the status bar, shown once the sidebar was used or a Dockerfile is open, and the warning of open engines.
import * as vscode from 'vscode';
import type { App } from '../../app.ts';
import type { EngineStatus } from '../../engine/types.ts';
import { isOpenToAll } from '../../model/engines/endpoint.ts';
import { engineLabel, openToAllText } from '../../model/engines/labels.ts';
import { engineHelp } from '../../model/engines/problems.ts';
import { t } from '../../model/l10n.ts';
import type { SharedState } from '../../model/state.ts';
import { escapeMarkdown, inert, plain } from '../../model/text.ts';
import { texts } from '../../model/untyped.ts';
import { commandId } from '../actions.ts';

/** Key of the addresses that a person has been warned of. */
const warnedKey = 'engines.warned';

export function showEngineStatus(
  { engine, log, ui }: Pick<App, 'engine' | 'ui' | 'log'>,
  state: SharedState,
): vscode.Disposable {
  const { inventory } = engine;
  let item: vscode.StatusBarItem | undefined;
  let used = false;

  const draw = () => {
    if (!used && !vscode.workspace.textDocuments.some(({ languageId }) => languageId === 'dockerfile')) {
      return;
    }
    if (!item) {
      item = vscode.window.createStatusBarItem('docknotes.engine', vscode.StatusBarAlignment.Left, 10);
      item.name = t('Container Engine');
      item.command = commandId('useEngine');
      item.show();
    }
    const { icon, words, tooltip } = faceOf(inventory.status, used);
    item.text = `$(${icon}) ${inert(words)}`;
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.accessibilityInformation = { label: t('Container engine: {0}', words) };
  };

  const warn = async (status: EngineStatus) => {
    const { endpoint } = status;
    if (status.state !== 'connected' || !endpoint || !isOpenToAll(endpoint)) {
      return;
    }
    let first = false;
    await state.change(warnedKey, (now) => {
      const warned = texts(now);
      first = !warned.includes(endpoint.url);
      return first ? [...warned, endpoint.url] : warned;
    });
    if (!first) {
      return;
    }
    const show = t('Show Note');
    if ((await vscode.window.showWarningMessage(inert(openToAllText(endpoint.url)), show)) === show) {
      await ui.note('engine.remote');
    }
  };

  const following = inventory.onStatus((status) => {
    used = true;
    draw();
    warn(status).catch((error: unknown) => log.error('warning of an open engine', error));
  });
  const opening = vscode.workspace.onDidOpenTextDocument(draw);
  draw();
  return {
    dispose() {
      following.dispose();
      opening.dispose();
      item?.dispose();
    },
  };
}

function faceOf(status: EngineStatus, used: boolean): { icon: string; words: string; tooltip: string } {
  const pick = t('Click to use another engine.');
  switch (status.state) {
    case 'connecting':
      return used
        ? { icon: 'sync~spin', words: t('Connecting to the engine…'), tooltip: pick }
        : { icon: 'vm', words: t('Container engine'), tooltip: pick };
    case 'connected': {
      const { endpoint, name, version } = status;
      const product = `${plain(name, 60).replace(/ - .*$/, '')} ${plain(version, 40)}`;
      const context = endpoint.source === 'context' ? `${engineLabel(endpoint)}: ` : '';
      const open = isOpenToAll(endpoint);
      const lines = [
        escapeMarkdown(endpoint.url),
        ...(open ? [escapeMarkdown(openToAllText(endpoint.url))] : []),
        pick,
      ];
      return {
        icon: open ? 'unlock' : 'vm-active',
        words: context + product,
        tooltip: lines.join('\n\n'),
      };
    }
    case 'unreachable': {
      const { title, sentence } = engineHelp(status.problem, status.endpoint, status.reason);
      return {
        icon: 'warning',
        words: t('No engine'),
        tooltip: [`**${escapeMarkdown(title)}**`, escapeMarkdown(sentence), pick].join('\n\n'),
      };
    }
  }
}
