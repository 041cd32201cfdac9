// Chooses whose repositories are listed, for registries whose vendor lists by namespace only.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseRegistry, registryOfRow } from '../../steps/registries/choose.ts';
import { askNamespaces, namespaceQuestion, splitNames } from '../../steps/registries/namespaces.ts';
import type { Target } from '../../steps/target.ts';

export interface ChooseNamespacesOptions {
  /** Users, organisations, groups or projects; none lists what the registry gives by itself. */
  namespaces: string | readonly string[];
}

/** Resolves with what is listed from now on. `target` is the registry. */
export async function chooseNamespaces(
  app: Pick<App, 'registries' | 'ui'>,
  target?: Target,
  options?: ChooseNamespacesOptions,
): Promise<{ registry: string; namespaces: readonly string[] }> {
  const registry = registryOfRow(target) ?? (await chooseRegistry(app, target, { title: t('Choose What to List') }));
  const wanted = options ? [options.namespaces].flat().flatMap(splitNames) : await ask(app, registry);
  if (wanted === undefined) {
    app.ui.say(t('{0} lists its repositories by itself. Nothing needs to be named.', registry));
    return { registry, namespaces: [] };
  }
  const namespaces = await app.registries.setNamespaces(registry, wanted);
  return { registry, namespaces };
}

async function ask(app: Pick<App, 'registries' | 'ui'>, registry: string): Promise<string[] | undefined> {
  const question = await namespaceQuestion(app, registry);
  return question === undefined ? undefined : askNamespaces(app, registry, question);
}
