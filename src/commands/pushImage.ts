// Pushes an image to its registry, with the progress of each layer, and shows the new tag in the registries view.
import type { App } from '../app.ts';
import { UserError } from '../model/errors.ts';
import { repositoryOf } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { chooseImage, type Target } from '../steps/choose.ts';
import { layerReport } from '../steps/layers.ts';
import { checkReference, fullReference, partsOf } from '../steps/references.ts';

export interface PushOptions {
  /** Another name to push it as; the image is tagged with it first. */
  ref?: string;
}

/** Pushes an image. Resolves with the reference and the digest that the registry gave it. */
export async function pushImage(
  app: App,
  target?: Target,
  options?: PushOptions,
): Promise<{ ref: string; digest?: string }> {
  const image = await chooseImage(app, target, { title: t('Push Image') });
  const ref = fullReference(options ? nameFor(image.ref, options) : await askName(app, image.ref));
  const client = await app.engine.client();
  if (ref !== image.ref) {
    await client.tagImage(image.id ?? image.ref, ref);
  }
  const { registry, repository } = partsOf(ref);
  const auth = await app.registries.authFor(registry);
  const { digest } = await app.ui.progress(t('Pushing {0}', ref), (report, signal) =>
    client.pushImage(ref, { ...(auth && { auth }), signal, onProgress: layerReport(report) }),
  );
  app.registries.touch({ registry, repository });
  app.ui.say(t('Pushed {0}.', ref));
  return digest ? { ref, digest } : { ref };
}

function nameFor(ref: string, options: PushOptions): string {
  if (!options.ref && ref.startsWith('sha256:')) {
    throw new UserError(
      'no-tag',
      t('An image without a tag cannot be pushed. Give it a name that begins with a registry.'),
    );
  }
  return options.ref ?? ref;
}

/** A name without a registry would go to Docker Hub, so the registries that were added are offered first. */
async function askName(app: App, ref: string): Promise<string> {
  const untagged = ref.startsWith('sha256:');
  const added = app.registries.list().map(({ address }) => address);
  if (!untagged && (added.length === 0 || added.some((address) => ref.startsWith(`${address}/`)))) {
    return ref;
  }
  const last = untagged ? '' : ref.slice(repositoryOf(ref).lastIndexOf('/') + 1);
  const value = await app.ui.pick(
    [
      ...added.map((address) => ({
        label: `${address}/${last}`,
        description: t('a registry that you added'),
        icon: 'server',
        value: `${address}/${last}`,
      })),
      ...(untagged ? [] : [{ label: ref, description: t('as it is named now'), icon: 'tag', value: ref }]),
    ],
    { title: t('Push Image'), placeholder: t('Where to push it'), empty: t('Add a registry first, or tag the image.') },
  );
  return value === ref
    ? ref
    : app.ui.input({
        title: t('Push Image'),
        prompt: t('The name in the registry; press Enter to push'),
        value,
        check: checkReference,
      });
}
