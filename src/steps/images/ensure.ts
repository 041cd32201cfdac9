// An image that something needs: there already, or pulled.

import type { App } from '../../app/index.ts';
import type { Report } from '../../app/messages.ts';
import type { EngineClient } from '../../engine/types.ts';
import { EngineError } from '../../model/engines/error.ts';
import { t } from '../../model/l10n.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { withLogin } from '../registries/login.ts';
import { layerReport } from './layerProgress.ts';
import { fullReference, partsOf } from './references.ts';

/** Pulls the image as `--pull` says; the engine itself never pulls when it creates. */
export async function ensureImage(
  app: Pick<App, 'registries' | 'ui'>,
  client: EngineClient,
  { image, platform, pull }: Pick<RunOptions, 'image' | 'platform' | 'pull'>,
  ask: boolean,
  /** Where the pull shows its progress; in a notification when absent. */
  progress?: { report: Report; signal: AbortSignal },
): Promise<void> {
  if (pull === 'never' || (pull !== 'always' && (await isThere(client, image, platform)))) {
    return;
  }
  const ref = fullReference(image);
  const { registry, repository } = partsOf(ref);
  const work = (report: Report, signal: AbortSignal) =>
    withLogin(app, { action: 'pull', registry, repository, ask }, (auth) =>
      client.images.pull(ref, {
        ...(auth && { auth }),
        ...(platform && { platform }),
        signal,
        onProgress: layerReport(report),
      }),
    );
  await (progress ? work(progress.report, progress.signal) : app.ui.progress(t('Pulling {0}', ref), work));
}

async function isThere(client: EngineClient, image: string, platform: string | undefined): Promise<boolean> {
  try {
    const details = await client.images.inspect(image);
    return platform === undefined || details.platform === platform || details.platform.startsWith(`${platform}/`);
  } catch (error) {
    // What looks like an id is no name to pull by.
    if (error instanceof EngineError && error.status === 404 && !/^(?:sha256:)?[0-9a-f]{12,64}$/.test(image)) {
      return false;
    }
    throw error;
  }
}
