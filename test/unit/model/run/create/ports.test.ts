import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UserError } from '../../../../../src/model/errors.ts';
import { parsePort } from '../../../../../src/model/run/create/ports.ts';

function isError(code: string, part: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, code);
    assert.ok(error.message.includes(part), error.message);
    return true;
  };
}

describe('parsePort', () => {
  it('reads ranges, addresses and the long form', () => {
    assert.deepEqual(parsePort('127.0.0.1:8000-8001:80-81/udp'), [
      { container: '80/udp', address: '127.0.0.1', host: '8000' },
      { container: '81/udp', address: '127.0.0.1', host: '8001' },
    ]);
    assert.deepEqual(parsePort('[::1]::80'), [{ container: '80/tcp', address: '::1', host: '' }]);
    assert.deepEqual(parsePort('published=8080,target=80'), [{ container: '80/tcp', address: '', host: '8080' }]);
    assert.deepEqual(parsePort('8000-8010:80'), [{ container: '80/tcp', address: '', host: '8000-8010' }]);
  });

  for (const text of [
    '',
    'web',
    '80:',
    '70000:80',
    '80:0',
    '80:80:80:80',
    'localhost:80:80',
    '256.1.1.1:80:80',
    '80-82:80-81',
    '80/icmp',
    '9-8:1-2',
  ]) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parsePort(text), isError('bad-port', text));
    });
  }
});
