// Adding a registry, and what can be done when that fails: each failure has its own question.
import type { App } from '../../app.ts';
import { Cancelled } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { parseAddress } from '../../model/reference.ts';
import { type CertificateFacts, RegistryError } from '../../model/registries/error.ts';
import { plain } from '../../model/text.ts';
import type { Joining } from '../../registry/known/registries.ts';
import { askLogin, loginReason } from './login.ts';
import { anchorOf, certificateLines, dateOf, namesOf, showTrustPage } from './trust.ts';

export interface JoinAttempt {
  typed: string;
  joining: Joining;
}

/** Tries once. Resolves with the address under which the registry is kept, after saying how it was found. */
export async function join(
  app: Pick<App, 'registries' | 'ownRegistry' | 'ui'>,
  { typed, joining }: JoinAttempt,
): Promise<{ registry: string }> {
  const added = await app.ui.progress(t('Checking {0}', typed.trim()), (report, signal) =>
    app.registries.add(typed, { ...joining, onStep: ({ sentence }) => report(sentence) }, signal),
  );
  const { address, login, clientCertificate } = added;
  app.ui.say(
    clientCertificate
      ? t('{0} is in the view. It was shown the client certificate in {1}.', address, clientCertificate)
      : login
        ? t('{0} is in the view, with the login of {1} from {2}.', address, login.account ?? t('a token'), login.source)
        : t('{0} is in the view.', address),
  );
  return { registry: address };
}

/** Tries until the registry is added or the person gives up; `anew` asks for another address. */
export async function joinWithHelp(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  first: JoinAttempt,
  anew: (before: string) => Promise<string>,
): Promise<{ registry: string }> {
  let attempt = first;
  for (;;) {
    const known = addedAlready(app, attempt);
    if (known !== undefined) {
      app.ui.say(t('{0} is in the view already.', known));
      return { registry: known };
    }
    try {
      return await join(app, attempt);
    } catch (error) {
      const mended = await mendAttempt(app, attempt, error);
      attempt = { ...mended, typed: mended.typed ?? (await anew(attempt.typed)) };
    }
  }
}

/** The registry that was added before, unless something new is said about it; one of the settings can be added as well. */
function addedAlready(
  app: Pick<App, 'registries' | 'ownRegistry'>,
  { typed, joining }: JoinAttempt,
): string | undefined {
  const { host, prefix } = parseAddress(typed);
  const name = prefix === undefined ? host : `${host}/${prefix}`;
  return Object.keys(joining).length > 0
    ? undefined
    : app.registries.list().find(({ address, fromSetting }) => address === name && !fromSetting)?.address;
}

/** The next attempt; without `typed` the address is to be asked again. */
interface MendedAttempt {
  typed?: string;
  joining: Joining;
}

type Answer = MendedAttempt | (() => Promise<MendedAttempt>);

/**
 * Asks what to do about a failure: sign in, trust the CA, allow plain http, use another address. Rejects with the error
 * where nothing can be asked, and with Cancelled when the person gives up.
 */
async function mendAttempt(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  attempt: JoinAttempt,
  error: unknown,
): Promise<MendedAttempt> {
  if (!(error instanceof RegistryError)) {
    throw error;
  }
  const { typed, joining } = attempt;
  const reason = loginReason(error);
  if (reason !== undefined) {
    const username = joining.username ?? (await app.registries.login(error.host))?.account;
    const answer = await askLogin(app, error.host, reason, username);
    return { typed, joining: { ...joining, ...answer } };
  }
  const answers: LabelledAnswer[] = [
    ...answersTo(app, attempt, error),
    // What is unknown about a CA does not make the address a wrong one.
    ...(error.code === 'unknown-ca' ? [] : [{ label: t('Change the Address…'), value: { joining } }]),
  ];
  const answer = await app.ui.ask(t('{0} cannot be added.', typed.trim()), detailOf(error), answers);
  return typeof answer === 'function' ? answer() : answer;
}

interface LabelledAnswer {
  label: string;
  value: Answer;
}

function answersTo(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  attempt: JoinAttempt,
  error: RegistryError,
): LabelledAnswer[] {
  const { typed, joining } = attempt;
  const { host, certificates = [] } = error;
  const { scheme, ...where } = parseAddress(typed);
  const rest = where.prefix === undefined ? where.host : `${where.host}/${where.prefix}`;
  switch (error.code) {
    case 'unknown-ca':
      return trustAnswers(app, attempt, host, certificates);
    case 'plain-http':
      return scheme === 'https'
        ? []
        : [{ label: t('Use Plain http'), value: { typed, joining: { ...joining, allowHttp: true } } }];
    case 'tls-required':
      return [{ label: t('Use https'), value: { typed: `https://${rest}`, joining } }];
    case 'certificate-name':
      return nearNames(certificates[0], where.host).map((name) => ({
        label: t('Use {0}', name),
        value: { typed: name, joining },
      }));
    case 'client-certificate':
      return [
        {
          label: t('Show Note'),
          value: async () => {
            await app.ui.note('registry.certs-d');
            throw new Cancelled();
          },
        },
      ];
    default:
      return [];
  }
}

/** To a CA that nobody here knows: trust what the registry shows, or the CA's own file, or read how engines come to trust it. */
function trustAnswers(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  { typed, joining }: JoinAttempt,
  host: string,
  certificates: readonly CertificateFacts[],
): LabelledAnswer[] {
  const found = anchorOf(certificates);
  if (!found) {
    return [];
  }
  const { anchor, whole } = found;
  const trusting = (trustedCa: string[]): MendedAttempt => ({ typed, joining: { ...joining, trustedCa } });
  const chooseFile = async () =>
    trusting(
      await app.ui.chooseFiles({
        title: t('The certificate of the CA of {0}', host),
        button: t('Trust'),
        filters: { [t('Certificates')]: ['crt', 'pem', 'cer'] },
      }),
    );
  return [
    {
      label: whole ? t('Trust This CA for Browsing') : t('Trust This Certificate for Browsing'),
      value: trusting([...(joining.trustedCa ?? []), anchor.pem]),
    },
    ...(whole ? [] : [{ label: t('Choose the File of the CA…'), value: chooseFile }]),
    {
      label: t('How the Engine Comes to Trust It'),
      value: async () => {
        await showTrustPage(app, host, anchor);
        throw new Cancelled();
      },
    },
  ];
}

/** Names of the certificate at which the registry may be reached in place of the one that was typed, with its port. */
function nearNames(certificate: CertificateFacts | undefined, host: string): string[] {
  const port = /:\d+$/.exec(host)?.[0] ?? '';
  const names = certificate ? namesOf(certificate).filter((name) => /^[\w.-]+$/.test(name)) : [];
  return names.slice(0, 2).map((name) => name + port);
}

/** The steps as far as they came, then what is special about the failure. */
function detailOf(error: RegistryError): string {
  const signs = { ok: '✓', failed: '✗', skipped: '–' };
  const steps = stepsOf(error).filter(({ state }, index, all) => {
    // What was not tried for the failure before it needs no line of its own.
    const failedAt = all.findIndex((step) => step.state === 'failed');
    return state !== 'skipped' || index < failedAt;
  });
  const lines = steps.map(({ state, sentence }) => `${signs[state]} ${plain(sentence, 600)}`);
  return [...(lines.length > 0 ? lines : [error.message]), ...specialOf(error)].join('\n');
}

function specialOf(error: RegistryError): string[] {
  const [own] = error.certificates ?? [];
  if (!own) {
    return error.code === 'plain-http'
      ? ['', t('Over plain http, everybody on the way can read the password and change the images.')]
      : [];
  }
  switch (error.code) {
    case 'unknown-ca':
      return ['', certificateLines(error.certificates ?? [])];
    case 'certificate-name':
      return ['', t('The certificate is for: {0}', namesOf(own).join(', '))];
    case 'certificate-expired':
    case 'certificate-not-yet-valid':
      return [
        '',
        t('Valid: {0} to {1}', dateOf(own.validFrom), dateOf(own.validTo)),
        t('Issued by: {0}', plain(own.issuer, 200)),
      ];
    default:
      return ['', t('Certificate: {0}', plain(own.subject, 200))];
  }
}

interface Step {
  state: 'ok' | 'failed' | 'skipped';
  sentence: string;
}

/** A probe's error carries its steps. */
function stepsOf(error: RegistryError): readonly Step[] {
  return 'steps' in error && Array.isArray(error.steps) ? (error.steps as Step[]) : [];
}
