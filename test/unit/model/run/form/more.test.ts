import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { findRunLines } from '../../../../../src/model/run/findLines.ts';
import { readRunFormMessage } from '../../../../../src/model/run/form/messages.ts';
import { noteBlocks } from '../../../../../src/model/run/form/note.ts';
import { freeForm, portClashes, proposePorts, withFreePorts } from '../../../../../src/model/run/form/ports.ts';
import { parseRunLine } from '../../../../../src/model/run/line.ts';
import { readRunOptions } from '../../../../../src/model/run/readOptions.ts';

describe('ports of the run form', () => {
  const published = [
    { by: 'any', address: '', port: 8080, protocol: 'tcp' },
    { by: 'local', address: '127.0.0.1', port: 9000, protocol: 'tcp' },
  ];

  it('clash where address, port and protocol meet', () => {
    const cases: [string, boolean][] = [
      ['8080:80', true],
      ['127.0.0.1:8080:80', true],
      ['8080:80/udp', false],
      ['9000:80', true],
      ['127.0.0.1:9000:80', true],
      ['192.168.0.1:9000:80', false],
      ['8079-8081:79-81', true],
      ['8000-8100:80', false],
      ['80', false],
      ['nonsense', false],
    ];
    for (const [mapping, clashes] of cases) {
      assert.equal(portClashes([mapping], published)[0] !== undefined, clashes, mapping);
    }
  });

  it('are proposed at the same port where an ordinary user may open it and it is free', () => {
    const proposed = proposePorts(['80/tcp', '8080/tcp', '3000/tcp', '5353/udp', 'x'], (port) => port !== 8080);
    assert.deepEqual(proposed, ['80', '8080', '3000:3000', '5353:5353/udp']);
  });

  it('are left to the engine when they are taken', () => {
    assert.deepEqual(withFreePorts(['8080:80', '127.0.0.1:9000:90/tcp', '7000:70'], published), [
      '80',
      '127.0.0.1::90/tcp',
      '7000:70',
    ]);
    assert.equal(freeForm('[::1]:8080:80'), '[::1]::80');
  });
});

describe('options from outside', () => {
  it('come through when they have the form of their option', () => {
    const line =
      'docker run -it --init=false -p 80:80 -e A=1 -l a=b --cpu-shares 3 --network a --network b --pull never --entrypoint x i c';
    const { options } = parseRunLine(line, { env: {} });
    assert.deepEqual(readRunOptions(JSON.parse(JSON.stringify(options))), options);
  });

  it('are left out when they do not', () => {
    const odd = {
      image: 5,
      name: {},
      ports: 'x',
      env: [1, 'A=1'],
      labels: ['x'],
      detach: 'yes',
      other: 1,
      pull: 'maybe',
    };
    assert.deepEqual(readRunOptions(odd), { image: '', env: ['A=1'] });
    for (const value of [undefined, null, 3, 'x', []]) {
      assert.deepEqual(readRunOptions(value), { image: '' });
    }
  });

  it('in messages: those that are none of ours are dropped', () => {
    for (const value of [undefined, {}, { type: 'x' }, 'run', { type: ['run'] }]) {
      assert.equal(readRunFormMessage(value), undefined);
    }
    assert.deepEqual(readRunFormMessage({ type: 'run', options: { image: 'a' }, start: false }), {
      type: 'run',
      options: { image: 'a' },
      start: false,
    });
  });
});

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
