// Archives as nobody should write them, and ours as other programs read them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { extractFolder, safeSteps, staysInside } from '../../../../src/engine/files/extract.ts';
import { readTar, type TarHeader } from '../../../../src/engine/files/tar.ts';
import { type TarSource, writeTar } from '../../../../src/engine/files/tarWriter.ts';
import { UserError } from '../../../../src/model/errors.ts';

/** One entry in the plain format, with any bytes in its fields. */
function entry(
  name: string | Buffer,
  fields: { type?: string; content?: string | Buffer; link?: string; size?: string } = {},
): Buffer {
  const { type = '0', content = '', link = '', size } = fields;
  const body = Buffer.from(content);
  const block = Buffer.alloc(512);
  Buffer.from(name).copy(block, 0, 0, 100);
  block.write('0000644\0', 100).toString();
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(size ?? `${body.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write('00000000000\0', 136);
  block.fill(' ', 148, 156);
  block.write(type, 156);
  block.write(link, 157);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

const end = Buffer.alloc(1024);
const pax = (text: string) => entry('pax', { type: 'x', content: text });

/** In pieces of an awkward length, so that no header comes in one. */
async function* pieces(archive: Buffer, length = 333): AsyncGenerator<Buffer> {
  for (let at = 0; at < archive.length; at += length) {
    yield archive.subarray(at, at + length);
  }
}

async function headers(archive: Buffer, length?: number): Promise<TarHeader[]> {
  const found: TarHeader[] = [];
  for await (const { body, ...header } of readTar(pieces(archive, length))) {
    found.push(header);
  }
  return found;
}

const damaged = (error: unknown) => error instanceof UserError && error.code === 'bad-archive';

describe('tar', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-tar-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const extract = async (name: string, ...parts: Buffer[]) => {
    const to = join(folder, name);
    const signal = new AbortController().signal;
    return { to, result: await extractFolder(readTar(pieces(Buffer.concat([...parts, end]))), to, { signal }) };
  };

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

  it('extracts nothing outside the folder', async () => {
    writeFileSync(join(folder, 'victim'), 'safe');
    const { to, result } = await extract(
      'hostile',
      entry('../victim', { content: 'evil' }),
      entry(`${folder}/victim`, { content: 'evil' }),
      entry('a/../../victim', { content: 'evil' }),
      entry('./ok', { content: 'fine' }),
      // A link, and then a file through it: the link is made last, where a folder stands by then.
      entry('door', { type: '2', link: '..' }),
      entry('door/victim', { content: 'kept inside' }),
      entry('up', { type: '2', link: '../victim' }),
      entry('abs', { type: '2', link: '/etc/passwd' }),
      entry('stolen', { type: '1', link: '../victim' }),
      entry('stolen2', { type: '1', link: 'door/../../victim' }),
      entry('same', { type: '1', link: 'ok' }),
      entry('in', { type: '2', link: 'ok' }),
      entry('dev', { type: '4' }),
      entry('sparse', { type: 'S', content: 'x' }),
      entry(Buffer.from([0xff, 0xfe]), { content: 'x' }),
      entry('ok/under', { content: 'a file is no folder' }),
      entry('ok', { content: 'second' }),
    );
    assert.equal(readFileSync(join(folder, 'victim'), 'utf8'), 'safe');
    assert.equal(readFileSync(join(to, 'door', 'victim'), 'utf8'), 'kept inside');
    assert.equal(readFileSync(join(to, 'ok'), 'utf8'), 'second');
    assert.equal(readFileSync(join(to, 'same'), 'utf8'), 'fine');
    assert.equal(readlinkSync(join(to, 'in')), 'ok');
    assert.deepEqual(readdirSync(to).sort(), ['door', 'in', 'ok', 'same']);
    assert.deepEqual(
      result.skipped.map(({ name, reason }) => `${name}: ${reason}`),
      [
        '../victim: name',
        `${folder}/victim: name`,
        'a/../../victim: name',
        'stolen: link',
        'stolen2: link',
        'dev: special',
        'sparse: unknown',
        '\ufffd\ufffd: name',
        'ok/under: name',
        'door: link',
        'up: link',
        'abs: link',
      ],
    );
    assert.ok(lstatSync(join(to, 'door')).isDirectory());
  });

  it('keeps links only that stay inside, whatever other links they go through', () => {
    const cases: [string, string, boolean][] = [
      ['l', 'x', true],
      ['l', '.', true],
      ['l', '..', false],
      ['d/l', '..', true],
      ['d/l', '../x/y', true],
      ['d/l', '../..', false],
      ['d/l', '../../hostile/x', false],
      ['l', 'd/../x', false],
      ['l', '/etc', false],
      ['l', '', false],
      ['l', 'C:\\x', false],
      ['l', '..\\x', false],
    ];
    for (const [place, text, inside] of cases) {
      assert.equal(staysInside(place.split('/'), text), inside, `${place} -> ${text}`);
    }
  });

  it('knows the names that Windows reads in its own way', () => {
    for (const name of ['a\\b', '..\\x', 'C:x', 'nul', 'NUL.txt', 'com1', 'x.', 'x ', 'a:b', 'd/aux/x', 'a\u0001']) {
      assert.equal(safeSteps(name, 'win32'), undefined, name);
      assert.ok(safeSteps(name, 'linux'), name);
    }
    assert.deepEqual(safeSteps('./a//b/', 'win32'), ['a', 'b']);
    for (const name of ['/a', '..', 'a/..', 'a\0b']) {
      assert.equal(safeSteps(name, 'linux'), undefined, name);
    }
    assert.deepEqual(safeSteps('./', 'linux'), []);
  });
});
