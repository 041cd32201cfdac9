// What a prune takes, and how much it frees.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  bytesOf,
  holders,
  prunePreview,
  readDiskUsage,
  withoutDoubles,
} from '../../../../src/model/engines/diskUse.ts';
import { network } from '../sampleObjects.ts';

describe('prune preview', () => {
  const disk = readDiskUsage(
    {
      Containers: [
        { Id: 'a', Names: ['/ended'], State: 'exited', SizeRw: 10, ImageID: 'i1', Mounts: [{ Name: 'v1' }] },
        {
          Id: 'b',
          Names: ['/up'],
          State: 'running',
          ImageID: 'i2',
          Mounts: [{ Name: 'v2' }],
          NetworkSettings: { Networks: { used: {} } },
        },
      ],
      Images: [
        { Id: 'i1', RepoTags: ['one:1'], Size: 100, SharedSize: 40 },
        { Id: 'i2', RepoTags: ['two:1'], Size: 200, SharedSize: -1 },
        { Id: 'sha256:3333333333333333', RepoTags: ['<none>:<none>'], Size: 300, SharedSize: 0 },
      ],
      Volumes: [
        { Name: 'v1', Labels: { 'com.docker.volume.anonymous': '' }, UsageData: { Size: 5 } },
        { Name: 'v2', Labels: null, UsageData: { Size: 7 } },
        { Name: 'v3', UsageData: { Size: -1 } },
      ],
      BuildCache: [
        { ID: 'c', Size: 9, InUse: false },
        { ID: 'd', Size: 9, InUse: true },
      ],
    },
    true,
  );
  const networks = [network({ name: 'used' }), network({ name: 'free' }), network({ name: 'bridge' })];
  const names = (kinds: Parameters<typeof prunePreview>[2]) =>
    Object.fromEntries(
      Object.entries(prunePreview(disk, networks, kinds)).map(([kind, items]) => [kind, items.map(({ name }) => name)]),
    );

  it('takes what nothing has', () => {
    assert.deepEqual(names(['images', 'allImages', 'volumes', 'allVolumes', 'networks', 'buildCache']), {
      images: ['333333333333'],
      allImages: ['333333333333'],
      volumes: [],
      allVolumes: ['v3'],
      networks: ['free'],
      buildCache: ['c'],
    });
  });

  it('takes with containers what only they have', () => {
    assert.deepEqual(names(['containers', 'allImages', 'volumes']), {
      containers: ['ended'],
      allImages: ['one:1', '333333333333'],
      volumes: ['v1'],
    });
    assert.equal(bytesOf(prunePreview(disk, [], ['allImages', 'containers']).allImages ?? []), 360);
  });

  it('tells volumes without a name by their names on engines that do not label them', () => {
    const raw = {
      Volumes: [{ Name: 'f'.repeat(64) }, { Name: 'mine', Labels: { 'com.docker.volume.anonymous': '' } }],
    };
    const unnamed = (labelled: boolean) =>
      (prunePreview(readDiskUsage(raw, labelled), [], ['volumes']).volumes ?? []).map(({ name }) => name);
    assert.deepEqual([unnamed(false), unnamed(true)], [['ffffffffffff'], ['mine']]);
  });

  it('names ended containers that hold volumes for others, and does nothing twice', () => {
    const shared = readDiskUsage(
      {
        Containers: [
          { Names: ['/data'], State: 'created', Mounts: [{ Name: 'v' }] },
          { Names: ['/web'], State: 'running', Mounts: [{ Name: 'v' }] },
        ],
      },
      true,
    );
    assert.deepEqual(holders(shared), ['data']);
    assert.deepEqual(withoutDoubles(['allImages', 'images', 'volumes', 'containers']), [
      'containers',
      'allImages',
      'volumes',
    ]);
    assert.deepEqual(readDiskUsage(null, true), { containers: [], images: [], volumes: [], buildCache: [] });
  });
});
