// Hostile archives, unpacked: nothing comes to lie outside the folder.
import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { readTar } from '../../../../../src/engine/files/tar/reader.ts';
import { extractFolder, safeSteps, staysWithin } from '../../../../../src/engine/files/transfers/extract.ts';
import { end, entry, pieces } from '../tar/bytes.ts';

describe('tar that is extracted', () => {
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
      assert.equal(staysWithin(place.split('/'), text), inside, `${place} -> ${text}`);
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
