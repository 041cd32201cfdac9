// Whether to trust a registry whose certificate nobody here knows: what it shows, and what follows from each answer.
import type { App } from '../../app.ts';
import { remoteHostOf } from '../../model/engines/endpoint.ts';
import { engineKindOf } from '../../model/engines/kind.ts';
import { t } from '../../model/l10n.ts';
import type { CertificateFacts } from '../../model/registries/error.ts';
import { trustInstructions } from '../../model/registries/trustInstructions.ts';
import { plain } from '../../model/text.ts';

/**
 * The certificate that is trusted when a chain is: its last one. A server that sends its own alone leaves nothing else to
 * trust, and `whole` is false then, since the next certificate of the same CA will be unknown again.
 */
export function anchorOf(chain: readonly CertificateFacts[]): { anchor: CertificateFacts; whole: boolean } | undefined {
  const anchor = chain.at(-1);
  return anchor && { anchor, whole: anchor.selfSigned || anchor.isCa };
}

/** What a person compares before they trust: of the registry's own certificate, and of its CA where it was sent. */
export function certificateLines(chain: readonly CertificateFacts[]): string {
  const [own] = chain;
  const found = anchorOf(chain);
  if (!own || !found) {
    return '';
  }
  const { anchor, whole } = found;
  const lines = [
    t('Certificate: {0}', plain(own.subject, 200)),
    t('Issued by: {0}', plain(own.issuer, 200)),
    t('Valid: {0} to {1}', dateOf(own.validFrom), dateOf(own.validTo)),
    t('For: {0}', namesOf(own).join(', ')),
  ];
  if (anchor === own) {
    lines.push(t('SHA-256: {0}', own.fingerprint));
  } else {
    lines.push(
      '',
      t('CA: {0}', plain(anchor.subject, 200)),
      t('Valid: {0} to {1}', dateOf(anchor.validFrom), dateOf(anchor.validTo)),
      t('SHA-256: {0}', anchor.fingerprint),
    );
  }
  lines.push('', t('Compare the fingerprint with the one that the owner of the registry tells you.'));
  if (!whole) {
    lines.push(
      t(
        'The registry did not send the certificate of its CA. Trusting this one lasts until it is renewed; the CA itself can be had from the owner.',
      ),
    );
  }
  return lines.join('\n');
}

/** The names and addresses that a certificate is for, without the words that OpenSSL puts before them. */
export function namesOf(certificate: CertificateFacts): string[] {
  return certificate.names
    .split(/,\s*/)
    .map((name) => plain(name.replace(/^(?:DNS|IP Address|URI|email):/, ''), 200))
    .filter(Boolean)
    .slice(0, 20);
}

/** `2026-11-21`, or the text itself where it is no date. */
export function dateOf(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? plain(text, 50) : new Date(time).toISOString().slice(0, 10);
}

/** Opens the page with the folder and the commands that make the engine trust a registry, the engine in use first. */
export async function showTrustPage(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  host: string,
  anchor: CertificateFacts,
): Promise<void> {
  const { platform } = await app.ownRegistry.offer('registry');
  const { status } = app.engine.inventory;
  const remote = status.endpoint && remoteHostOf(status.endpoint.url);
  await app.ui.page(
    t('Trust {0}', host),
    trustInstructions(
      { hosts: [host], pem: anchor.pem, fingerprint: anchor.fingerprint },
      {
        platform,
        ...(status.state === 'connected' ? { kind: engineKindOf(status, platform) } : {}),
        ...(remote === undefined ? {} : { remote }),
      },
    ),
  );
}
