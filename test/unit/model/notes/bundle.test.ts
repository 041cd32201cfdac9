import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { notesIn } from '../../../../src/model/notes/bundle.ts';

describe('file of the notes', () => {
  const file = Buffer.from('en {"run":"# RUN\\n"}\nzh-cn {"run":"# 运行\\n"}');

  it('has a line for each language', () => {
    assert.deepEqual(notesIn(file, 'en'), { run: '# RUN\n' });
    assert.deepEqual(notesIn(file, 'zh-cn'), { run: '# 运行\n' });
  });

  it('has no notes in a language without a line', () => {
    assert.deepEqual(notesIn(Buffer.from('en {"run":"# RUN\\n"}'), 'zh-cn'), {});
  });
});
