// Shows repositories in one list, by their whole names.
import type { App } from '../../app/index.ts';

export async function showRepositoriesAsList(
  app: Pick<App, 'preferences'>,
  _target?: unknown,
  _options?: object,
): Promise<{ layout: string }> {
  await app.preferences.set('repositoryLayout', 'list');
  return { layout: 'list' };
}
