import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf } from '../../../src/model/elements.ts';

describe('keys of rows', () => {
  it('let no name stand for a step of a path', () => {
    assert.equal(keyOf({ type: 'group', by: 'label:team', path: ['a/b', 'c'] }), 'group/label:team/a%2Fb/c');
    assert.equal(keyOf({ type: 'port', container: 'a', port: 80, protocol: 'tcp' }), 'port/a/:80/tcp');
    assert.equal(keyOf({ type: 'port', container: 'a', port: 80, protocol: 'tcp', host: 8080 }), 'port/a/8080:80/tcp');
    assert.equal(keyOf({ type: 'registry', registry: 'r', filtered: true }), 'registry/r?found');
    assert.equal(keyOf({ type: 'image', id: 'sha256:1' }), 'image/sha256:1');
  });
});
