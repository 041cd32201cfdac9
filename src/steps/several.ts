// One act for several objects: each is tried, and what came of them is told together.
import type { App } from '../app/index.ts';
import { messageOf, UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';

/** What a command that takes several containers resolves with: the last one's id, and all ids where they were several. */
export interface ManyResult {
  id: string;
  ids?: string[];
}

export function resultOf(containers: readonly { id: string }[]): ManyResult {
  const ids = containers.map(({ id }) => id);
  return { id: ids.at(-1) ?? '', ...(ids.length > 1 && { ids }) };
}

/** Does something to each, side by side; what one refuses does not keep the others from being done. */
export async function each<T>(
  app: Pick<App, 'log'>,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const results = await Promise.allSettled(items.map(work));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const [first] = failures;
  if (failures.length > 1) {
    for (const failure of failures) {
      app.log.error('one of several', failure);
    }
    throw new UserError(
      'several-failed',
      t('{0} of {1} failed. The first said: {2}', failures.length, items.length, messageOf(first)),
      { cause: first },
    );
  }
  if (first !== undefined) {
    throw first;
  }
}

/** Names for a question: the first of them, and how many more there are. */
export function listed(names: readonly string[], max = 10): string {
  const shown = names.slice(0, max).map((name) => plain(name, 100));
  const more = names.length - shown.length;
  return more > 0 ? t('{0} and {1} more', shown.join(', '), more) : shown.join(', ');
}
