// What stands after `--mount`.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseMount } from '../../../../../src/model/run/create/mount.ts';

const target = 'target=/t';

describe('parseMount', () => {
  it('knows every key, in any case, under each of its names', () => {
    assert.deepEqual(parseMount('TYPE=bind,src=/a,dst=/t,ro,bind-propagation=RPRIVATE,bind-recursive=readonly'), {
      ...{ Type: 'bind', Source: '/a', Target: '/t', ReadOnly: true },
      BindOptions: { Propagation: 'rprivate', ReadOnlyForceRecursive: true },
    });
    assert.deepEqual(parseMount(`type=tmpfs,destination=/t,tmpfs-size=1m,tmpfs-mode=1770`), {
      ...{ Type: 'tmpfs', Target: '/t' },
      TmpfsOptions: { SizeBytes: 1048576, Mode: 0o1770 },
    });
    assert.deepEqual(parseMount(`type=image,source=busybox,${target},image-subpath=bin`), {
      ...{ Type: 'image', Source: 'busybox', Target: '/t' },
      ImageOptions: { Subpath: 'bin' },
    });
  });

  it('collects labels and options of a driver', () => {
    const { VolumeOptions } = parseMount(
      `source=v,${target},volume-label=a=1,volume-label=__proto__=2,volume-driver=d,volume-opt=o=x,volume-opt=p`,
    );
    assert.deepEqual(Object.entries(VolumeOptions?.Labels ?? {}), [
      ['a', '1'],
      ['__proto__', '2'],
    ]);
    assert.deepEqual(VolumeOptions?.DriverConfig, { Name: 'd', Options: { o: 'x', p: '' } });
  });

  it('says what is wrong', () => {
    const cases: [string, RegExp][] = [
      [`"a,${target}`, /quote is not closed/],
      [`source,${target}`, /"source" is not key=value/],
      [`constructor=x,${target}`, /key "constructor" is not known/],
      [`readonly=maybe,${target}`, /neither true nor false/],
      [`type=tmpfs,tmpfs-mode=9,${target}`, /not a file mode/],
      [`type=disk,${target}`, /type "disk" is not known/],
      ['type=bind,source=/a', /has no target/],
      [`type=bind,volume-nocopy,${target}`, /mixes the type bind with options of volume/],
      [`type=bind,bind-recursive=writable,${target}`, /needs readonly/],
      [`type=bind,bind-recursive=some,${target}`, /one of enabled/],
      [`type=bind,readonly,bind-recursive=readonly,${target}`, /needs bind-propagation=rprivate/],
    ];
    for (const [text, sentence] of cases) {
      assert.throws(() => parseMount(text), { code: 'bad-mount', message: sentence }, text);
    }
    assert.throws(() => parseMount(`type=tmpfs,tmpfs-size=much,${target}`), { code: 'bad-size' });
  });
});
