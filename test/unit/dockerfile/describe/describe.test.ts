// What a hover adds to its note: facts of the file, the engine and the build context, always inert and translated.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDockerfile, positionAt } from '../../../../src/dockerfile/document.ts';
import { type HoverContext, hoverAt } from '../../../../src/dockerfile/hover.ts';
import { createTranslate } from '../../../../src/model/l10n.ts';
import { PROBES } from '../probes.ts';

const noNotes: HoverContext = { notes: { get: () => undefined }, t: createTranslate({}) };

async function hover(marked: string, context: Partial<HoverContext> = {}): Promise<string> {
  const at = marked.indexOf('¦');
  const document = parseDockerfile(marked.slice(0, at) + marked.slice(at + 1));
  const found = await hoverAt(document, positionAt(document, at), { ...noNotes, ...context });
  return found?.contents.value ?? '';
}

/** That parts stand in a text in this order. */
function inOrder(text: string, parts: readonly string[]): void {
  const places = parts.map((part) => text.indexOf(part));
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? -1)),
    `${parts[places.findIndex((place, index) => place <= (places[index - 1] ?? -1))]} stands elsewhere in: ${text}`,
  );
}

describe('dockerfile: facts in a hover', () => {
  for (const [marked, ...expected] of [
    ['ARG V=1.2\nFROM alpine:$¦V', '`1.2`', 'Line 1', '`--build-arg`'],
    ['ARG V=1\nFROM a AS b\nARG V\nENV W=v$V\nFROM b\nRUN echo $¦W', '`v1`', 'Line 1', 'Line 3', 'Line 4', '`b`'],
    ['FROM a\nARG V=1\nCMD echo $¦V', 'ENV'],
    ['# b makes it\nFROM a AS ¦b\nFROM b\nCOPY --from=b /a /b', 'makes it', '`a`', 'line 3', 'line 4'],
    ['FROM al¦pine', '`docker.io/library/alpine:latest`'],
    [`FROM a/b:1@sha256:¦${'0'.repeat(64)}`, `\`docker.io/a/b:1@sha256:${'0'.repeat(64)}\``],
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
      return {
        onEngine: true,
        digests: ['sha256:00'],
        size: 5_000_000,
        created: Date.now() - 21 * 86_400_000,
        env: ['PATH=/bin'],
        workdir: '/srv',
        user: 'app',
      };
    };
    const value = await hover('ARG T=3\nFROM al¦pine:$T', { image });
    assert.deepEqual(asked, ['docker.io/library/alpine:3']);
    inOrder(value, [
      '5 MB, 3 weeks ago',
      '`docker.io/library/alpine:3`',
      '`app`',
      '`/srv`',
      '`PATH=/bin`',
      '`sha256:00`',
    ]);
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
    const image: HoverContext['image'] = async () => ({
      onEngine: true,
      digests: [evil],
      id: evil,
      platforms: [evil],
      ports: [evil],
      user: evil,
      workdir: evil,
      entrypoint: [evil],
      command: [evil],
      env: [evil],
    });
    const news = async () => ({ digest: evil, newerTag: evil });
    for (const marked of ['FROM ¦a', 'FROM a AS ¦b', 'FROM a\nR¦UN ls', 'FROM a\nC¦MD ["b"]', 'FROM a\nE¦NV A=$B']) {
      const value = await hover(marked, { image, news });
      const outside = value.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
      assert.doesNotMatch(outside, /<img|\]\(|\*\*b/, value);
      assert.doesNotMatch(value, /\u202e/);
    }
  });

  it('come through the translation of the notes, all of them', async () => {
    const t: HoverContext['t'] = (message, ...values) => `§${createTranslate({})(message, ...values)}`;
    for (const { text } of PROBES) {
      const value = await hover(text, { t });
      for (const [index, line] of value.split('\n').entries()) {
        assert.ok(line === '' || line.startsWith(index === 0 ? '§' : '- §'), `${JSON.stringify(text)}: ${line}`);
      }
    }
  });
});

describe('dockerfile: what a hover begins with', () => {
  const note: HoverContext['notes'] = {
    get: (key) => ({
      key,
      title: 'TITLE',
      summary: 'LESSON',
      field: [],
      links: [{ text: 'PAGE', url: 'https://x.org/' }],
    }),
  };
  const busybox = { onEngine: true, platforms: ['linux/amd64'], size: 1, env: ['PATH=/bin'], entrypoint: ['/init'] };

  /** The sentences before the lesson. */
  async function first(marked: string, context: Partial<HoverContext> = {}): Promise<string[]> {
    const value = await hover(marked, { notes: note, ...context });
    const [above = '', below] = value.split('\n\n---\n\n');
    assert.ok(below?.startsWith('**TITLE**'), value);
    return above.split(/\n+/).map((line) => line.replace(/^- /, ''));
  }

  for (const [marked, expected] of [
    ['FROM a\nENV V=1\nCOPY x /$¦V', ['Value here: `1`', 'Line 2: ENV in stage `0` sets `V` to `1`']],
    ['FROM a\nENV V=1\nRUN echo $¦V', ['The environment gives it the value `1`']],
    ['# X it is\nARG ¦X=1\nFROM a:$X', ['Value here: `1`']],
    [
      'FROM a AS ¦b\nUSER c\nWORKDIR /d\nEXPOSE 80',
      ['Built from `a`', 'User `c` · Working directory `/d` · Exposed ports `80/tcp`'],
    ],
    [
      'FROM --platform=linux/arm64 a AS b\nFR¦OM b\nUSER c',
      ['Built from `b` ← `a`', 'Platform `linux/arm64` · User `c`'],
    ],
    ['FROM scratch\nWORKDIR /a\nWORK¦DIR b', ['The working directory from here on: `/a/b`']],
    ['FROM a\nRUN useradd x\nU¦SER x', ['The user from here on: `x`', 'Created on line 2: `useradd x`']],
    [
      'FROM a\nEXP¦OSE 80 53/UDP',
      [
        'Exposed ports `80/tcp`, `53/udp`',
        'Published only when a container is started, for example with `docker run -p 80:80`',
      ],
    ],
    [
      'FROM scratch\nENTRYPOINT ["a"]\nC¦MD ["b"]',
      ['A container runs `a b`', 'Its words are arguments of the entrypoint `a`'],
    ],
    [
      'FROM scratch\nC¦MD b\nCMD c',
      ['Without effect: CMD on line 3 takes its place.', 'Shell form: run by `/bin/sh -c`'],
    ],
    [
      'FROM scratch\nENTRYPOINT a\nC¦MD ["b"]',
      [
        'A container runs `/bin/sh -c a`',
        'Without effect: the entrypoint `/bin/sh -c a` is in shell form, which takes no arguments.',
      ],
    ],
    [
      'FROM a\nC¦MD ["b"]',
      [
        'A container runs `b`, or gives it to the entrypoint of the base image.',
        'JSON form: runs `b` directly, without a shell.',
      ],
    ],
    [
      'FROM scratch AS x\nCMD ["b"]\nFROM x\nENTRY¦POINT ["a"]',
      ['A container runs `a`', 'JSON form: runs `a` directly, without a shell.'],
    ],
    ['FROM a\nUSER u\nWORKDIR /w\nR¦UN ls', ['Runs as `u` in `/w`', 'Shell form: run by `/bin/sh -c`']],
    ['FROM a\nWORKDIR /w\nC¦OPY a b c/', ['From `a`, `b` to `/w/c/`']],
    ['FROM a AS x\nFROM a\nC¦OPY --from=x /a /b', ['From stage `x`: `/a` to `/b`']],
    ['FROM a\nC¦OPY --from=b:1 /a /b', ['From image `b:1`: `/a` to `/b`']],
    ['FROM a\nC¦OPY <<EOF /b\nx\nEOF', ['From `<<EOF` to `/b`']],
    ['FROM a\nENV A=1\nE¦NV B=$A C=2', ['Sets `B=1`, `C=2`']],
    ['FROM a\nL¦ABEL a=b', ['Sets `a=b`']],
    ['FROM a\nVOL¦UME ["/a", "/b"]', ['Containers get a volume at `/a`, `/b`']],
    ['FROM a\nSTOP¦SIGNAL SIGQUIT', ['docker stop sends `SIGQUIT` to the first process of the container.']],
    [
      'FROM a\nHEALTH¦CHECK --interval=5s CMD true',
      ['Every `5s` runs `true`', '`3` failures in a row make the container unhealthy.'],
    ],
    ['FROM a\nON¦BUILD RUN ls', ['Left to the builds that start from this image: `RUN ls`']],
  ] as const) {
    it(JSON.stringify(marked), async () => {
      assert.deepEqual((await first(marked)).slice(0, expected.length), expected);
    });
  }

  it('in time, however many words a line has and however many lines stand above it', async () => {
    const above = `FROM a AS s\n${'ENV A=$A\n'.repeat(2000)}`;
    const many = 'x$A '.repeat(4000);
    for (const line of [`V¦OLUME ${many}`, `EX¦POSE ${many}`, `CO¦PY ${many}/`, `LA¦BEL ${'a=$A '.repeat(4000)}`]) {
      const start = performance.now();
      assert.ok((await first(above + line)).length > 0);
      assert.ok(performance.now() - start < 2000, `${line.slice(0, 9)} took ${performance.now() - start} ms`);
    }
    const ports = await first(`FROM a AS ¦s\n${'ENV A=$A\nEXPOSE $A 80\nCMD a\n'.repeat(2000)}`);
    assert.ok(ports.length > 0);
  });

  it('for an image on the engine, in few lines', async () => {
    const created = Date.now() - 21 * 86_400_000;
    const image: HoverContext['image'] = async () => ({
      ...busybox,
      created,
      size: 7_800_000,
      ports: ['80/tcp'],
      command: ['serve'],
      digests: ['sha256:00'],
      id: 'sha256:11',
    });
    assert.deepEqual(await first('FROM bu¦sybox', { image }), [
      'On this engine, 7.8 MB, 3 weeks ago, linux/amd64',
      'In full: `docker.io/library/busybox:latest`',
      'User `root` · Exposed ports `80/tcp`',
      'Entrypoint `/init` · Command `serve`',
      'Environment `PATH=/bin`',
      'Digest `sha256:00`',
      'Image id `sha256:11`',
    ]);
  });

  it('for an image that is not there, with a way to get it and with what its registry tells', async () => {
    const pull = (reference: string) => `pull:${reference}`;
    assert.deepEqual(await first('FROM bu¦sybox', { pull, image: async () => ({ onEngine: false }) }), [
      'Not on this engine · [Pull](pull:docker.io/library/busybox:latest)',
      'In full: `docker.io/library/busybox:latest`',
    ]);
    const image = async () => ({ onEngine: false, size: 5_000_000, platforms: ['linux/amd64', 'linux/arm64'] });
    assert.deepEqual(await first('FROM h:5000/a/¦b:1', { image }), [
      'Not on this engine',
      'In its registry, 5 MB',
      'Platforms `linux/amd64`, `linux/arm64`',
    ]);
  });

  it('with what the registry has that is newer', async () => {
    const pull = (reference: string) => `pull:${reference}`;
    const here = async () => ({ ...busybox, digests: ['sha256:00'] });
    const told = async (digest: string, marked = 'FROM h:5000/¦b:1.0') =>
      (await first(marked, { pull, image: here, news: async () => ({ digest, newerTag: '1.1' }) })).filter((line) =>
        line.startsWith('Its registry'),
      );
    assert.deepEqual(await told('sha256:00'), ['Its registry has a newer tag: `1.1`']);
    assert.deepEqual(await told('sha256:0123456789abcdef'), [
      'Its registry has another image under this tag now: `0123456789ab` · [Pull](pull:h:5000/b:1.0)',
      'Its registry has a newer tag: `1.1`',
    ]);
    const pinned = `sha256:${'0'.repeat(64)}`;
    assert.deepEqual(await told(pinned, `FROM h:5000/¦b:1.0@${pinned}`), ['Its registry has a newer tag: `1.1`']);
    assert.deepEqual(await told('sha256:22', `FROM h:5000/¦b:1.0@${pinned}`), [
      'Its registry has another image under this tag now: `22`',
      'Its registry has a newer tag: `1.1`',
    ]);
  });

  it('with what the base image settles for the stage and its instructions', async () => {
    const image = async () => ({ ...busybox, workdir: '/srv', ports: ['80/tcp'] });
    assert.deepEqual((await first('FROM a AS ¦b\nEXPOSE 81', { image })).slice(0, 2), [
      'Built from `a`',
      'User `root` · Working directory `/srv` · Exposed ports `80/tcp`, `81/tcp`',
    ]);
    assert.equal((await first('FROM a\nR¦UN ls', { image }))[0], 'Runs as `root` in `/srv`');
    assert.equal((await first('FROM a\nC¦MD ["b"]', { image }))[0], 'A container runs `/init b`');
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
    inOrder(value, [
      '`a`',
      'TITLE',
      'SUMMARY',
      'LESSON',
      'NOW',
      'SYNTAX',
      'EXAMPLE',
      '](https://x.org/)',
      '](more:instruction.from)',
    ]);
    // The number of a source says nothing to a reader.
    assert.doesNotMatch(value, /\[00\d\]/);
    assert.match(value, /\[The note and its sources\]/);
  });
});
