// Starts the Dockerfile language server anew.
import type { App } from '../../app/index.ts';

export async function restartServer(app: Pick<App, 'languageServer'>): Promise<void> {
  await app.languageServer.restart();
}
