// Shows repositories in folders, one for each part of their names.
import type { App } from '../../app/index.ts';

export async function showRepositoriesAsTree(
  app: Pick<App, 'preferences'>,
  _target?: unknown,
  _options?: object,
): Promise<{ layout: string }> {
  await app.preferences.set('repositoryLayout', 'tree');
  return { layout: 'tree' };
}
