// The order of API versions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isOlder } from '../../../src/model/apiVersion.ts';

describe('versions of the API', () => {
  it('are no decimal numbers', () => {
    assert.ok(isOlder('1.9', '1.41') && !isOlder('1.41', '1.9'));
    assert.ok(isOlder('1.54', '2.0') && !isOlder('2.0', '1.54'));
  });

  it('are not older than themselves, and what is no version is older than nothing', () => {
    assert.ok(!isOlder('1.41', '1.41'));
    assert.ok(!isOlder('x.y', '1.41') && !isOlder('1.41', 'x.y'));
  });
});
