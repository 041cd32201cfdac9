// Registries by their address, and who we are there, as another extension would call it.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { api, command, ours, registry } from './support.ts';

/** What npm test starts for these suites, from the environment. */
function part(name: 'AUTH' | 'TLS' | 'CA' | 'USER' | 'PASSWORD'): string {
  const value = process.env[`DOCKNOTES_TEST_REGISTRY_${name}`];
  assert.ok(value, `DOCKNOTES_TEST_REGISTRY_${name} is set by npm test`);
  return value;
}

const login = () => ({ username: part('USER'), password: part('PASSWORD') });
const addresses = async () => (await (await api()).registries()).map(({ address }) => address);

/** A registry that has nothing, and takes so many milliseconds to say so. */
async function serveNothing(latency: number): Promise<Server> {
  const server = createServer((_, answer) => {
    answer.setHeader('Docker-Distribution-API-Version', 'registry/2.0');
    setTimeout(() => answer.end('{"repositories":[]}'), latency);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('registries', () => {
  it('are added by the address that a person types, and removed again', async () => {
    for (const typed of [registry(), `http://${registry()}`, ` http://${registry()}/v2/_catalog `]) {
      // The workspace names the registry in its setting, so only the kept one counts here.
      assert.deepEqual(await command('addRegistry', typed, {}), { registry: registry() });
      assert.ok(
        (await (await api()).registries()).some(({ address, scheme }) => address === registry() && scheme === 'http'),
      );
      await command('removeRegistry', registry(), {});
    }
  });

  it('that are added at the same moment are all kept', async () => {
    // Each answers a little later than the one before, so that their changes meet at every stage.
    for (const step of [0, 2, 5, 10]) {
      const servers = await Promise.all(Array.from({ length: 6 }, (_, index) => serveNothing(index * step)));
      const all = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
      const kept = async () => (await addresses()).filter((address) => all.includes(address)).sort();
      await Promise.all(all.map((address) => command('addRegistry', `http://${address}`, {})));
      assert.deepEqual(await kept(), [...all].sort());
      await Promise.all(all.map((address) => command('removeRegistry', address, {})));
      assert.deepEqual(await kept(), []);
      for (const server of servers) {
        server.close();
      }
    }
  });

  it('that want a login are refused without one, kept with one, and pushed to with it', async () => {
    const address = part('AUTH');
    const { username, password } = login();
    const ref = `${address}/private/box:1`;
    await command('tagImage', 'busybox', { ref });
    await assert.rejects(command('addRegistry', address, {}), /log in|login|credentials|password/i);
    await assert.rejects(command('addRegistry', address, { username, password: 'wrong' }), (error: Error) => {
      assert.doesNotMatch(error.message, /wrong\b.*:.*wrong/);
      return true;
    });
    assert.ok(!(await addresses()).includes(address), 'nothing is kept');
    await assert.rejects(command('pushImage', ref, {}), 'a refused push must not succeed silently');
    await command('addRegistry', address, { username, password });
    await command('pushImage', ref, {});
    assert.deepEqual((await (await api()).repositories(address)).names, ['private/box']);
    await command('removeRegistry', address, {});
    await assert.rejects(command('pushImage', ref, {}), 'the login is gone with the registry');
    await command('removeImage', ref, {});
  });

  it('that are none are refused with a sentence', async () => {
    for (const typed of ['', 'ftp://x', 'no host', '127.0.0.1:1', 'localhost:99999', 'no-such-host.invalid']) {
      await assert.rejects(command('addRegistry', typed, {}), (error: Error) => {
        assert.match(error.message, /[.。]$/, `not a sentence: ${error.message}`);
        return true;
      });
    }
  });

  it('with a CA that nobody knows are trusted by its file, by its text, or by the fingerprint of what they show', async () => {
    const address = part('TLS');
    await assert.rejects(command('addRegistry', address, login()), { code: 'unknown-ca' });
    for (const trustedCa of [part('CA'), readFileSync(part('CA'), 'utf8'), [part('CA')]]) {
      assert.deepEqual(await command('addRegistry', address, { ...login(), trustedCa }), { registry: address });
      assert.ok(Array.isArray((await (await api()).repositories(address)).names));
      await command('removeRegistry', address, {});
    }
    const shown = await command('trustRegistry', address, {});
    assert.deepEqual([shown.registry, shown.trusted], [address, false]);
    await assert.rejects(command('trustRegistry', address, { fingerprint: 'AA:BB' }), { code: 'other-fingerprint' });
    assert.notEqual(shown.fingerprint, new X509Certificate(readFileSync(part('CA'))).fingerprint256);
    await assert.rejects(command('trustRegistry', address, { fingerprint: shown.fingerprint }), {
      code: 'unauthorized',
    });
    assert.ok(!(await addresses()).includes(address));
  });

  it('know who is signed in, also where nothing was added', async () => {
    const address = part('AUTH');
    const { username, password } = login();
    const ref = `${address}/${ours('signed')}/box:1`;
    await command('tagImage', 'busybox', { ref });
    await assert.rejects(command('pushImage', ref, {}), { code: 'login-required' });
    await assert.rejects(command('signIn', address, { username, password: 'wrong' }), { code: 'login-failed' });
    await assert.rejects(command('pushImage', ref, {}), { code: 'login-required' });
    assert.deepEqual(await command('signIn', address, { username, password }), {
      registry: address,
      account: username,
    });
    await command('pushImage', ref, {});
    await assert.rejects(command('switchAccount', address, { username: 'bob' }), { code: 'no-such-account' });
    assert.deepEqual(await command('switchAccount', address, { username }), { registry: address, account: username });
    assert.deepEqual(await command('signOut', address, {}), { registry: address, account: username });
    await assert.rejects(command('signOut', address, {}), { code: 'not-signed-in' });
    await assert.rejects(command('pushImage', ref, {}), { code: 'login-required' });
    await command('removeImage', ref, {});
  });
});
