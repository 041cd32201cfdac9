// Docker Hub: no catalog, but the web API lists the repositories of a namespace.
// https://docs.docker.com/reference/api/hub/latest/
import { t } from '../../model/l10n.ts';
import {
  namesOf,
  needsNamespaces,
  readBody,
  recordsOf,
  type Vendor,
  type VendorContext,
  vendorPages,
} from './contract.ts';

const api = 'https://hub.docker.com';

export const hub: Vendor = {
  id: 'hub',
  name: 'Docker Hub',
  isHost: /^docker\.io$/,
  catalog: false,
  question: () =>
    t('Whose repositories to list from Docker Hub? User names or organisations, with commas between them.'),
  reason: (host) =>
    t('{0} has no list of all its repositories, only of a user or organisation. Say whose to list.', host),
  async *list(context) {
    const own = context.credentials?.username;
    const namespaces = context.namespaces.length > 0 ? context.namespaces : own === undefined ? [] : [own];
    if (namespaces.length === 0) {
      throw needsNamespaces(hub, context.host);
    }
    const headers = await authorization(context);
    for (const namespace of namespaces) {
      const first = new URL(`${api}/v2/namespaces/${encodeURIComponent(namespace)}/repositories?page_size=100`);
      yield* vendorPages(context, first, headers, (body) => {
        const { results, next } = body as { results?: unknown; next?: unknown };
        return {
          names: namesOf(recordsOf(results), 'name').map((name) => `${namespace}/${name}`),
          ...(typeof next === 'string' ? { next } : {}),
        };
      });
    }
  },
};

/** A login shows private repositories, too. The registry's own tokens do not open this API, a password or access token does. */
async function authorization({ host, credentials, send }: VendorContext): Promise<Record<string, string>> {
  if (!credentials?.username || credentials.password === undefined) {
    return {};
  }
  const answer = await send({
    method: 'POST',
    url: new URL(`${api}/v2/auth/token`),
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify({ identifier: credentials.username, secret: credentials.password })),
    follow: false,
  });
  const { access_token: token } = readBody(host, answer) as { access_token?: unknown };
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? { Authorization: `Bearer ${token}` } : {};
}
