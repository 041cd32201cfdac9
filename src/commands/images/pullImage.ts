// Pulls an image from a registry, with the progress of each layer.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import { askName } from '../../steps/images/completeName.ts';
import { layerReport } from '../../steps/images/layerProgress.ts';
import { fullReference, partsOf } from '../../steps/images/references.ts';
import { tagRow } from '../../steps/registries/choose.ts';
import { withLogin } from '../../steps/registries/login.ts';
import type { Target } from '../../steps/target.ts';

export interface PullOptions {
  /** `linux/arm64`; the engine's own platform when absent. */
  platform?: string;
}

/** Pulls an image. Resolves with its reference and digest. */
export async function pullImage(
  app: Pick<App, 'engine' | 'registries' | 'catalog' | 'ui'>,
  target?: Target,
  options?: PullOptions,
): Promise<{ ref: string; digest?: string }> {
  const row = tagRow(target);
  const typed = row
    ? `${row.registry}/${row.repository}:${row.name}`
    : target === undefined
      ? await askName(app, {
          title: t('Pull Image'),
          placeholder: t('The image to pull, such as nginx:1.29 or localhost:5000/team/box:1'),
          goal: 'present',
        })
      : (await chooseImage(app, target, { title: t('Pull Image') })).ref;
  const ref = fullReference(typed);
  const { registry, repository } = partsOf(ref);
  const client = await app.engine.client();
  const { digest } = await withLogin(app, { action: 'pull', registry, repository, ask: !options }, (auth) =>
    app.ui.progress(t('Pulling {0}', ref), (report, signal) =>
      client.images.pull(ref, { ...options, ...(auth && { auth }), signal, onProgress: layerReport(report) }),
    ),
  );
  app.ui.say(t('Pulled {0}.', ref));
  return digest ? { ref, digest } : { ref };
}
