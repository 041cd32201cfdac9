// Follows the logs of a container in an editor terminal.
import type { App } from '../app.ts';
import { t } from '../model/l10n.ts';
import { chooseContainer, type Target } from '../steps/choose.ts';

export interface LogsOptions {
  /** Lines from the end; 1,000 when absent. */
  tail?: number;
  /** False: the logs so far, without opening a terminal. */
  follow?: boolean;
  timestamps?: boolean;
}

const tailByDefault = 1000;

/** Opens the logs. With `follow: false` it resolves with the text instead, both streams in their order. */
export async function viewLogs(
  app: App,
  target?: Target,
  options?: LogsOptions,
): Promise<{ id: string; text?: string }> {
  const { id, name } = await chooseContainer(app, target, { title: t('View Logs') });
  const client = await app.engine.client();
  const query = { tail: options?.tail ?? tailByDefault, timestamps: options?.timestamps === true };
  if (options?.follow === false) {
    const session = await client.logs(id, { ...query, follow: false }, new AbortController().signal);
    const decoder = new TextDecoder();
    let text = '';
    session.onOutput((data) => {
      text += decoder.decode(data, { stream: true });
    });
    await session.ended;
    return { id, text };
  }
  app.ui.terminal({
    name: t('Logs: {0}', name),
    icon: 'output',
    interactive: false,
    open: (_size, signal) => client.logs(id, { ...query, follow: true }, signal),
    ended: () => t('The container has ended, or its logs were closed.'),
  });
  return { id };
}
