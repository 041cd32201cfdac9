import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  apiHostOf,
  credentialKeyOf,
  familiarName,
  formatReference,
  isDigest,
  parseAddress,
  parseReference,
  referenceParts,
  registryHostOf,
  repositoryOf,
  tagOf,
  withDefaultTag,
} from '../../../src/model/reference.ts';

const digest = `sha256:${'a1'.repeat(32)}`;

describe('image references', () => {
  const good: [string, string, string][] = [
    // typed, whole, familiar
    ['busybox', 'docker.io/library/busybox', 'busybox'],
    ['  busybox:1.36 ', 'docker.io/library/busybox:1.36', 'busybox:1.36'],
    ['team/app', 'docker.io/team/app', 'team/app'],
    ['docker.io/busybox', 'docker.io/library/busybox', 'busybox'],
    ['index.docker.io/team/app', 'docker.io/team/app', 'team/app'],
    ['localhost/app', 'localhost/app', 'localhost/app'],
    ['localhost:5000/a/b/c:1', 'localhost:5000/a/b/c:1', 'localhost:5000/a/b/c:1'],
    ['Registry/app', 'Registry/app', 'Registry/app'],
    ['[::1]:5000/app:x', '[::1]:5000/app:x', '[::1]:5000/app:x'],
    ['[2001:db8::1]/app', '[2001:db8::1]/app', '[2001:db8::1]/app'],
    ['localhost:5000', 'docker.io/library/localhost:5000', 'localhost:5000'],
    [`app:1@${digest}`, `docker.io/library/app:1@${digest}`, `app:1@${digest}`],
    ['a.b/c__d/e---f/g.h:_x.Y-1', 'a.b/c__d/e---f/g.h:_x.Y-1', 'a.b/c__d/e---f/g.h:_x.Y-1'],
    ['docker.io/library/a/b', 'docker.io/library/a/b', 'library/a/b'],
  ];
  for (const [typed, whole, familiar] of good) {
    it(typed, () => {
      assert.equal(formatReference(parseReference(typed)), whole);
      assert.equal(familiarName(parseReference(typed)), familiar);
      assert.deepEqual(parseReference(whole), parseReference(typed));
    });
  }

  const bad: [string, RegExp][] = [
    ['', /empty/],
    ['BusyBox', /lower case.*"busybox"/],
    ['localhost:5000/Team/app', /lower case/],
    ['a b', /space/],
    ['app:', /no tag after its colon/],
    ['app:.x', /tag "\.x"/],
    ['app:a b', /space/],
    [`app:${'x'.repeat(129)}`, /129 characters/],
    ['https://registry.example.com/app', /Leave out "https:\/\/"/],
    ['a//b', /slash/],
    ['localhost:5000/', /no repository name/],
    ['a/', /slash/],
    ['a..b', /not allowed/],
    ['a_-b', /not allowed/],
    ['-a', /not allowed/],
    ['ho st/app', /space/],
    ['-host.x/app', /registry host/],
    ['host.x:99999/app', /registry host/],
    ['host.x:/app', /registry host/],
    ['app@', /not a digest/],
    ['app@sha256:12', /not a digest/],
    [`app@sha256:${'A'.repeat(64)}`, /not a digest/],
    ['a1'.repeat(32), /image id/],
    [`host.x/${'a'.repeat(256)}`, /256 characters/],
    ['app;rm -rf', /space/],
    ['app;rm', /not allowed/],
  ];
  for (const [typed, sentence] of bad) {
    it(`refuses ${JSON.stringify(typed.slice(0, 40))}`, () => {
      assert.throws(() => parseReference(typed), { name: 'UserError', code: 'bad-reference', message: sentence });
    });
  }

  it('takes digests of the right length only', () => {
    assert.ok(isDigest(digest));
    assert.ok(isDigest(`sha512:${'0'.repeat(128)}`));
    assert.ok(isDigest(`multihash+base58:${'0'.repeat(40)}`));
    assert.ok(!isDigest(`${digest}0`));
    assert.ok(!isDigest('latest'));
  });

  it('adds the tag latest only where nothing is said', () => {
    assert.equal(withDefaultTag(parseReference('a')).tag, 'latest');
    assert.equal(withDefaultTag(parseReference('a:1')).tag, '1');
    assert.equal(withDefaultTag(parseReference(`a@${digest}`)).tag, undefined);
  });

  it('knows the hosts of Docker Hub', () => {
    assert.equal(registryHostOf('busybox'), 'docker.io');
    assert.equal(registryHostOf('localhost:5000/x'), 'localhost:5000');
    assert.equal(apiHostOf('docker.io'), 'registry-1.docker.io');
    assert.equal(apiHostOf('quay.io'), 'quay.io');
    assert.equal(credentialKeyOf('docker.io'), 'https://index.docker.io/v1/');
    assert.equal(credentialKeyOf('quay.io'), 'quay.io');
  });
});

describe('addresses of registries', () => {
  const good: [string, object][] = [
    ['localhost:5000', { host: 'localhost:5000' }],
    [' Registry.Example.com/ ', { host: 'registry.example.com' }],
    ['https://registry.example.com:5000/', { host: 'registry.example.com:5000', scheme: 'https' }],
    ['http://10.0.0.1:5000//', { host: '10.0.0.1:5000', scheme: 'http' }],
    ['HTTP://a.b', { host: 'a.b', scheme: 'http' }],
    ['https://a.b/v2/_catalog?n=10', { host: 'a.b', scheme: 'https' }],
    ['a.b/v2/', { host: 'a.b' }],
    ['https://a.b/team/registry/v2/', { host: 'a.b', scheme: 'https', prefix: 'team/registry' }],
    ['a.b/team//registry#x', { host: 'a.b', prefix: 'team/registry' }],
    ['::1', { host: '[::1]' }],
    ['[::1]:5000', { host: '[::1]:5000' }],
    ['https://index.docker.io/v1/', { host: 'docker.io' }],
    ['hub.docker.com', { host: 'docker.io' }],
  ];
  for (const [typed, expected] of good) {
    it(typed, () => assert.deepEqual(parseAddress(typed), expected));
  }
  const bad: [string, RegExp][] = [
    ['', /Type the address/],
    ['ftp://a.b', /not over ftp/],
    ['https://user:pass@a.b', /Leave the name and password out/],
    ['a b', /not a registry address/],
    ['a.b:0', /not a registry address/],
    ['a.b:99999', /not a registry address/],
    ['https://', /not a registry address/],
    [`a${':'.repeat(3_000)}`, /3001 characters long; at most 300/],
    [`https://a.b/${'x'.repeat(300)}`, /at most 300/],
    ['a.b/<script>', /character/],
  ];
  for (const [typed, sentence] of bad) {
    it(`refuses ${JSON.stringify(typed.slice(0, 40))}`, () => {
      assert.throws(() => parseAddress(typed), { name: 'UserError', code: 'bad-address', message: sentence });
    });
  }
  it('does not repeat a password that was typed into the address', () => {
    assert.throws(
      () => parseAddress('user:s3cret@a.b'),
      (error: Error) => !error.message.includes('s3cret'),
    );
  });
});

describe('parts of a reference', () => {
  it('are cut at the colon behind the last slash and at the first at sign', () => {
    assert.deepEqual(referenceParts(`a.b:5000/team/box:1@${digest}`), {
      repository: 'a.b:5000/team/box',
      tag: '1',
      digest,
    });
    assert.deepEqual(referenceParts('box'), { repository: 'box', tag: undefined, digest: undefined });
    assert.deepEqual(referenceParts('box:@'), { repository: 'box', tag: '', digest: '' });
  });

  it('repository and tag of a reference with a port', () => {
    assert.deepEqual(
      [repositoryOf('localhost:5000/box'), tagOf('localhost:5000/box')],
      ['localhost:5000/box', 'latest'],
    );
    assert.deepEqual(
      [repositoryOf('localhost:5000/box:1'), tagOf('localhost:5000/box:1')],
      ['localhost:5000/box', '1'],
    );
  });

  it('take no colon of a digest for the one of a tag', () => {
    assert.deepEqual([repositoryOf(`a.b/box@${digest}`), tagOf(`a.b/box@${digest}`)], ['a.b/box', 'latest']);
  });
});
