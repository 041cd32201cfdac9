// Harbor: the catalog is for administrators; the web API lists the projects that an account sees, and their repositories.
// https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml
import { t } from '../../model/l10n.ts';
import { basicAuthorization } from '../auth/tokens.ts';
import { namesOf, recordsOf, type Vendor, type VendorContext, vendorPages } from './contract.ts';

const pageSize = 100;

export const harbor: Vendor = {
  id: 'harbor',
  name: 'Harbor',
  hasSigns: ({ headers, challenges }) =>
    challenges.some(({ params }) => params.service === 'harbor-registry' || params.realm === 'harbor') ||
    String(headers['set-cookie'] ?? '').includes('_gorilla_csrf'),
  catalog: true,
  reason: (host) => t('{0} lists all repositories for administrators only. Add a repository by its name.', host),
  async *list(context) {
    const basic = basicAuthorization(context.credentials);
    const headers: Record<string, string> = basic === undefined ? {} : { Authorization: basic };
    const projects = context.namespaces.length > 0 ? [[...context.namespaces]] : numbered(context, 'projects', headers);
    for await (const names of projects) {
      for (const project of names) {
        yield* numbered(context, `projects/${encodeURIComponent(project)}/repositories`, headers);
      }
    }
  },
};

/** Pages are counted from 1; a page that is not full is the last one. */
function numbered(context: VendorContext, path: string, headers: Record<string, string>) {
  const at = (page: number) => new URL(`/api/v2.0/${path}?page=${page}&page_size=${pageSize}`, context.base);
  let page = 1;
  return vendorPages(context, at(page), headers, (body) => {
    const records = recordsOf(body);
    page += 1;
    return { names: namesOf(records, 'name'), next: records.length < pageSize ? undefined : at(page).href };
  });
}
