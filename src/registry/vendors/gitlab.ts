// GitLab: the catalog is for administrators; the web API lists the repositories of a group or project.
// https://docs.gitlab.com/api/container_registry/
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { nextLinkOf } from '../http/link.ts';
import { isPrivateAddress } from '../http/networkGuard.ts';
import type { Credentials } from '../types.ts';
import { namesOf, needsNamespaces, recordsOf, type Vendor, type VendorContext, vendorPages } from './contract.ts';

export const gitlab: Vendor = {
  id: 'gitlab',
  name: 'GitLab',
  isHost: /^registry\.gitlab\.com$/,
  hasSigns: ({ challenges }) =>
    challenges.some(
      ({ params }) => params.service === 'container_registry' && /\/jwt\/auth(\?|$)/.test(params.realm ?? ''),
    ),
  catalog: false,
  question: () => t('Which groups or projects of GitLab to list? Their paths, with commas between them.'),
  reason: (host) =>
    t(
      '{0} has a list for each group and project only. Say which to list; the password of the login must be an access token that may read the API.',
      host,
    ),
  async *list(context) {
    const { host, namespaces, credentials } = context;
    if (namespaces.length === 0) {
      throw needsNamespaces(gitlab, host);
    }
    const api = apiOf(context);
    const headers = authorization(credentials);
    for (const path of namespaces) {
      const ask = (kind: 'groups' | 'projects') =>
        vendorPages(
          context,
          new URL(`/api/v4/${kind}/${encodeURIComponent(path)}/registry/repositories?per_page=100`, api),
          headers,
          (body, answer) => ({ names: namesOf(recordsOf(body), 'path'), next: nextLinkOf(answer.headers.link) }),
        );
      try {
        yield* ask('groups');
      } catch (error) {
        // A path does not say whether it is a group or a project.
        if (!(error instanceof RegistryError && error.code === 'not-found')) {
          throw error;
        }
        yield* ask('projects');
      }
    }
  },
};

/** The web server is the one that gives out the tokens; the login goes there anyway. */
function apiOf({ host, base, realm }: VendorContext): URL {
  if (host === 'registry.gitlab.com') {
    return new URL('https://gitlab.com');
  }
  const downgrade = base.protocol === 'https:' && realm?.protocol !== 'https:';
  if (realm === undefined || downgrade || isPrivateAddress(realm.hostname, base.hostname)) {
    throw new RegistryError(
      'unsafe-realm',
      t(
        '{0} gives no address of its GitLab to which a login can be sent safely. Tell the owner of the registry.',
        host,
      ),
      { host },
    );
  }
  return realm;
}

function authorization(credentials: Credentials | undefined): Record<string, string> {
  if (credentials?.password === undefined) {
    return {};
  }
  const header = credentials.username === 'gitlab-ci-token' ? 'JOB-TOKEN' : 'PRIVATE-TOKEN';
  return { [header]: credentials.password };
}
