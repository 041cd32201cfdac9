import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type StoredAccounts, storageKey } from '../../../../src/registry/auth/accountStore.ts';
import { createLoginSource, engineAuth } from '../../../../src/registry/auth/loginSource.ts';
import type { Credentials } from '../../../../src/registry/types.ts';

const host = 'registry.lab';
const inFile: Credentials = { username: 'file', password: 'f', source: 'config.json' };

function sourceOf({ stored = {}, agreed = false }: { stored?: Record<string, StoredAccounts>; agreed?: boolean }) {
  const read = async (key: string) => stored[key] ?? { accounts: [] };
  const find = async (key: string) => {
    const { current, accounts } = await read(key);
    const account = accounts.find(({ username }) => username === current);
    return account && { ...account, source: 'here' };
  };
  const files = { find: async () => inFile, hosts: async () => [] };
  return createLoginSource({ read, find }, files, () => agreed);
}

const lena = { username: 'lena', password: 'l' };

describe('the login that is used', () => {
  it('is ours before that of a file, each for its scheme', async () => {
    const { credentials } = sourceOf({ stored: { [host]: { current: 'lena', accounts: [lena] } } });
    assert.equal((await credentials.find(host))?.username, 'lena');
    assert.equal(await credentials.find(host, undefined, 'http'), undefined);
    assert.equal(await credentials.withholds(host, undefined, 'http'), true);
    assert.equal(await credentials.withholds(host, undefined, 'https'), false);
  });

  it('is that of a file over plain http on this machine, and where a person agreed', async () => {
    const used = async (name: string, agreed: boolean) =>
      (await sourceOf({ agreed }).credentials.find(name, undefined, 'http'))?.username;
    assert.equal(await used(host, false), undefined);
    assert.equal(await used(host, true), 'file');
    assert.equal(await used('localhost:5000', false), 'file');
  });

  it('is marked among all that are known', async () => {
    const none = await sourceOf({ stored: { [storageKey(host, 'https')]: { accounts: [lena] } } }).all(host, 'https');
    assert.deepEqual(
      none.map(({ account, ours, current }) => [account, ours, current]),
      [
        ['lena', true, false],
        ['file', false, true],
      ],
    );
  });

  it('goes to the engine in its own form', () => {
    assert.deepEqual(engineAuth('docker.io', { identityToken: 'x', source: 'here' }), {
      identityToken: 'x',
      serverAddress: 'https://index.docker.io/v1/',
    });
    assert.deepEqual(engineAuth(host, inFile), { username: 'file', password: 'f', serverAddress: host });
  });
});
