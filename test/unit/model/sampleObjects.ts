// The engine's objects for tests: what a test does not care about is filled in.
import type { Container, Image, Network, Volume } from '../../../src/model/objects.ts';

export function container(fields: Partial<Container>): Container {
  return {
    id: 'c'.repeat(64),
    name: 'web',
    image: 'busybox:latest',
    imageId: 'sha256:1',
    command: 'httpd -f',
    created: 0,
    state: 'running',
    status: 'Up 3 hours',
    ports: [],
    mounts: [],
    networks: [],
    labels: {},
    ...fields,
  };
}

export function image(fields: Partial<Image>): Image {
  return { id: 'sha256:1', tags: [], digests: [], created: 0, size: 0, labels: {}, ...fields };
}

export function volume(fields: Partial<Volume>): Volume {
  return { name: 'data', driver: 'local', mountpoint: '', scope: 'local', labels: {}, ...fields };
}

export function network(fields: Partial<Network>): Network {
  const defaults = { driver: 'bridge', scope: 'local', internal: false, created: 0, subnets: [], labels: {} };
  return { id: 'n'.repeat(64), name: 'shop', ...defaults, ...fields };
}
