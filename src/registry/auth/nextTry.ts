// What to send after a 401, judged by what was sent and by the challenges of the answer. Pure.
import type { Challenge } from './challenge.ts';
import { coversScopes } from './tokenScope.ts';
import type { AccessToken } from './tokens.ts';

/** How a request was authorized, to judge the refusal that may follow. */
export type Sent =
  | { kind: 'none' }
  | { kind: 'basic'; header: string }
  | { kind: 'bearer'; header: string; token: AccessToken & { fresh: boolean }; scopes: string[] }
  | { kind: 'own-token'; header: string };

export type NextTry =
  /** Another token for the same scopes, from the server that was learnt before. */
  | { kind: 'renew'; scopes: string[] }
  | { kind: 'bearer'; challenge: Challenge; scopes: string[] }
  | { kind: 'basic' }
  /** There is nothing more to try. */
  | { kind: 'refused' };

/**
 * `learnt` is what this class of resource asked for last; `scopesFor` says what to ask a token for. A token that was not
 * fetched for this very request may have ended early. Harbor answers Basic then, so this comes before the challenge.
 */
export function nextTry(
  sent: Sent,
  challenges: readonly Challenge[],
  learnt: Challenge | undefined,
  scopesFor: (challenge: Challenge) => string[],
): NextTry {
  if (sent.kind === 'bearer' && !sent.token.fresh && learnt?.scheme === 'bearer') {
    return { kind: 'renew', scopes: sent.scopes };
  }
  const challenge = challenges.find(({ scheme, params }) => scheme === 'bearer' && params.realm);
  if (challenge !== undefined) {
    const scopes = scopesFor(challenge);
    const hadEnough = sent.kind === 'bearer' && sent.token.fresh && coversScopes(sent.scopes, scopes);
    return sent.kind === 'own-token' || hadEnough ? { kind: 'refused' } : { kind: 'bearer', challenge, scopes };
  }
  const basic = challenges.some(({ scheme }) => scheme === 'basic') && sent.kind !== 'basic';
  return basic ? { kind: 'basic' } : { kind: 'refused' };
}
