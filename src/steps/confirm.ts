// The question before something that cannot be undone.
import type { App } from '../app/index.ts';
import { Cancelled } from '../model/errors.ts';
import { t } from '../model/l10n.ts';

/** Asks before something that cannot be undone; one more button opens the note about it. */
export async function confirmWithNote(
  app: Pick<App, 'ui'>,
  { question, detail, button, note }: { question: string; detail: string; button: string; note: string },
): Promise<void> {
  const sure = await app.ui.ask(question, detail, [
    { label: button, value: true },
    { label: t('Learn More'), value: false },
  ]);
  if (!sure) {
    await app.ui.note(note);
    throw new Cancelled();
  }
}
