// Field notes as blocks of text.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { noteBlocks } from '../../../../../src/model/run/form/note.ts';

describe('notes as blocks', () => {
  it('have headings, paragraphs, lists, code and links that are safe', () => {
    const blocks = noteBlocks(
      '# A `b`\n\nText <b>x</b>\nmore **strong**.\n\n- one [l](https://x.y/)\n- two [l](javascript:x)\n\n```sh\n# code\n```\n',
    );
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['heading', 'paragraph', 'list', 'code'],
    );
    assert.deepEqual(blocks[0], {
      kind: 'heading',
      spans: [
        { kind: 'text', text: 'A ' },
        { kind: 'code', text: 'b' },
      ],
    });
    assert.deepEqual(blocks[2], {
      kind: 'list',
      items: [
        [
          { kind: 'text', text: 'one ' },
          { kind: 'link', text: 'l', url: 'https://x.y/' },
        ],
        [{ kind: 'text', text: 'two [l](javascript:x)' }],
      ],
    });
    assert.deepEqual(blocks[3], { kind: 'code', text: '# code' });
  });

  it('lose nothing of any note', () => {
    const folder = join(import.meta.dirname, '../../../../../media/notes/zh-cn');
    for (const file of readdirSync(folder).filter((name) => name.startsWith('run.'))) {
      const text = readFileSync(join(folder, file), 'utf8');
      assert.ok(noteBlocks(text).length > 3, file);
    }
  });
});
