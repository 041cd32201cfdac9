import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FileOwner } from '../../../../src/model/files/entry.ts';
import { addressPath, engineMark, fileAuthority, ownerOf, pathOf } from '../../../../src/model/files/uri.ts';

import { acting, link } from '../actingText.ts';

describe('addresses of files', () => {
  const url = 'unix:///var/run/docker.sock';

  it('lead back to their owner, whatever happens to capitals', () => {
    const owners: FileOwner[] = [
      { type: 'container', id: 'c0ffee'.repeat(10) },
      { type: 'volume', name: 'data' },
      { type: 'volume', name: 'Data_X.y-Z' },
      { type: 'volume', name: 'a1b2'.repeat(16) },
    ];
    for (const owner of owners) {
      const authority = fileAuthority(owner, url);
      assert.equal(authority, authority.toLowerCase());
      assert.deepEqual(ownerOf(authority)?.owner, owner);
    }
    assert.notEqual(
      fileAuthority({ type: 'volume', name: 'Data' }, url),
      fileAuthority({ type: 'volume', name: 'data' }, url),
    );
  });

  it('tell volumes of different engines apart', () => {
    const owner: FileOwner = { type: 'volume', name: 'data' };
    assert.notEqual(fileAuthority(owner, url), fileAuthority(owner, 'tcp://host:2376'));
    assert.equal(ownerOf(fileAuthority(owner, url))?.engine, engineMark(url));
  });

  it('are nothing else', () => {
    for (const authority of [
      '',
      'container-',
      'volume-x',
      'volume-12345678-',
      'container-a/b',
      'host',
      'container-..',
    ]) {
      assert.equal(ownerOf(authority), undefined, authority);
    }
  });
});

describe('paths in addresses', () => {
  const paths = [
    '/a',
    '/x/[Fix it](command:a)',
    '/]\u2060(b',
    '/]\u2060\u2060(b',
    '/](',
    '/]](((',
    '/[id]/(group)',
    '/\u2060(',
  ];

  it('lead back to the file, whatever its name', () => {
    for (const path of paths) {
      assert.equal(pathOf(addressPath(path)), path);
    }
    assert.equal(new Set(paths.map(addressPath)).size, paths.length);
  });

  it('are no links', () => {
    for (const text of acting) {
      assert.doesNotMatch(addressPath(text), link);
    }
  });
});
