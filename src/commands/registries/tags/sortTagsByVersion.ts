// Puts tags in order of their versions, the newest first.
import type { App } from '../../../app/index.ts';

export async function sortTagsByVersion(
  app: Pick<App, 'preferences'>,
  _target?: unknown,
  _options?: object,
): Promise<{ order: string }> {
  await app.preferences.set('tagOrder', 'version');
  return { order: 'version' };
}
