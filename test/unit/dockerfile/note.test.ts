// The form of a note, and what is said of a file that has another one.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseNote } from '../../../src/dockerfile/note.ts';

const WHOLE = [
  '# TITLE',
  '',
  'What it does.',
  '',
  '## Syntax',
  '',
  '```dockerfile',
  '## not a heading',
  '```',
  '',
  '## From the field',
  '',
  '- One lesson [001]',
  '  that goes on. [002]',
  '- Another. [003]',
  '',
  '## Then and now',
  '',
  'Now it is so.',
  '',
  '## Example',
  '',
  '```sh',
  'ls',
  '```',
  '',
  '## Links',
  '',
  '- [Page](https://docs.docker.com/a_(b)/#c)',
  '',
].join('\n');

describe('dockerfile: note files', () => {
  it('are read part by part', () => {
    assert.deepEqual(parseNote('a.b', WHOLE, 'en'), {
      key: 'a.b',
      title: 'TITLE',
      summary: 'What it does.',
      syntax: '```dockerfile\n## not a heading\n```',
      field: ['One lesson [001] that goes on. [002]', 'Another. [003]'],
      thenNow: 'Now it is so.',
      example: '```sh\nls\n```',
      links: [{ text: 'Page', url: 'https://docs.docker.com/a_(b)/#c' }],
    });
  });

  it('may leave out all but title, summary and links, and end their lines as Windows does', () => {
    const note = parseNote('a', '# T\r\n\r\nS.\r\n\r\n## 链接\r\n\r\n- [P](https://x.org)\r\n', 'zh-cn');
    assert.deepEqual(note, {
      key: 'a',
      title: 'T',
      summary: 'S.',
      field: [],
      links: [{ text: 'P', url: 'https://x.org' }],
    });
  });

  for (const [problem, text] of [
    ['no title', WHOLE.slice(1)],
    ['no summary', WHOLE.replace('What it does.', '')],
    ['no links', WHOLE.slice(0, WHOLE.indexOf('## Links'))],
    ['an unknown heading', WHOLE.replace('## Example', '## Examples')],
    ['headings of another language', WHOLE.replace('## Example', '## 示例')],
    [
      'headings out of order',
      WHOLE.replace('## Syntax', '## X').replace('## Links', '## Syntax').replace('## X', '## Links'),
    ],
    ['a heading twice', WHOLE.replace('## Then and now', '## From the field')],
    ['an example that is no block', WHOLE.replace('```sh\nls\n```', 'ls')],
    ['a link that is none', WHOLE.replace('](https:', '](http:')],
    ['nothing', ''],
  ] as const) {
    it(`are refused with their key: ${problem}`, () => {
      assert.throws(() => parseNote('some.key', text, 'en'), /some\.key/);
    });
  }
});
