// Quay: the catalog holds what the login may see, nothing without one; the web API lists the repositories of a namespace.
// https://docs.redhat.com/en/documentation/red_hat_quay/3/html/red_hat_quay_api_reference/listrepos
import { t } from '../../model/l10n.ts';
import type { Credentials } from '../types.ts';
import { namesOf, needsNamespaces, recordsOf, type Vendor, vendorPages } from './contract.ts';

export const quay: Vendor = {
  id: 'quay',
  name: 'Quay',
  isHost: /^quay\.io$/,
  hasSigns: ({ challenges }) =>
    challenges.some(({ scheme, params }) => scheme === 'bearer' && /\/v2\/auth(\?|$)/.test(params.realm ?? '')),
  catalog: true,
  question: () => t('Whose repositories to list from Quay? Organisations or users, with commas between them.'),
  reason: (host) =>
    t('{0} lists the public repositories of an organisation or user when it is named. Say whose to list.', host),
  async *list(context) {
    const own = namespaceOf(context.credentials);
    const namespaces = context.namespaces.length > 0 ? context.namespaces : own === undefined ? [] : [own];
    if (namespaces.length === 0) {
      throw needsNamespaces(quay, context.host);
    }
    const headers = authorization(context.credentials);
    for (const namespace of namespaces) {
      const first = new URL('/api/v1/repository', context.base);
      first.search = new URLSearchParams({ namespace, public: 'true' }).toString();
      yield* vendorPages(context, first, headers, (body) => {
        const { repositories, next_page: token } = body as { repositories?: unknown; next_page?: unknown };
        const next = new URL(first);
        next.searchParams.set('next_page', String(token));
        return {
          names: namesOf(recordsOf(repositories), 'name').map((name) => `${namespace}/${name}`),
          ...(typeof token === 'string' && token !== '' ? { next: next.href } : {}),
        };
      });
    }
  },
};

/** The account of a robot is `organisation+robot`. */
function namespaceOf(credentials: Credentials | undefined): string | undefined {
  const name = credentials?.username;
  return name === undefined || name.startsWith('$') ? undefined : name.split('+')[0];
}

/** The web API takes OAuth tokens only, which log in under this name; with other accounts it shows what is public. */
function authorization(credentials: Credentials | undefined): Record<string, string> {
  return credentials?.username === '$oauthtoken' && credentials.password !== undefined
    ? { Authorization: `Bearer ${credentials.password}` }
    : {};
}
