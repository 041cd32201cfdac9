import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RegistryError } from '../../../../src/model/registries/error.ts';
import { signal, withOdd } from '../../../parts/oddRegistries/client.ts';

describe('the failure that an odd registry tells', () => {
  it('errors-several: all words, nothing that moves the screen', () =>
    withOdd('errors-several', ({ client }) =>
      assert.rejects(client.manifest('team/app', '1', signal), { words: 'bad name: noevil; TAG_INVALID' }),
    ));
  it('error-long: the words are cut', () =>
    withOdd('error-long', ({ client }) =>
      assert.rejects(client.manifest('team/app', '1', signal), (error: RegistryError) => error.message.length < 600),
    ));
});
