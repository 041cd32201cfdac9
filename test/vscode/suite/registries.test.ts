// Adding and removing registries by their address.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { api, command, registry } from './support.ts';

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

  it('that want a login are refused without one, kept with one, and pushed to with it', async () => {
    const address = process.env.DOCKNOTES_TEST_REGISTRY_AUTH ?? '';
    const username = process.env.DOCKNOTES_TEST_REGISTRY_USER ?? '';
    const password = process.env.DOCKNOTES_TEST_REGISTRY_PASSWORD ?? '';
    assert.ok(address && username && password, 'DOCKNOTES_TEST_REGISTRY_AUTH, _USER and _PASSWORD are set by npm test');
    const ref = `${address}/private/box:1`;
    await command('tagImage', 'busybox', { ref });
    await assert.rejects(command('addRegistry', address, {}), /log in|login|credentials|password/i);
    await assert.rejects(command('addRegistry', address, { username, password: 'wrong' }), (error: Error) => {
      assert.doesNotMatch(error.message, /wrong\b.*:.*wrong/);
      return true;
    });
    assert.ok(!(await (await api()).registries()).some((entry) => entry.address === address), 'nothing is kept');
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
});
