// The steps of a probe, from the name to the login, and what is told of each. Pure.
import { t } from '../../model/l10n.ts';
import type { RegistryError, RegistryErrorCode } from '../../model/registries/error.ts';
import type { RegistryAddress } from '../types.ts';

export type ProbeStepName = 'name' | 'port' | 'tls' | 'api' | 'login';

export interface ProbeStep {
  step: ProbeStepName;
  /** `skipped`: not needed here (TLS over plain http, a login at an open registry), or not reached. */
  state: 'ok' | 'failed' | 'skipped';
  /** What was found, as a sentence. */
  sentence: string;
}

/** Which step each failure belongs to; all others belong to the API. */
const stepOf: Partial<Record<RegistryErrorCode, ProbeStepName>> = {
  'name-not-found': 'name',
  refused: 'port',
  unreachable: 'port',
  timeout: 'port',
  'plain-http': 'tls',
  'tls-required': 'tls',
  'unknown-ca': 'tls',
  'certificate-name': 'tls',
  'certificate-expired': 'tls',
  'certificate-not-yet-valid': 'tls',
  certificate: 'tls',
  'client-certificate': 'tls',
  unauthorized: 'login',
  'login-failed': 'login',
  'token-server': 'login',
  'unsafe-realm': 'login',
};

const order: readonly ProbeStepName[] = ['name', 'port', 'tls', 'api', 'login'];

/** All steps in their order: those before the one that failed are done, those behind it were not tried. `login` is the sentence of the last. */
export function stepsOf(address: RegistryAddress, error: RegistryError | undefined, login: string): ProbeStep[] {
  const failed = error === undefined ? order.length : order.indexOf(stepOf[error.code] ?? 'api');
  return order.map((step, index): ProbeStep => {
    if (index === failed) {
      return { step, state: 'failed', sentence: error?.message ?? '' };
    }
    if (index > failed) {
      return { step, state: 'skipped', sentence: t('Not tried.') };
    }
    return step === 'tls' && address.scheme === 'http'
      ? { step, state: 'skipped', sentence: t('Plain http: what is sent can be read on the way.') }
      : { step, state: 'ok', sentence: step === 'login' ? login : doneSentence(step, address.host) };
  });
}

/** What is told of a step that is done. */
export function doneSentence(step: Exclude<ProbeStepName, 'login'>, host: string): string {
  switch (step) {
    case 'name':
      return t('The name {0} is known.', host.replace(/:\d+$/, ''));
    case 'port':
      return t('{0} accepts connections.', host);
    case 'tls':
      return t('The certificate of {0} is trusted.', host);
    case 'api':
      return t('{0} speaks the registry API.', host);
  }
}

/** What is told of the last step. */
export function loginSentence(
  host: string,
  access: 'open' | 'anonymous' | 'login',
  account: string | undefined,
): string {
  if (access === 'login') {
    return account === undefined
      ? t('{0} accepts the login.', host)
      : t('{0} accepts the login of {1}.', host, account);
  }
  return access === 'open' ? t('{0} asks for no login.', host) : t('{0} lets anyone read what is public.', host);
}
