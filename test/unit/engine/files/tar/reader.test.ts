// Archives as nobody should write them, read entry by entry.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { readTar } from '../../../../../src/engine/files/tar/reader.ts';
import { UserError } from '../../../../../src/model/errors.ts';
import { end, entry, headers, pax } from './bytes.ts';

const damaged = (error: unknown) => error instanceof UserError && error.code === 'bad-archive';

describe('tar that is read', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-tar-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('reads names, links, sizes and times in the plain, PAX and GNU formats', async () => {
    const long = 'd/'.repeat(120);
    const archive = Buffer.concat([
      entry('plain', { content: 'abc' }),
      entry('old-folder/'),
      pax('18 path=pax-näme\n15 size=000004\n20 mtime=1234567.25\n'),
      entry('ignored', { content: 'four', size: '00000000000\0' }),
      entry('././@LongLink', { type: 'L', content: `${long}end\0` }),
      entry('short', { type: '2', link: '../x' }),
      entry('h', { type: '1', link: 'plain' }),
      entry('dev', { type: '3' }),
      entry('fifo', { type: '6' }),
      entry('odd', { type: 'S', content: 'sparse' }),
      entry(Buffer.from([0x61, 0xff]), {}),
      end,
    ]);
    for (const length of [1, 333, 512, 100_000]) {
      assert.deepEqual(
        (await headers(archive, length)).map(({ name, kind, size }) => [name, kind, size]),
        [
          ['plain', 'file', 3],
          ['old-folder/', 'folder', 0],
          ['pax-näme', 'file', 4],
          [`${long}end`, 'link', 0],
          ['h', 'hard', 0],
          ['dev', 'device', 0],
          ['fifo', 'pipe', 0],
          ['odd', 'unknown', 6],
          ['a\ufffd', 'file', 0],
        ],
      );
    }
    const all = await headers(archive);
    assert.equal(all[2]?.modified, 1_234_567_250);
    assert.equal(all[8]?.unnameable, true);
  });

  it('refuses what is damaged, and never asks for the memory that a header claims', async () => {
    const good = entry('x', { content: 'x'.repeat(600) });
    const wrongSum = Buffer.from(good);
    wrongSum[0] = 0x79;
    for (const archive of [
      Buffer.from('no archive at all'),
      Buffer.alloc(600, 7),
      wrongSum,
      good,
      good.subarray(0, 700),
      Buffer.concat([entry('x', { size: '77777777777\0' }), end]),
      Buffer.concat([entry('x', { size: '-0000000001\0' }), end]),
      Buffer.concat([entry('p', { type: 'x', size: '77777777777\0' }), end]),
      Buffer.concat([entry('L', { type: 'L', size: '00040000000\0' }), end]),
      Buffer.concat([pax('99999 path=x\n'), entry('x'), end]),
      Buffer.concat([pax('no record'), entry('x'), end]),
      Buffer.concat([pax('0 a=b\n'), entry('x'), end]),
      Buffer.concat([pax('13 size=1e99\n'), entry('x'), end]),
      Buffer.concat([pax('12 size=-5 \n'), entry('x'), end]),
      Buffer.concat([pax('12 size=NaN\n'), entry('x'), end]),
    ]) {
      await assert.rejects(headers(archive), damaged);
    }
  });

  it('reads a header that many entries share once, in linear time', async () => {
    const record = (key: string, value: string) => {
      const rest = ` ${key}=${value}\n`;
      const digits = String(rest.length + String(rest.length).length).length;
      return `${rest.length + digits}${rest}`;
    };
    const many = Array.from({ length: 60_000 }, (_, index) => record(`k${index}`, 'v')).join('');
    const shapes = {
      'many keys': many,
      'a large value': record('SCHILY.xattr.user.x', 'v'.repeat(1_000_000)),
      'a long path': record('path', 'p'.repeat(16_000)),
      'one key many times': record('mtime', '1').repeat(70_000),
    };
    for (const [shape, content] of Object.entries(shapes)) {
      const entries = Array.from({ length: 2_000 }, (_, index) => entry(`f${index}`));
      const archive = Buffer.concat([entry('global', { type: 'g', content }), ...entries, end]);
      const start = performance.now();
      assert.equal((await headers(archive, 65_536)).length, 2_000, shape);
      const perKilobyte = (performance.now() - start) / (archive.length / 1024);
      assert.ok(perKilobyte < 1, `${shape}: ${perKilobyte.toFixed(2)} ms a KB`);
    }
    assert.deepEqual(
      (
        await headers(
          Buffer.concat([
            entry('global', { type: 'g', content: record('mtime', '7') + record('path', 'all') }),
            pax(record('path', 'own')),
            entry('a'),
            pax(record('path', '') + record('mtime', '')),
            entry('b'),
            entry('c'),
            end,
          ]),
        )
      ).map(({ name, modified }) => [name, modified]),
      [
        ['own', 7000],
        ['b', 0],
        ['all', 7000],
      ],
    );
  });

  it('refuses headers without end, and paths that no system has', async () => {
    const endless = Buffer.concat([...Array.from({ length: 3_000 }, () => pax('')), entry('a'), end]);
    await assert.rejects(headers(endless), damaged);
    await assert.rejects(headers(Buffer.concat([pax(`20010 path=${'p'.repeat(19_998)}\n`), entry('a'), end])), damaged);
    await assert.rejects(
      headers(Buffer.concat([entry('long', { type: 'L', content: 'p'.repeat(20_000) }), entry('a'), end])),
      damaged,
    );
  });

  it('ends the source when its reader stops early', async () => {
    let ended = false;
    const source = (async function* () {
      try {
        for (;;) {
          yield entry('x', { content: 'y'.repeat(5000) });
        }
      } finally {
        ended = true;
      }
    })();
    for await (const _ of readTar(source)) {
      break;
    }
    assert.ok(ended);
  });
});
