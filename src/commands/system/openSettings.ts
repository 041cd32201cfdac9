// Opens the settings of Docknotes.
import type { App } from '../../app/index.ts';

export async function openSettings(app: Pick<App, 'ui'>): Promise<void> {
  await app.ui.settings();
}
