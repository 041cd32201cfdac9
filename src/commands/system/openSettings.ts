// Opens the settings of Docknotes.
import type { App } from '../../app.ts';

export async function openSettings(app: App): Promise<void> {
  await app.ui.settings();
}
