// What the view and the pages show of tags, read from a real registry.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { compareImages } from '../../../src/model/registries/compare.ts';
import { readDetails, readDocument, readPlatform, readTag, tagListOf } from '../../../src/registry/known/tagFacts.ts';
import type { RegistryClient } from '../../../src/registry/types.ts';
import { createLayout } from '../../parts/registry/layout.ts';
import { collect, type Lab, labClient, signal, startLab, temporaryFolder, whyNoLab } from './lab.ts';

describe('tags of a real registry', function () {
  this.timeout(30_000);
  let lab: Lab;
  let client: RegistryClient;
  let index = '';
  let amd64 = '';

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    const layout = createLayout(join(folder, 'data'));
    const image = (architecture: string, variant: object, size: number) =>
      layout.image('team/app', {
        platform: { os: 'linux', architecture, ...variant },
        created: '2026-02-03T04:05:06Z',
        layers: [
          { size: 5000, step: 'ADD rootfs.tar.gz / # buildkit', seed: 'base' },
          { size, step: 'RUN /bin/sh -c make # buildkit' },
        ],
        steps: ['ENV A=1'],
        config: { Env: ['A=1'], Labels: { version: String(size) }, ExposedPorts: { '80/tcp': {} } },
      });
    amd64 = image('amd64', {}, 700);
    const arm = image('arm64', { variant: 'v8' }, 900);
    const note = layout.image('team/app', { layers: [{ size: 10, step: '' }] });
    index = layout.index(
      'team/app',
      [
        { digest: arm, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
        { digest: amd64, platform: { os: 'linux', architecture: 'amd64' } },
      ],
      [{ digest: note, of: amd64 }],
    );
    layout.tag('team/app', '1.0', index);
    layout.tag('team/app', '2.0', image('amd64', {}, 800));
    layout.tag('team/app', `sha256-${index.slice(7)}.sig`, note);
    lab = await startLab({ folder });
    client = labClient({ address: { host: lab.host, scheme: 'http' } });
  });
  after(async () => {
    client?.dispose();
    await lab?.stop();
  });

  const list = async () => tagListOf(await collect(client.tags('team/app', signal)));

  it('are told apart from the signatures that belong to them', async () => {
    const { tags, attached } = await list();
    assert.deepEqual([...tags].sort(), ['1.0', '2.0']);
    assert.deepEqual([...attached.keys()], [index]);
  });

  it('have size, date, platforms and attachments for their rows', async () => {
    const details = await readDetails(client, 'team/app', '1.0', (await list()).attached, signal);
    assert.equal(details.digest, index);
    assert.equal(details.size, 5700, 'of the image for Linux on amd64');
    assert.equal(details.created, Date.parse('2026-02-03T04:05:06Z'));
    assert.deepEqual(details.platforms, ['linux/arm64/v8', 'linux/amd64']);
    assert.deepEqual(details.attachments.map(({ kind }) => kind).sort(), ['attestation', 'signature']);
    assert.equal(client.hasReferrers, false, 'this registry has no referrers API, and is asked once only');
  });

  it('have layers with their steps, configuration and labels for their page', async () => {
    const tag = await readTag(client, lab.host, 'team/app', '1.0', list, signal);
    assert.deepEqual(
      tag.platforms.map(({ name }) => name),
      ['linux/arm64/v8', 'linux/amd64'],
    );
    assert.equal(tag.attachmentsProblem, undefined);
    const platform = await readPlatform(client, 'team/app', amd64, signal);
    assert.deepEqual(
      platform.layers.map(({ size, step }) => [size, step]),
      [
        [5000, 'ADD rootfs.tar.gz /'],
        [700, 'RUN make'],
      ],
    );
    assert.equal(platform.steps.length, 3);
    assert.deepEqual(platform.env, ['A=1']);
    await assert.rejects(readPlatform(client, 'team/app', index, signal), { code: 'no-image' });
  });

  it('are compared by their layers and configuration', async () => {
    const two = await readTag(client, lab.host, 'team/app', '2.0', list, signal);
    const { shared, changes } = compareImages(
      await readPlatform(client, 'team/app', amd64, signal),
      await readPlatform(client, 'team/app', two.digest, signal),
    );
    assert.deepEqual(shared.after, [true, false]);
    assert.deepEqual(changes, [{ kind: 'label', name: 'version', before: '700', after: '800' }]);
  });

  it('open as JSON documents whose digest is that of the original', async () => {
    const manifest = await readDocument(client, 'team/app', '1.0', 'manifest', signal);
    assert.equal(manifest.digest, index);
    assert.equal(JSON.parse(manifest.text).manifests.length, 3);
    const config = await readDocument(client, 'team/app', '1.0', 'config', signal);
    assert.equal(JSON.parse(config.text).architecture, 'amd64');
  });
});
