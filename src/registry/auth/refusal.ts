// Why a registry did not let us in, as an error that says cause and way out.
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import type { Answer } from '../http/message.ts';
import { sameOrigin } from '../http/networkGuard.ts';
import { statusProblem } from '../http/problems.ts';
import { wordsOf } from '../http/serverText.ts';
import type { Sent } from './nextTry.ts';

/** What is known when a registry refuses. */
export interface Refused {
  host: string;
  answer: Answer;
  sent: Sent;
  /** Whether there is a login for it. */
  account: boolean;
  /** Whether there is one that was not sent, since plain http would let everybody on the way read it. */
  withheld: boolean;
}

/** A wrong login, a missing right, or a missing login: which one it is follows from what was sent. */
export function refusalOf({ host, answer, sent, account, withheld }: Refused): RegistryError {
  const details = { host, status: answer.status, words: wordsOf(answer.body) };
  if (sent.kind === 'basic') {
    return new RegistryError(
      'login-failed',
      t('{0} refuses the login. Check the name and the password or token, then sign in again.', host),
      details,
    );
  }
  if (account) {
    return sent.kind === 'none'
      ? new RegistryError(
          'login-failed',
          t(
            '{0} asks for a kind of login that the stored credentials cannot give. Sign in again with a name and a password.',
            host,
          ),
          details,
        )
      : statusProblem(host, 403, answer.body);
  }
  return withheld
    ? new RegistryError(
        'unauthorized',
        t(
          '{0} wants a login. The one that is known is for https and is not sent over plain http, where others can read it. Sign in anew if you trust the network in between, or write https:// before the address.',
          host,
        ),
        details,
      )
    : statusProblem(host, 401, answer.body);
}

/** Throws where a server that we were sent on to asks for the login of the registry, or names a token server for it. */
export function checkOrigin(host: string, asked: URL, answer: Answer): void {
  if (sameOrigin(asked, answer.url)) {
    return;
  }
  const needsTls =
    asked.hostname === answer.url.hostname && answer.url.protocol === 'https:' && asked.protocol === 'http:';
  throw needsTls
    ? new RegistryError(
        'tls-required',
        t('{0} expects https, not plain http. Write https:// before its address.', host),
        { host, status: 401 },
      )
    : new RegistryError(
        'unsafe-redirect',
        t(
          '{0} redirects the request to {1}, which asks for a login of its own. The login was not sent.',
          host,
          answer.url.host,
        ),
        { host, status: 401 },
      );
}
