// Where run lines stand in documents.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findRunLines } from '../../../../src/model/run/findLines.ts';

/** All run lines, whatever slices they were found in. */
const linesIn = (text: string, markdown: boolean) => [...findRunLines(text, markdown)].flat();

describe('run lines in documents', () => {
  const markdown = `# Title
docker run outside
\`\`\`sh
# docker run commented
$ sudo docker run -d \\
   -p 80:80 \\
   nginx
docker ps
docker container create busybox
\`\`\`
- \`\`\`powershell
  PS C:\\> docker run \`
    -it alpine
  \`\`\`
~~~
FOO=1 podman run x \\
~~~
docker run last
`;

  it('are found in the fenced blocks of Markdown, with their continuation lines', () => {
    const found = linesIn(markdown, true);
    assert.deepEqual(
      found.map(({ line }) => line + 1),
      [4, 5, 9, 12, 16],
    );
    assert.equal(found[1]?.text, '$ sudo docker run -d \\\n   -p 80:80 \\\n   nginx');
    assert.equal(found[3]?.text.split('\n').length, 2);
    assert.equal(found[4]?.text, 'FOO=1 podman run x \\');
  });

  it('are found anywhere in a shell file, but in no comment', () => {
    const shell =
      '#!/bin/sh\n# docker run no\n  docker run --rm a\necho docker run b\nexport X=1\r\ndocker create \\\r\n c\r\n';
    assert.deepEqual(
      linesIn(shell, false).map(({ line }) => line),
      [2, 5],
    );
  });

  it('are looked for in no time, whatever the text', () => {
    const hostile = [
      'A='.repeat(50_000),
      'docker '.repeat(50_000),
      'docker -x '.repeat(20_000),
      'a@b$ '.repeat(20_000),
      `${' '.repeat(40_000)}docker`,
      `${`${' '.repeat(1_900)}docker\n`.repeat(100)}`,
      `${`a@${'a'.repeat(1_900)} docker\n`.repeat(100)}`,
      `docker run \\\n${`${'\\#'.repeat(900)}\rx \\\n`.repeat(20)}`,
    ];
    for (const text of hostile) {
      const started = performance.now();
      linesIn(text, false);
      linesIn(`\`\`\`\n${text}`, true);
      assert.ok(performance.now() - started < 200, `${text.slice(0, 20)}: ${performance.now() - started} ms`);
    }
  });

  it('are found in slices, each of which takes a moment only', () => {
    const text = `${'echo nothing of the kind\n'.repeat(40_000)}docker run last\n`;
    const steps: number[] = [];
    let started = performance.now();
    let found = 0;
    for (const lines of findRunLines(text, false)) {
      steps.push(performance.now() - started);
      found += lines.length;
      started = performance.now();
    }
    assert.equal(found, 1);
    assert.ok(steps.length > 10, `${steps.length} slices`);
    assert.ok(Math.max(...steps) < 200, `${Math.max(...steps)} ms`);
  });

  it('are left out where they are longer than anything that a person would run', () => {
    assert.deepEqual(linesIn(`docker run ${'x'.repeat(3_000)}`, false), []);
    assert.deepEqual(linesIn(`docker run \\\n${'-e A=1 \\\n'.repeat(5_000)}busybox\ndocker run next\n`, false), [
      { line: 5_002, text: 'docker run next' },
    ]);
    assert.equal(linesIn('docker run busybox\n'.repeat(5_000), false).length, 1_000);
  });
});
