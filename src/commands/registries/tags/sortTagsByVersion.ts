// Puts tags in order of their versions, the newest first.
import type { App } from '../../../app.ts';

export async function sortTagsByVersion(app: App, _target?: unknown, _options?: object): Promise<{ order: string }> {
  await app.preferences.set('tagOrder', 'version');
  return { order: 'version' };
}
