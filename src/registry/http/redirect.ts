// Where an answer sends a request on to, and whether it may go there. Pure.
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { type Answer, isStreamed, type Request } from './message.ts';
import { isPrivateAddress, sameOrigin } from './networkGuard.ts';

const maxRedirects = 5;

/** A request after a redirect. */
export interface Redirected {
  url: URL;
  headers: Record<string, string>;
}

/**
 * The request that follows an answer; undefined when the answer stands. `hops` is how often it was redirected before. Throws
 * `unsafe-redirect` for a redirect without end, and for one to where the request must not go.
 */
export function redirected(
  host: string,
  request: Request,
  { url, headers }: Redirected,
  answer: Answer,
  hops: number,
): Redirected | undefined {
  const target = redirectOf(request, answer);
  if (target === undefined) {
    return undefined;
  }
  if (hops >= maxRedirects) {
    throw unsafe(host, t('{0} redirects the request without end. Check the address.', host));
  }
  checkRedirect(host, url, target);
  return { url: target, headers: sameOrigin(url, target) ? headers : withoutAuthorization(headers) };
}

function redirectOf(request: Request, answer: Answer): URL | undefined {
  const { location } = answer.headers;
  const follows =
    request.method === 'GET' || request.method === 'HEAD'
      ? [301, 302, 303, 307, 308].includes(answer.status)
      : [307, 308].includes(answer.status);
  if (
    !follows ||
    request.follow === false ||
    isStreamed(request.body) ||
    location === undefined ||
    !URL.canParse(location, answer.url.href)
  ) {
    return undefined;
  }
  return new URL(location, answer.url);
}

/** No step from https down to http, and no step from the public network into this machine or its network. */
function checkRedirect(host: string, from: URL, to: URL): void {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    throw unsafe(
      host,
      t('{0} redirects the request to an address that is not a web address. Tell the owner of the registry.', host),
    );
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw unsafe(
      host,
      t(
        '{0} redirects the request to plain http at {1}, which is not safe. Tell the owner of the registry.',
        host,
        to.host,
      ),
    );
  }
  if (isPrivateAddress(to.hostname, from.hostname)) {
    throw unsafe(host, t('{0} redirects the request to the private address {1}, which is refused.', host, to.host));
  }
}

function unsafe(host: string, sentence: string): RegistryError {
  return new RegistryError('unsafe-redirect', sentence, { host });
}

function withoutAuthorization(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}
