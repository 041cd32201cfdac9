// The vendors by name, and which of them a registry is.
import { t } from '../../model/l10n.ts';
import type { Vendor, VendorSigns } from './contract.ts';
import { gitlab } from './gitlab.ts';
import { harbor } from './harbor.ts';
import { hub } from './hub.ts';
import { quay } from './quay.ts';

const byName = (host: string) => t('{0} has no list of its repositories. Add a repository by its name.', host);

/** Those whose host says enough come first; signs are asked for where it does not. */
export const vendors: readonly Vendor[] = [
  hub,
  {
    id: 'ghcr',
    name: 'GitHub Container Registry',
    isHost: /^ghcr\.io$/,
    catalog: false,
    reason: (host) =>
      t(
        '{0} lists no repositories: GitHub gives a list of packages to its own API only. Add repositories by name, or by a pattern such as owner/*.',
        host,
      ),
  },
  gitlab,
  quay,
  {
    id: 'ecr-public',
    name: 'Amazon ECR Public',
    isHost: /^public\.ecr\.aws$/,
    catalog: false,
    reason: (host) =>
      t('{0} is too large to be listed, and gives no list of a part. Add a repository by its name.', host),
  },
  {
    id: 'ecr',
    name: 'Amazon ECR',
    isHost: /^\d+\.dkr[.-]ecr(-fips)?\.[\w-]+\.(amazonaws\.com(\.cn)?|on\.aws)$/,
    catalog: true,
    reason: (host) =>
      t(
        '{0} does not let this account list its repositories. It needs the right ecr:DescribeRepositories, and a login that is less than 12 hours old.',
        host,
      ),
  },
  {
    id: 'acr',
    name: 'Azure Container Registry',
    isHost: /\.azurecr\.(io|cn|us)$/,
    catalog: true,
    reason: (host) =>
      t(
        '{0} does not let this account list its repositories. It needs the right to read the catalog (registry:catalog:*); tokens for single repositories lack it.',
        host,
      ),
  },
  {
    id: 'google',
    name: 'Google Artifact Registry',
    isHost: /(^|\.)gcr\.io$|-docker\.pkg\.dev$/,
    catalog: true,
    reason: byName,
  },
  harbor,
  {
    id: 'nexus',
    name: 'Sonatype Nexus',
    hasSigns: ({ headers, challenges }) =>
      /^nexus\//i.test(String(headers.server ?? '')) ||
      challenges.some(({ params }) => /^Sonatype Nexus/i.test(params.realm ?? '')),
    catalog: true,
    reason: byName,
  },
  {
    id: 'gitea',
    name: 'Gitea',
    hasSigns: ({ challenges }) =>
      challenges.some(
        ({ params }) => params.service === 'container_registry' && /\/v2\/token(\?|$)/.test(params.realm ?? ''),
      ),
    catalog: true,
    reason: byName,
  },
];

export function vendorByHost(host: string): Vendor | undefined {
  return vendors.find(({ isHost }) => isHost?.test(host));
}

export function vendorBySigns(signs: VendorSigns): Vendor | undefined {
  return vendors.find(({ hasSigns }) => hasSigns?.(signs));
}
