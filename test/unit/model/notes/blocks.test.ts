// Notes as blocks and spans.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { readBlocks, readSpans } from '../../../../src/model/notes/blocks.ts';

describe('notes as blocks', () => {
  it('have headings, paragraphs, lists, code and links that are safe', () => {
    const blocks = readBlocks(
      '# A `b`\n\nText <b>x</b>\nmore **strong**.\n\n- one [l](https://x.y/)\n- two [l](javascript:x)\n\n```sh\n# code\n```\n',
    );
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['heading', 'paragraph', 'list', 'code'],
    );
    assert.deepEqual(blocks[0], { kind: 'heading', level: 1, text: 'A `b`', raw: '# A `b`' });
    assert.deepEqual(readSpans('A `b`'), [
      { kind: 'text', text: 'A ' },
      { kind: 'code', text: 'b' },
    ]);
    assert.deepEqual(blocks[2]?.kind === 'list' && blocks[2].items.map(readSpans), [
      [
        { kind: 'text', text: 'one ' },
        { kind: 'link', text: 'l', url: 'https://x.y/' },
      ],
      [{ kind: 'text', text: 'two [l](javascript:x)' }],
    ]);
    assert.deepEqual(blocks[3], { kind: 'code', text: '# code', raw: '```sh\n# code\n```' });
  });

  it('go on over lines, and end where another begins', () => {
    const blocks = readBlocks('- one\n  goes on\n- two\ntext\n# H\ntext\n- item\r\n```\nopen');
    assert.deepEqual(
      blocks.map(({ kind, raw }) => [kind, raw]),
      [
        ['list', '- one\n  goes on\n- two\ntext'],
        ['heading', '# H'],
        ['paragraph', 'text'],
        ['list', '- item'],
        ['code', '```\nopen'],
      ],
    );
    assert.deepEqual(blocks[0]?.kind === 'list' && blocks[0].items, ['one goes on', 'two text']);
    assert.deepEqual(readBlocks(' \n\n'), []);
  });

  it('lose nothing of any note', () => {
    const folder = join(import.meta.dirname, '../../../../media/notes/zh-cn');
    for (const file of readdirSync(folder).filter((name) => name.startsWith('run.'))) {
      const text = readFileSync(join(folder, file), 'utf8');
      assert.ok(readBlocks(text).length > 3, file);
    }
  });
});
