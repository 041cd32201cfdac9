// A page about containers that is fed while it is in sight, and never otherwise.

import type { App } from '../../app/index.ts';
import type { Panel } from '../../app/pages.ts';
import { takeOver } from '../takeOver.ts';

export interface LivePage {
  /** The page's bundle, and the beginning of its id. */
  script: 'stats' | 'processes';
  containers: readonly { id: string }[];
  title: string;
  /** What the page shows at first. */
  data: object;
  /** Begins when the page comes into sight. The signal is aborted when it goes, is closed, or is opened anew. */
  feed(panel: Panel, signal: AbortSignal): void | Promise<void>;
}

export function openLivePage({ ui }: Pick<App, 'ui'>, { script, containers, title, data, feed }: LivePage): void {
  const id = `${script}/${containers.map((container) => container.id).join(',')}`;
  const { signal, end } = takeOver(id);
  // The page only draws, so it has nothing to say.
  const panel = ui.panel({ id, title, script, style: 'stats', data, onMessage() {} });
  let shown: AbortController | undefined;
  const show = (visible: boolean) => {
    shown?.abort();
    shown = visible && !signal.aborted ? new AbortController() : undefined;
    if (shown) {
      void feed(panel, shown.signal);
    }
  };
  panel.onVisible(show);
  panel.onClosed(end);
  signal.addEventListener('abort', () => show(false));
  show(true);
}
