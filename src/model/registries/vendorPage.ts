// Where a repository is shown in the web pages of the registry's vendor.

export interface VendorPage {
  /** The vendor's product, as a person knows it. */
  vendor: string;
  url: string;
}

export interface VendorPlace {
  /** Host with its port, and a path prefix where there is one. */
  registry: string;
  repository: string;
  tag?: string;
  digest?: string;
}

/** Undefined where no page is known. A registry of one's own is recognised by its host name alone. */
export function vendorPage(place: VendorPlace): VendorPage | undefined {
  const host = (place.registry.split('/')[0] ?? '').toLowerCase();
  for (const { vendor, hosts, url } of vendors) {
    const match = hosts.exec(host);
    const found = match && url(place, match);
    if (found) {
      return { vendor, url: found };
    }
  }
  return undefined;
}

interface Vendor {
  vendor: string;
  hosts: RegExp;
  url(place: VendorPlace, host: RegExpExecArray): string | undefined;
}

const vendors: readonly Vendor[] = [
  {
    vendor: 'Docker Hub',
    hosts: /^(?:index\.|registry-1\.)?docker\.io$/,
    url: ({ repository, tag }) => {
      const name = repository.startsWith('library/') ? `_/${path(repository.slice(8))}` : `r/${path(repository)}`;
      return `https://hub.docker.com/${name}/tags${tag === undefined ? '' : `?name=${encoded(tag)}`}`;
    },
  },
  {
    // The package's page names its source repository, which the image's name does not; GitHub leads there from here.
    vendor: 'GitHub Packages',
    hosts: /^ghcr\.io$/,
    url: ({ repository }) => (repository.includes('/') ? `https://ghcr.io/${path(repository)}` : undefined),
  },
  {
    vendor: 'Quay',
    hosts: /^(quay\..+)$/,
    url: ({ repository, digest }, [, host]) =>
      `https://${host}/repository/${path(repository)}${digest === undefined ? '?tab=tags' : `/manifest/${digest}`}`,
  },
  {
    // An image may have a part of its own below its project; the project is then the first two parts.
    vendor: 'GitLab',
    hosts: /^registry\.(gitlab\..+)$/,
    url: ({ repository }, [, host]) => {
      const project = repository.split('/').slice(0, 2);
      return project.length === 2 ? `https://${host}/${path(project.join('/'))}/container_registry` : undefined;
    },
  },
  {
    // The pages of one project are under its number, which only Harbor knows.
    vendor: 'Harbor',
    hosts: /^((?:.*\.)?harbor\..+|(?:.+\.)?goharbor\.io)$/,
    url: (_, [, host]) => `https://${host}/harbor/projects`,
  },
  {
    vendor: 'Amazon ECR',
    hosts: /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/,
    url: ({ repository }, [, account, region]) =>
      `https://${region}.console.aws.amazon.com/ecr/repositories/private/${account}/${path(repository)}?region=${region}`,
  },
  {
    vendor: 'Amazon ECR Public',
    hosts: /^public\.ecr\.aws$/,
    url: ({ repository }) => `https://gallery.ecr.aws/${path(repository)}`,
  },
  {
    vendor: 'Google Artifact Registry',
    hosts: /^([a-z0-9-]+)-docker\.pkg\.dev$/,
    url: ({ repository }, [, location]) => {
      const [project, name, ...image] = repository.split('/');
      return project && name && image.length > 0
        ? `https://console.cloud.google.com/artifacts/docker/${path(project)}/${location}/${path(name)}/${encoded(image.join('/'))}`
        : undefined;
    },
  },
];

/** Half a character, which a registry's JSON can hold, has no place in an address. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function path(name: string): string {
  return name.split('/').map(encoded).join('/');
}
