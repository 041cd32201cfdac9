import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  createAccountStore,
  hostOfKey,
  storageKey,
  withAccount,
  withoutAccount,
} from '../../../../src/registry/auth/accountStore.ts';
import { memorySecrets, memoryState } from '../../../parts/memoryState.ts';

const lena = { username: 'lena', password: 'a' };
const max = { username: 'max', password: 'b' };

describe('stored accounts', () => {
  it('have the one that was given last in use, each name once', () => {
    const both = withAccount(withAccount({ accounts: [] }, lena), max);
    assert.deepEqual(both, { current: 'max', accounts: [lena, max] });
    const changed = { username: 'lena', password: 'new' };
    assert.deepEqual(withAccount(both, changed), { current: 'lena', accounts: [max, changed] });
  });

  it('are forgotten one by one, or all together', () => {
    const both = { current: 'max', accounts: [lena, max] };
    assert.deepEqual(withoutAccount(both, 'lena'), { current: 'max', accounts: [max] });
    assert.deepEqual(withoutAccount(both, 'max'), { accounts: [lena] });
    assert.deepEqual(withoutAccount(both, undefined).accounts, []);
  });

  it('are apart for each scheme of a host', () => {
    assert.deepEqual(
      [storageKey('a.lab:5000', 'https'), storageKey('a.lab:5000', 'http')],
      ['a.lab:5000', 'http://a.lab:5000'],
    );
    for (const scheme of ['https', 'http'] as const) {
      assert.equal(hostOfKey(storageKey('a.lab:5000', scheme)), 'a.lab:5000');
    }
  });

  it('that cannot be read are passed over and told to the log, without what is in them', async () => {
    const secrets = new Map([
      ['registry/a.lab', '{"accounts":[{"username":"lena","password":"s3cret"'],
      ['registry/b.lab', '{"current":7,"accounts":[{"username":"lena"},{"username":"max","password":"b"}]}'],
    ]);
    const log: string[] = [];
    const store = createAccountStore(memorySecrets(secrets), memoryState(), (line) => log.push(line));
    assert.deepEqual(await store.read('a.lab'), { accounts: [] });
    assert.deepEqual(await store.read('b.lab'), { accounts: [max] });
    assert.equal(log.length, 1);
    assert.ok(log[0]?.startsWith('a.lab:') && !log[0].includes('s3cret'));
    store.dispose();
  });
});
