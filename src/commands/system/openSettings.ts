// Opens the settings of Docknotes.
import type { App } from '../../app.ts';

export async function openSettings(app: Pick<App, 'ui'>): Promise<void> {
  await app.ui.settings();
}
