import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UserError } from '../../../../../src/model/errors.ts';
import { parseVolume } from '../../../../../src/model/run/create/volume.ts';

function isError(code: string, part: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, code);
    assert.ok(error.message.includes(part), error.message);
    return true;
  };
}

describe('parseVolume', () => {
  it('tells the colons of Windows from the others', () => {
    assert.deepEqual(parseVolume('C:\\data:/data:ro'), { source: 'C:\\data', target: '/data', mode: 'ro' });
    assert.deepEqual(parseVolume('C:\\data:D:\\data'), { source: 'C:\\data', target: 'D:\\data' });
    assert.deepEqual(parseVolume('cache:/var/cache'), { source: 'cache', target: '/var/cache' });
    assert.deepEqual(parseVolume('/data'), { target: '/data' });
  });

  for (const text of ['', 'data', ':/a', '/a:', '/a:/b:odd', '/a:/b:ro:z', 'sub/dir:/a', '~/a:/b', '/a:b']) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parseVolume(text), isError('bad-volume', text));
    });
  }
});
