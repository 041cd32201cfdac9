// Chooses whose repositories are listed, for registries whose vendor lists by namespace only.
import type { App } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import { chooseRegistry, type Target } from '../../steps/choose.ts';
import { askNamespaces, namespaceQuestion, splitNames } from '../../steps/registries/namespaces.ts';

export interface ChooseNamespacesOptions {
  /** Users, organisations, groups or projects; none lists what the registry gives by itself. */
  namespaces: string | readonly string[];
}

/** Resolves with what is listed from now on. `target` is the registry. */
export async function chooseNamespaces(
  app: App,
  target?: Target,
  options?: ChooseNamespacesOptions,
): Promise<{ registry: string; namespaces: readonly string[] }> {
  const registry = registryOf(target) ?? (await chooseRegistry(app, target, { title: t('Choose What to List') }));
  const wanted = options ? [options.namespaces].flat().flatMap(splitNames) : await ask(app, registry);
  if (wanted === undefined) {
    app.ui.say(t('{0} lists its repositories by itself. Nothing needs to be named.', registry));
    return { registry, namespaces: [] };
  }
  const namespaces = await app.registries.setNamespaces(registry, wanted);
  return { registry, namespaces };
}

async function ask(app: App, registry: string): Promise<string[] | undefined> {
  const question = await namespaceQuestion(app, registry);
  return question === undefined ? undefined : askNamespaces(app, registry, question);
}

/** The row that says what the list needs leads here, too. */
function registryOf(target: Target): string | undefined {
  const row = typeof target === 'object' && !('type' in target) ? target[0] : target;
  return typeof row === 'object' && 'registry' in row ? row.registry : undefined;
}
