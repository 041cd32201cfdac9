// Pushes an image to its registry, with the progress of each layer, and shows the new tag in the registries view.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { askName, proposedName } from '../../steps/images/completeName.ts';
import { layerReport } from '../../steps/images/layerProgress.ts';
import { fullReference, partsOf } from '../../steps/images/references.ts';
import { withLogin } from '../../steps/registries/login.ts';
import type { Target } from '../../steps/target.ts';

export interface PushOptions {
  /** Another name to push it as; the image is tagged with it first. */
  ref?: string;
}

/** Pushes an image. Resolves with the reference and the digest that the registry gave it. */
export async function pushImage(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: PushOptions,
): Promise<{ ref: string; digest?: string }> {
  const image = await chooseImage(app, target, { title: t('Push Image') });
  const ref = fullReference(options ? nameFor(image.ref, options) : await nameToPush(app, image.ref));
  const client = await app.engine.client();
  if (ref !== image.ref) {
    await client.images.tag(image.id ?? image.ref, ref);
  }
  const { registry, repository } = partsOf(ref);
  const { digest } = await withLogin(app, { action: 'push', registry, repository, ask: !options }, (auth) =>
    app.ui.progress(t('Pushing {0}', ref), (report, signal) =>
      client.images.push(ref, { ...(auth && { auth }), signal, onProgress: layerReport(report) }),
    ),
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

/** A name without a registry would go to Docker Hub, so one in a registry that was added is proposed. */
async function nameToPush(app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>, ref: string): Promise<string> {
  const added = app.registries.list().map(({ address }) => address);
  if (!ref.startsWith('sha256:') && (added.length === 0 || added.some((address) => ref.startsWith(`${address}/`)))) {
    return ref;
  }
  return askName(app, {
    title: t('Push Image'),
    placeholder: t('The name in the registry; press Enter to push'),
    value: proposedName(app, ref),
    goal: 'new',
    image: ref,
  });
}
