import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readStat } from '../../../../src/engine/files/archive.ts';
import { parseListing } from '../../../../src/engine/files/listing.ts';
import { fromGoMode, fromStatMode } from '../../../../src/engine/files/mode.ts';
import { formatMode, isWithin, joinPath, normalizePath, parentPath } from '../../../../src/model/files/entry.ts';

describe('file modes', () => {
  it("reads Go's FileMode", () => {
    const cases: [number, string][] = [
      [0o644, '-rw-r--r--'],
      [2 ** 31 + 0o755, 'drwxr-xr-x'],
      [2148532735, 'drwxrwxrwt'],
      [134218239, 'lrwxrwxrwx'],
      [2 ** 23 + 0o755, '-rwsr-xr-x'],
      [2 ** 22 + 0o740, '-rwxr-S---'],
      [2 ** 26 + 2 ** 21 + 0o666, '?rw-rw-rw-'],
      [2 ** 26 + 0o660, '?rw-rw----'],
      [2 ** 25 + 0o600, '?rw-------'],
      [2 ** 24 + 0o755, '?rwxr-xr-x'],
    ];
    for (const [mode, expected] of cases) {
      assert.equal(formatMode(fromGoMode(mode)), expected, String(mode));
    }
  });

  it('reads st_mode', () => {
    assert.equal(formatMode(fromStatMode(0x41ff | 0o1000)), 'drwxrwxrwt');
    assert.equal(formatMode(fromStatMode(0xa1ff)), 'lrwxrwxrwx');
    assert.equal(formatMode(fromStatMode(0x81a4)), '-rw-r--r--');
    assert.equal(formatMode(fromStatMode(0x21b6)), '?rw-rw-rw-');
  });

  it('reads the header of the archive API, and refuses one that says nothing', () => {
    const header = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
    assert.deepEqual(
      readStat(
        header({ name: 'sh', size: 12, mode: 134218239, mtime: '2023-11-14T22:13:20Z', linkTarget: '/bin/busybox' }),
      ),
      { name: 'sh', kind: 'link', mode: 0o777, size: 12, modified: 1_700_000_000_000, target: '/bin/busybox' },
    );
    for (const bad of ['', 'AAAA', header(null), header([]), header({ name: 'x' })]) {
      assert.throws(() => readStat(bad), /did not say/);
    }
  });
});

describe('listing', () => {
  it('takes names as they are, and lets none pose as a record', () => {
    const output = Buffer.concat([
      Buffer.from('81a4 0 0 3 1700000000 ./a\n81a4 0 0 9 9 b/\n'),
      Buffer.from('81a4 12 4294967294 3 1700000000 ./\'q" $(x) -rf\t\u202e/\n'),
      Buffer.from('d ./l/\na1ff 0 0 4 5 ./l/\nf ./m/\na1ff 0 0 4 5 ./m/\na1ff 0 0 4 5 ./dangling/\n'),
      Buffer.from('41ed 0 0 4096 -5 ./--/\n'),
      Buffer.concat([Buffer.from('81a4 0 0 1 1 ./x'), Buffer.from([0xff, 0xc3]), Buffer.from('/\n')]),
      // What a hostile stat program could print.
      Buffer.from(
        '81a4 0 0 1 1 ./../\n81a4 0 0 1 1 ./a/b/\n81a4 0 0 1 1 /etc/\n81a4 0 0 1 1 ././\nzzzz 0 0 1 1 ./z/\n81a4 0 0 1 1 ./n\0n/\nnoise/\n81a4 0 0 1 1 ./cut',
      ),
    ]);
    const entries = parseListing(output);
    assert.deepEqual(
      entries.map(({ name, kind, leadsTo }) => [name, kind, leadsTo]),
      [
        ['a\n81a4 0 0 9 9 b', 'file', undefined],
        ['\'q" $(x) -rf\t\u202e', 'file', undefined],
        ['l', 'link', 'folder'],
        ['m', 'link', 'file'],
        ['dangling', 'link', undefined],
        ['--', 'folder', undefined],
        ['x\ufffd\ufffd', 'file', undefined],
      ],
    );
    assert.equal(entries[6]?.unnameable, true);
    assert.equal(entries[0]?.unnameable, undefined);
    assert.deepEqual([entries[1]?.uid, entries[1]?.gid], [12, 4_294_967_294]);
  });
});

describe('paths', () => {
  it('never leave the root', () => {
    assert.equal(normalizePath('/../..//a/./b/../c/'), '/a/c');
    assert.equal(normalizePath('etc/x'), '/etc/x');
    assert.equal(normalizePath(''), '/');
    assert.equal(joinPath('/', 'a'), '/a');
    assert.equal(joinPath('/a', 'b'), '/a/b');
    assert.equal(parentPath('/a'), '/');
    assert.equal(parentPath('/a/b'), '/a');
    assert.ok(isWithin('/a/b', '/a') && isWithin('/a', '/a') && isWithin('/x', '/') && !isWithin('/ab', '/a'));
  });
});
