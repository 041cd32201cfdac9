// Shows the certificate of a registry, trusts it for browsing, and tells how the engine comes to trust it.
import type { App } from '../../app.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { join, joinWithHelp } from '../../steps/registries/adding.ts';
import { chooseRegistry } from '../../steps/registries/choose.ts';
import { anchorOf, certificateLines, showTrustPage } from '../../steps/registries/trust.ts';
import type { Target } from '../../steps/target.ts';

export interface TrustRegistryOptions {
  /** SHA-256 of the certificate to trust, as OpenSSL prints it: that of the CA, or of the only one that the registry shows. */
  fingerprint?: string;
}

/** Resolves with the fingerprint that was shown. With options it is trusted only when it is the one that was given. */
export async function trustRegistry(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  target?: Target,
  options?: TrustRegistryOptions,
): Promise<{ registry: string; fingerprint: string; trusted: boolean }> {
  const registry = await chooseRegistry(app, target, { title: t('Trust Registry') });
  const host = registry.split('/')[0] ?? registry;
  const chain = await app.ui.progress(t('Looking at the certificate of {0}', host), (_report, signal) =>
    app.registries.certificates(registry, signal),
  );
  const found = anchorOf(chain);
  if (!found) {
    throw new UserError('no-certificate', t('{0} shows no certificate.', host));
  }
  const { anchor, whole } = found;
  const { fingerprint, pem } = anchor;
  const attempt = { typed: registry, joining: { trustedCa: [pem] } };
  if (options) {
    if (options.fingerprint !== undefined && options.fingerprint.toUpperCase() !== fingerprint) {
      throw new UserError(
        'other-fingerprint',
        t('{0} shows another certificate: its fingerprint is {1}. It was not trusted.', host, fingerprint),
      );
    }
    if (options.fingerprint !== undefined) {
      await join(app, attempt);
    }
    return { registry, fingerprint, trusted: options.fingerprint !== undefined };
  }
  const answer = await app.ui.ask(t('The certificate of {0}', host), certificateLines(chain), [
    { label: t('How the Engine Comes to Trust It'), value: 'engine' },
    {
      label: whole ? t('Trust This CA for Browsing') : t('Trust This Certificate for Browsing'),
      value: 'browse',
    },
  ]);
  if (answer === 'browse') {
    await joinWithHelp(app, attempt, async () => registry);
    return { registry, fingerprint, trusted: true };
  }
  await showTrustPage(app, host, anchor);
  return { registry, fingerprint, trusted: false };
}
