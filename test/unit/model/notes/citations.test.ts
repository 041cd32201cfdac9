import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createTranslate } from '../../../../src/model/l10n.ts';
import { hasSources, withoutSources, withSourcesWritten } from '../../../../src/model/notes/citations.ts';

const t = createTranslate({});

describe('the sources of the notes', () => {
  it('leave a lesson without a trace of their numbers', () => {
    assert.equal(withoutSources('End it with `exec`. [000][003]'), 'End it with `exec`.');
    assert.equal(
      withoutSources('Without a login [000] [004]. Today most want one.'),
      'Without a login. Today most want one.',
    );
    assert.equal(withoutSources('用 `exec` 结尾。[001]'), '用 `exec` 结尾。');
    assert.equal(withoutSources('Nothing [here](https://x.org/).'), 'Nothing [here](https://x.org/).');
    assert.deepEqual(['a [002]', 'a [2]'].map(hasSources), [true, false]);
  });

  it('are written out once, at the end of the page', () => {
    const page = withSourcesWritten('# A\n\nB.\n\n## From the field\n\n- C. [002]\n- D. [000][002]\n', t);
    assert.doesNotMatch(page, /\[00\d\]/);
    assert.match(
      page,
      /- C\.\n- D\.\n\n## Sources\n\n.*2014.*2016.*\n\n- Set 0, in Chinese: .*\n- Set 2, in English: .*\n$/,
    );
    assert.equal(withSourcesWritten('# A\n\nB.\n', t), '# A\n\nB.\n');
  });
});
