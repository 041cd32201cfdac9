// Shows the log of Docknotes.
import type { App } from '../../app/index.ts';

export async function showLog(app: Pick<App, 'ui'>): Promise<void> {
  app.ui.showLog();
}
