// Puts tags in order of the dates of their images, the newest first.
import type { App } from '../../../app/index.ts';

export async function sortTagsByDate(
  app: Pick<App, 'preferences'>,
  _target?: unknown,
  _options?: object,
): Promise<{ order: string }> {
  await app.preferences.set('tagOrder', 'date');
  return { order: 'date' };
}
