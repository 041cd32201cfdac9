// Shows a page of our own in an editor tab: a bundle and a style sheet of dist/webview, and its data.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Panel, PanelOptions } from '../../app/pages.ts';
import type { Log } from '../../app.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled } from '../../model/errors.ts';
import { plain } from '../../model/text.ts';
import { showFailure } from '../register.ts';

/** Returns the function that opens panels. A panel whose id is open already is shown again with the new data. */
export function createPanels(context: vscode.ExtensionContext, log: Log): (options: PanelOptions) => Panel {
  const open = new Map<string, OpenPanel>();
  return (options) => {
    const known = open.get(options.id);
    if (known) {
      known.show(options);
      return known;
    }
    const made = openPanel(context, options, log);
    open.set(options.id, made);
    made.onClosed(() => open.delete(options.id));
    return made;
  };
}

interface OpenPanel extends Panel {
  show(options: PanelOptions): void;
}

function openPanel(context: vscode.ExtensionContext, first: PanelOptions, log: Log): OpenPanel {
  const uri = (...path: string[]) => vscode.Uri.joinPath(context.extensionUri, ...path);
  const panel = vscode.window.createWebviewPanel(
    `docknotes.${first.script}`,
    plain(first.title, 100),
    vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [uri('dist', 'webview')] },
  );
  const state = followState(panel);
  let options = first;
  const post = (message: object) => void panel.webview.postMessage(message);
  const self: OpenPanel = {
    update(data) {
      options = { ...options, data };
      post({ type: 'data', data });
    },
    keep(data) {
      options = { ...options, data };
    },
    post(message) {
      if (state.visible) {
        post({ type: 'message', message });
      }
    },
    get visible() {
      return state.visible;
    },
    onVisible: state.onVisible,
    close: () => panel.dispose(),
    onClosed: state.onClosed,
    show(next) {
      options = next;
      panel.title = plain(next.title, 100);
      self.update(next.data);
      panel.reveal();
    },
  };
  const listening = panel.webview.onDidReceiveMessage((message: unknown) => {
    // The script says so whenever it starts: also when a hidden tab is shown again.
    if (isReady(message)) {
      post({ type: 'start', bundle: vscode.l10n.bundle ?? {}, data: options.data });
    } else {
      void answer(options, message, self, log);
    }
  });
  state.onClosed(() => listening.dispose());
  panel.webview.html = pageOf(panel.webview, options, uri);
  return self;
}

/** Whether a panel is visible, and that it was closed. Listens until then. */
function followState(panel: vscode.WebviewPanel): Pick<Panel, 'visible' | 'onVisible' | 'onClosed'> {
  const closed = new vscode.EventEmitter<void>();
  const seen = new vscode.EventEmitter<boolean>();
  let { visible } = panel;
  const looking = panel.onDidChangeViewState(() => {
    if (panel.visible !== visible) {
      visible = panel.visible;
      seen.fire(visible);
    }
  });
  const closing = panel.onDidDispose(() => {
    closed.fire();
    for (const each of [closed, seen, looking, closing]) {
      each.dispose();
    }
  });
  return {
    get visible() {
      return visible;
    },
    onVisible: (listener) => seen.event(listener),
    onClosed: (listener) => closed.event(listener),
  };
}

async function answer(options: PanelOptions, message: unknown, panel: Panel, log: Log): Promise<void> {
  try {
    await options.onMessage(message, panel);
  } catch (error) {
    if (!(error instanceof Cancelled)) {
      log.error(options.script, error);
      await showFailure(explain(error), log);
    }
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}

function pageOf(webview: vscode.Webview, { script, style }: PanelOptions, uri: (...path: string[]) => vscode.Uri) {
  const nonce = randomBytes(16).toString('base64url');
  const source = webview.asWebviewUri(uri('dist', 'webview', `${script}.js`));
  const sheet = webview.asWebviewUri(uri('dist', 'webview', `${style}.css`));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${sheet}">
</head>
<body><main id="page"></main><script nonce="${nonce}" src="${source}"></script></body>
</html>`;
}
