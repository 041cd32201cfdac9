// Names and ids of other objects in the text of an inspection.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inspectLinks } from '../../../src/model/inspectLinks.ts';

describe('links of an inspection', () => {
  it('lead to the image, the networks, the volumes and the containers', () => {
    const image = `sha256:${'a'.repeat(64)}`;
    const container = 'b'.repeat(64);
    const text = JSON.stringify(
      {
        Image: image,
        Name: '/web',
        Mounts: [
          { Type: 'volume', Name: 'data', Source: '/x' },
          { Type: 'bind', Name: 'no', Source: '/y' },
        ],
        Config: { Image: 'busybox', Labels: { NetworkID: '' } },
        NetworkSettings: { Networks: { bridge: { NetworkID: 'c0ffee' } } },
        Containers: { [container]: { Name: 'web' } },
      },
      null,
      2,
    );
    const links = inspectLinks(text);
    assert.deepEqual(
      links.map(({ kind, name }) => `${kind} ${name}`),
      [`image ${image}`, 'volume data', 'image busybox', 'network bridge', 'network c0ffee', `container ${container}`],
    );
    for (const { start, end, name } of links) {
      assert.equal(text.slice(start, end), name);
    }
  });
});
