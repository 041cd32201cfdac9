import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { vendorPage } from '../../../../src/model/registries/vendorPage.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('pages of the vendors', () => {
  const cases: [
    registry: string,
    repository: string,
    url: string | undefined,
    more?: { tag?: string; digest?: string },
  ][] = [
    ['docker.io', 'library/busybox', 'https://hub.docker.com/_/busybox/tags?name=1.36', { tag: '1.36' }],
    ['docker.io', 'grafana/loki', 'https://hub.docker.com/r/grafana/loki/tags'],
    ['ghcr.io', 'owner/app', 'https://ghcr.io/owner/app'],
    ['quay.io', 'team/app', 'https://quay.io/repository/team/app?tab=tags'],
    ['quay.example.com', 'team/app', `https://quay.example.com/repository/team/app/manifest/${digest}`, { digest }],
    ['registry.gitlab.com', 'group/project', 'https://gitlab.com/group/project/container_registry'],
    ['registry.gitlab.example', 'group/project/app', 'https://gitlab.example/group/project/container_registry'],
    ['harbor.example.com', 'library/app', 'https://harbor.example.com/harbor/projects'],
    ['demo.goharbor.io', 'library/app', 'https://demo.goharbor.io/harbor/projects'],
    ['public.ecr.aws', 'alias/app', 'https://gallery.ecr.aws/alias/app'],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      'team/app',
      'https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/team/app?region=eu-west-1',
    ],
    [
      'europe-docker.pkg.dev',
      'project/repo/team/app',
      'https://console.cloud.google.com/artifacts/docker/project/europe/repo/team%2Fapp',
    ],
    ['localhost:5000', 'team/app', undefined],
    ['notharbor.example', 'team/app', undefined],
    ['docker.io.example', 'team/app', undefined],
  ];
  for (const [registry, repository, url, more] of cases) {
    it(`${registry}/${repository}`, () => {
      assert.equal(vendorPage({ registry, repository, ...more })?.url, url);
    });
  }

  it('escapes what stands in names', () => {
    const url = vendorPage({ registry: 'docker.io', repository: 'a/b?c#d', tag: 'x&y=z' })?.url;
    assert.equal(url, 'https://hub.docker.com/r/a/b%3Fc%23d/tags?name=x%26y%3Dz');
  });
});
