// Our archives as other programs read them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { type TarSource, writeTar } from '../../../../../src/engine/files/tar/writer.ts';
import { headers } from './bytes.ts';

describe('tar that is written', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-tar-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('writes what tar programs read', async () => {
    const long = `${'long/'.repeat(40)}nämé\n'"$(x)`;
    const sources: TarSource[] = [
      { name: 'dir', kind: 'folder', mode: 0o750, uid: 0, gid: 0, modified: 1_000_000_000_000 },
      {
        name: 'dir/a',
        kind: 'file',
        mode: 0o4711,
        uid: 3_000_000_000,
        gid: 5,
        modified: 1_000_000_000_500,
        size: 3,
        content: [Buffer.from('abc')],
      },
      { name: 'l', kind: 'link', mode: 0o777, uid: 0, gid: 0, modified: 0, link: `to/${long}` },
      {
        name: long,
        kind: 'file',
        mode: 0o600,
        uid: 0,
        gid: 0,
        modified: 0,
        size: 513,
        content: [Buffer.alloc(513, 65)],
      },
    ];
    const chunks: Buffer[] = [];
    for await (const chunk of writeTar(sources)) {
      chunks.push(chunk as Buffer);
    }
    const archive = Buffer.concat(chunks);
    assert.deepEqual(
      (await headers(archive)).map(({ name, kind, mode, uid, size, modified, link }) => ({
        name,
        kind,
        mode,
        uid,
        size,
        modified,
        link,
      })),
      [
        { name: 'dir/', kind: 'folder', mode: 0o750, uid: 0, size: 0, modified: 1_000_000_000_000, link: '' },
        {
          name: 'dir/a',
          kind: 'file',
          mode: 0o4711,
          uid: 3_000_000_000,
          size: 3,
          modified: 1_000_000_000_500,
          link: '',
        },
        { name: 'l', kind: 'link', mode: 0o777, uid: 0, size: 0, modified: 0, link: `to/${long}` },
        { name: long, kind: 'file', mode: 0o600, uid: 0, size: 513, modified: 0, link: '' },
      ],
    );
    if (existsSync('/bin/tar')) {
      const file = join(folder, 'ours.tar');
      writeFileSync(file, archive);
      const listed = execFileSync(
        '/bin/tar',
        ['--list', '--verbose', '--numeric-owner', '--quoting-style=literal', '--file', file],
        {
          encoding: 'utf8',
        },
      );
      assert.match(listed, /-rws--x--x 3000000000\/5 +3 2001-09-09 \S+ dir\/a/);
      assert.ok(listed.includes(long) && listed.includes(`l -> to/${long}`));
    }
  });

  it('fails when a file has another length than was said', async () => {
    for (const content of [[], [Buffer.alloc(9)]]) {
      const file: TarSource = { name: 'x', kind: 'file', mode: 0, uid: 0, gid: 0, modified: 0, size: 5, content };
      await assert.rejects(async () => {
        for await (const _ of writeTar([file])) {
          // Read to the end.
        }
      }, /length/);
    }
  });
});
