// Volumes and networks through our commands, with the engine asked directly beside them.

import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { until } from '../../parts/until.ts';
import { command, engineApi, ours } from './support.ts';

interface NetworkAnswer {
  Id: string;
  Driver: string;
  Internal: boolean;
  Labels: Record<string, string>;
  IPAM: { Config: { Subnet: string; Gateway?: string }[] };
  Containers: Record<string, { IPv4Address: string }>;
}

describe('volumes', () => {
  it('are created with driver, options and labels, listed, and removed several at once', async () => {
    const name = ours('volume');
    const options = { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' };
    assert.deepEqual(await command('createVolume', name, { driver: 'local', options, labels: { team: 'shop' } }), {
      name,
    });
    const made = await engineApi<{ Labels: object; Options: object }>('GET', `/volumes/${name}`);
    assert.deepEqual([made.Labels, made.Options], [{ team: 'shop' }, options]);
    const { name: other } = await command('createVolume', undefined, {});
    assert.match(other, /^[0-9a-f]{64}$/);
    assert.deepEqual(await command('removeVolume', [name, other], {}), { names: [name, other] });
    assert.ok((await engineApi<{ message?: string }>('GET', `/volumes/${name}`)).message);
  });

  it('say who has them when they cannot be removed', async () => {
    const name = ours('used');
    const container = ours('user');
    await command('runImage', 'busybox', { name: container, command: ['true'], volumes: [`${name}:/data`] });
    await assert.rejects(command('removeVolume', name, {}), /in use|container/i);
    await command('removeContainer', container, { force: true, volumes: true });
    await command('removeVolume', name, {});
  });

  it('are removed right after their files were looked at', async () => {
    const name = ours('looked');
    await command('createVolume', name, {});
    await command('createFile', `volume:${name}`, { path: '/a' }).catch(() => undefined);
    await command('removeVolume', name, {});
  });

  it('without a name are pruned, and go with their container when that is wished', async () => {
    const container = ours('anonymous');
    const { id } = await command('runImage', 'busybox', { name: container, command: ['true'], volumes: ['/data'] });
    await command('waitContainer', container, {});
    const { Mounts } = await engineApi<{ Mounts: { Name: string }[] }>('GET', `/containers/${id}/json`);
    const volume = Mounts[0]?.Name ?? '';
    const preview = async (kinds: string[]) => (await command('prune', undefined, { kinds, preview: true })).removed;
    assert.ok(!(await preview(['volumes'])).volumes.includes(volume));
    assert.ok((await preview(['containers', 'volumes'])).volumes.includes(volume));
    await command('removeContainer', container, { force: true, volumes: true });
    assert.ok((await engineApi<{ message?: string }>('GET', `/volumes/${volume}`)).message);
  });
});

describe('networks', () => {
  const names: string[] = [];
  after(async () => {
    for (const name of names) {
      await engineApi('DELETE', `/networks/${name}`);
    }
  });

  it('are created with subnets, options and labels, and removed', async () => {
    const name = ours('net');
    names.push(name);
    const { id } = await command('createNetwork', name, {
      subnets: ['172.31.250.0/24'],
      gateways: ['172.31.250.1'],
      internal: true,
      labels: { team: 'shop' },
    });
    const made = await engineApi<NetworkAnswer>('GET', `/networks/${name}`);
    assert.deepEqual([made.Id, made.Driver, made.Internal, made.Labels], [id, 'bridge', true, { team: 'shop' }]);
    assert.deepEqual(made.IPAM.Config, [{ Subnet: '172.31.250.0/24', Gateway: '172.31.250.1' }]);
    await assert.rejects(command('createNetwork', name, {}), /exists/i);
    await assert.rejects(
      command('createNetwork', ours('bad'), { subnets: ['nonsense'] }),
      /subnet|CIDR|address|invalid/i,
    );
    assert.deepEqual(await command('removeNetwork', name, {}), { names: [name] });
    await assert.rejects(command('removeNetwork', 'bridge', {}), /bridge|pre-defined/i);
  });

  it('take containers in and let them go', async () => {
    const network = ours('join');
    const container = ours('member');
    names.push(network);
    await command('createNetwork', network, { subnets: ['172.31.251.0/24'] });
    const { id } = await command('runImage', 'busybox', { name: container, command: ['sleep', '86400'] });
    try {
      const options = { network, aliases: ['db'], ip: '172.31.251.7' };
      assert.deepEqual(await command('connectNetwork', container, options), { containers: [id], network });
      const members = async () => (await engineApi<NetworkAnswer>('GET', `/networks/${network}`)).Containers;
      assert.equal((await members())[id]?.IPv4Address, '172.31.251.7/24');
      await assert.rejects(command('removeNetwork', network, {}), /active endpoints|in use/i);
      const details = { container: id, network };
      assert.deepEqual(await command('disconnectNetwork', container, { network }), details);
      await until(async () => Object.keys(await members()).length === 0);
      await assert.rejects(command('connectNetwork', container, { network: 'no-such-network' }), /no-such-network/);
    } finally {
      await command('removeContainer', container, { force: true });
    }
    await command('removeNetwork', network, {});
  });
});
