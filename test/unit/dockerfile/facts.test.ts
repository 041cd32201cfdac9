// What a hover adds to its note: facts of the file, the engine and the build context, always inert and translated.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDockerfile, positionAt } from '../../../src/dockerfile/document.ts';
import { type HoverContext, hoverAt } from '../../../src/dockerfile/hover.ts';
import { createTranslate } from '../../../src/model/l10n.ts';
import { PROBES } from './probes.ts';

const noNotes: HoverContext = { notes: { get: () => undefined }, t: createTranslate({}) };

async function hover(marked: string, context: Partial<HoverContext> = {}): Promise<string> {
  const at = marked.indexOf('¦');
  const document = parseDockerfile(marked.slice(0, at) + marked.slice(at + 1));
  const found = await hoverAt(document, positionAt(document, at), { ...noNotes, ...context });
  return found?.contents.value ?? '';
}

describe('dockerfile: facts in a hover', () => {
  for (const [marked, ...expected] of [
    ['ARG V=1.2\nFROM alpine:$¦V', '`1.2`', 'Line 1', '`--build-arg`'],
    ['ARG V=1\nFROM a AS b\nARG V\nENV W=v$V\nFROM b\nRUN echo $¦W', '`v1`', 'Line 1', 'Line 3', 'Line 4', '`b`'],
    ['FROM a\nARG V=1\nCMD echo $¦V', 'ENV'],
    ['# b makes it\nFROM a AS ¦b\nFROM b\nCOPY --from=b /a /b', 'makes it', '`a`', 'line 3', 'line 4'],
    ['FROM al¦pine', '`docker.io/library/alpine:latest`'],
    [`FROM localhost:5000/a/b:1@sha256:¦${'0'.repeat(64)}`, '`localhost:5000`', '`a/b`', '`1`'],
    ['FROM scratch\nWORKDIR /a\nWORKDIR ¦b', '`/a/b`'],
    ['FROM scratch\nWORKDIR /a\nCOPY x b¦/', '`/a/b`'],
    ['FROM a\nRUN useradd x\nUSER ¦x', 'line 2', '`useradd x`'],
    ['FROM a\nSHELL ["/bin/bash", "-ec"]\nR¦UN ls', '`/bin/bash -ec`'],
    ['FROM a\nR¦UN ["ls", "-l"]', '`ls -l`'],
    ['FROM a\nRUN --mou¦nt=type=cache,target=/a ls', '1.2'],
    ['FROM a\nRUN --mount=type=cache,si¦ze=1 ls', '`tmpfs`', '`cache`'],
    ['FROM a\nEXPOSE 53/u¦dp', '`docker run -p 53:53/udp`'],
    ['FROM a\nRUN <<E¦OF\nls', '`EOF`', '`/bin/sh -c`'],
  ] as const) {
    it(JSON.stringify(marked.slice(0, 90)), async () => {
      const value = await hover(marked);
      for (const part of expected) {
        assert.ok(value.includes(part), `${part} is not in: ${value}`);
      }
    });
  }

  it('tell what is known of the base image', async () => {
    const asked: string[] = [];
    const image: HoverContext['image'] = async (reference) => {
      asked.push(reference);
      return { digest: 'sha256:00', size: 5_000_000, created: 0, env: ['PATH=/bin'], workdir: '/srv', user: 'app' };
    };
    const value = await hover('ARG T=3\nFROM al¦pine:$T', { image });
    assert.deepEqual(asked, ['docker.io/library/alpine:3']);
    for (const part of ['`sha256:00`', '5 MB', '1970-01-01', '`PATH=/bin`', '`/srv`', '`app`']) {
      assert.ok(value.includes(part), `${part} is not in: ${value}`);
    }
    assert.match(await hover('FROM a\nENV PATH=$PA¦TH:/x', { image }), /`\/bin`/);
    assert.match(await hover('FROM a AS b\nFROM b\nWORKDIR ¦x', { image }), /`\/srv\/x`/);
  });

  it('stand without what fails', async () => {
    const image = () => Promise.reject(new Error('no engine'));
    const files = { source: () => Promise.reject(new Error('no folder')) };
    assert.match(await hover('FROM al¦pine', { image }), /docker\.io/);
    assert.notEqual(await hover('FROM alpine\nCOPY ¦a /b', { files }), '');
  });

  it('tell of sources in the build context', async () => {
    const source = async (path: string) =>
      path === 'src'
        ? { exists: true, count: 3, bytes: 4000 }
        : { exists: false, ignoredBy: { file: '.dockerignore', line: 7, pattern: '*.md' } };
    assert.match(await hover('FROM a\nCOPY ¦src /b', { files: { source } }), /3.*4 kB/);
    assert.match(await hover('FROM a\nENV D=src\nCOPY ¦src /b', { files: { source } }), /3.*4 kB/);
    assert.match(await hover('FROM a\nADD ¦a.md /b', { files: { source } }), /7.*`\.dockerignore`.*`\*\.md`/);
  });

  it('are inert: text of the file and of images is never markup', async () => {
    const evil = '<img src=x>[a](command:x)**b**\u202e';
    for (const marked of [
      `# b ${evil}\nFROM a AS ¦b`,
      `FROM a\nENV ¦A='${evil}'`,
      `ARG A='\`\`${evil}'\nFROM $¦A`,
      `FROM a\nRUN useradd x "${evil}"\nUSER ¦x`,
    ]) {
      const value = await hover(marked);
      const outside = value.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
      assert.doesNotMatch(outside, /<img|\]\(|\*\*b/, value);
      assert.doesNotMatch(value, /\u202e/);
    }
  });

  it('come through the translation of the notes, all of them', async () => {
    const t: HoverContext['t'] = (message, ...values) => `§${createTranslate({})(message, ...values)}`;
    for (const { text } of PROBES) {
      const value = await hover(text, { t });
      for (const line of value.split('\n')) {
        assert.ok(line === '' || line.startsWith('- §'), `${JSON.stringify(text)}: ${line}`);
      }
    }
  });
});

describe('dockerfile: a hover with a note', () => {
  it('has its parts in order and a link to the whole', async () => {
    const notes: HoverContext['notes'] = {
      get: (key) => ({
        key,
        title: 'TITLE',
        summary: 'SUMMARY',
        syntax: '```text\nSYNTAX\n```',
        field: ['LESSON [001]'],
        thenNow: 'NOW',
        example: '```sh\nEXAMPLE\n```',
        links: [{ text: 'PAGE', url: 'https://x.org/' }],
      }),
    };
    const value = await hover('FR¦OM a', { notes, readMore: (key) => `more:${key}` });
    const parts = [
      'TITLE',
      'SUMMARY',
      'SYNTAX',
      'LESSON',
      'NOW',
      'EXAMPLE',
      '](https://x.org/)',
      '](more:instruction.from)',
    ];
    const places = parts.map((part) => value.indexOf(part));
    assert.ok(
      places.every((place, index) => place > (places[index - 1] ?? -1)),
      value,
    );
  });
});
