// Asks what to list of a registry whose vendor lists by namespace only.
import type { App } from '../../app/index.ts';
import { messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';

/** The question of the registry's vendor; undefined where its list needs to be told nothing. */
export async function namespaceQuestion(
  app: Pick<App, 'registries' | 'ui'>,
  registry: string,
): Promise<string | undefined> {
  const vendor = await app.ui.progress(t('Looking at {0}', registry), async (_report, signal) =>
    (await app.registries.client(registry)).vendor(signal),
  );
  return vendor?.question;
}

/** After a registry was added: asks what to list, where its vendor has nothing to list otherwise. Never rejects. */
export async function offerNamespaces(app: Pick<App, 'registries' | 'ui' | 'log'>, registry: string): Promise<void> {
  try {
    const client = await app.registries.client(registry);
    const vendor = await client.vendor(AbortSignal.timeout(10_000));
    if (vendor?.question !== undefined && !vendor.catalog && app.registries.namespaces(registry).length === 0) {
      await app.registries.setNamespaces(registry, await askNamespaces(app, registry, vendor.question));
    }
  } catch (error) {
    // The registry is in the view all the same, and its row leads to the question again.
    app.log.info(`${registry}: ${messageOf(error)}`);
  }
}

/** Resolves with what was typed, or what is kept already when it was left as it is. */
export async function askNamespaces(
  app: Pick<App, 'registries' | 'ui'>,
  registry: string,
  question: string,
): Promise<string[]> {
  const typed = await app.ui.input({
    title: t('Choose What to List of {0}', registry),
    prompt: question,
    value: app.registries.namespaces(registry).join(', '),
    placeholder: 'team, team/project',
  });
  return splitNames(typed);
}

export function splitNames(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((name) => name.trim())
    .filter(Boolean);
}
