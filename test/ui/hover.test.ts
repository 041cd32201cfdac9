// Hovers in the sample Dockerfile as a person sees them, in both languages: what is here first, the lesson second.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { serverProcesses } from '../parts/editor/languageServer.ts';
import { dockerApi } from '../parts/engine/api.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const registry = process.env.DOCKNOTES_TEST_REGISTRY ?? '';
/** In the sample registry, with a newer one beside it, and not on the engine. */
const missing = `${registry}/team/web:1.1.0`;

/** Words whose hovers draw on the engine, on a registry, on the rest of the file, and on the field notes. */
const dockerfile = `FROM busybox:latest AS base
ARG VERSION=1.0
ENV RELEASE=\${VERSION}-rc1
RUN --mount=type=cache,target=/root/.cache,sharing=locked make
RUN echo "app:secret" | chpasswd
USER app
WORKDIR srv
EXPOSE 8080
CMD ["httpd", "-f"]
FROM base AS tool
COPY --from=base /etc/passwd /copies/\${RELEASE}/
FROM ${missing}
`;

for (const [language, settings] of [
  ['en', {}],
  ['zh-cn', { 'docknotes.notes.language': 'zh-cn' }],
] as const) {
  const chinese = language === 'zh-cn';
  describe(`hover (${language})`, () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await openWorkbench({ settings, files: { 'words.Dockerfile': dockerfile } });
      await workbench.openFile('Dockerfile');
    });
    after(() => workbench?.close());

    for (const word of ['FROM', 'VOLUME', 'CMD']) {
      it(`explains ${word}`, async () => {
        const text = await workbench.hover(word);
        const { here, lesson } = await split(workbench);
        assert.ok(here.length > 0, text);
        assert.equal(lesson[0]?.text, word);
        assert.equal(/[\u4e00-\u9fff]/.test(text), chinese);
        await workbench.screenshot(`hover-${word.toLowerCase()}-${language}`);
      });
    }

    for (const [name, word, line, expected] of [
      [
        'variable',
        'RELEASE',
        '/copies/${RELEASE}',
        [
          '1.0-rc1',
          /2.*1\.0/,
          /3.*1\.0-rc1/,
          '--build-arg',
          chinese ? '由构建器在指令运行之前替换。' : 'The builder replaces it',
        ],
      ],
      [
        'image',
        'busybox',
        'FROM busybox:latest',
        [
          chinese
            ? /^在本引擎上，[\d.]+ [kM]B，.*前，linux\/\w+$/
            : /^On this engine, [\d.]+ [kM]B, .* ago, linux\/\w+$/,
          'docker.io/library/busybox:latest',
          'root',
        ],
      ],
      [
        'image-missing',
        'team/web',
        `FROM ${missing}`,
        [
          chinese ? '本引擎上没有 · 拉取' : 'Not on this engine · Pull',
          chinese
            ? /^在镜像仓库中，[\d.]+ [kM]B，4 周前，linux\/\w+$/
            : /^In its registry, [\d.]+ [kM]B, 4 weeks ago, linux\/\w+$/,
          '1.2.0',
          'root',
        ],
      ],
      [
        'workdir',
        'WORKDIR',
        'WORKDIR srv',
        [chinese ? '从这里起的工作目录：/srv' : 'The working directory from here on: /srv'],
      ],
      ['copy', 'COPY', 'COPY --from', [/base.*\/etc\/passwd.*\/copies\/1\.0-rc1\/$/]],
      ['stage', 'base', 'FROM busybox:latest AS base', ['busybox:latest', /app.*\/srv.*8080\/tcp/, /10.*11/]],
    ] as const) {
      it(`shows of ${name} first what is here, without scrolling`, async () => {
        await workbench.openFile('words.Dockerfile');
        // What a registry takes its time for is there at the next hover.
        const { here, lesson } = await until(
          `a hover that tells ${expected.join(', ')}`,
          async () => {
            await workbench.hover(word, line);
            const parts = await split(workbench);
            return expected.every((wanted, index) => fits(parts.here[index]?.text, wanted)) ? parts : undefined;
          },
          patience,
        );
        assert.deepEqual(
          here.filter(({ inSight }) => !inSight),
          [],
          'all of it is in sight',
        );
        assert.ok(lesson.length > 0);
        await workbench.screenshot(`hover-${name}-${language}`);
      });
    }

    for (const [name, word, line, expected] of [
      ['mount-key', 'sharing', 'sharing=locked', /locked/],
      ['chpasswd', 'chpasswd', 'chpasswd', chinese ? /笔记全文与来源/ : /The note and its sources/],
    ] as const) {
      it(`explains what it can of ${name}`, async () => {
        await workbench.openFile('words.Dockerfile');
        const text = await workbench.hover(word, line);
        assert.match(text, expected);
        assert.doesNotMatch(text, /\[00\d\]/, 'the number of a source tells a reader nothing');
        assert.equal(/[\u4e00-\u9fff]/.test(text), chinese);
        await workbench.screenshot(`hover-${name}-${language}`);
      });
    }
  });
}

describe('the links of a hover', () => {
  let workbench: Workbench;
  const api = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
  before(async () => {
    workbench = await openWorkbench({ files: { 'words.Dockerfile': dockerfile } });
    await workbench.openFile('words.Dockerfile');
  });
  after(async () => {
    await workbench?.close();
    await api('DELETE', `/images/${missing}`).catch(() => undefined);
  });

  it('lead to the note, which writes its sources out', async () => {
    await follow('chpasswd', 'chpasswd', 'The note and its sources');
    const page = await workbench.frameWith('h2', 'Sources');
    await page.locator('li').filter({ hasText: 'Set 1, in Chinese: ports' }).scrollIntoViewIfNeeded();
    await workbench.screenshot('note-sources');
  });

  it('pull an image that is not on the engine', async () => {
    await workbench.openFile('words.Dockerfile');
    await follow('team/web', `FROM ${missing}`, 'Pull');
    await until(
      'the image to be pulled',
      async () => (await workbench.notifications()).some((text) => text.includes(`Pulled ${missing}`)),
      patience,
    );
    const first = await until(
      'the hover to tell of it',
      async () => {
        await workbench.hover('team/web', `FROM ${missing}`);
        const text = (await split(workbench)).here[0]?.text;
        return text?.startsWith('On this engine') ? text : undefined;
      },
      patience,
    );
    assert.match(first, /linux/);
  });

  async function follow(word: string, line: string, label: string): Promise<void> {
    await until(
      `the link ${label}`,
      async () => {
        await workbench.hover(word, line);
        const link = workbench.page
          .locator('.monaco-hover:visible .hover-contents a')
          .filter({ hasText: label })
          .first();
        await link.click({ timeout: 2000 });
        return true;
      },
      patience,
    );
  }
});

describe('hover when the language server ends again and again', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    await workbench.openFile('Dockerfile');
  });
  after(() => workbench?.close());

  it('is said to be off, and a button brings it back', async () => {
    assert.match(await workbench.hover('FROM'), /\bFROM\b/);
    await until(
      'the message',
      async () => {
        for (const pid of serverProcesses(process.pid)) {
          process.kill(pid, 'SIGKILL');
        }
        return (await workbench.notifications()).some((text) => text.includes('ended 5 times'));
      },
      patience,
    );
    await workbench.screenshot('language-server-ended');
    await workbench.page.locator('.notifications-toasts .monaco-button', { hasText: 'Restart the Server' }).click();
    assert.match(await workbench.hover('FROM'), /\bFROM\b/);
  });
});

type Part = Awaited<ReturnType<Workbench['hoverParts']>>[number];

/** The parts of the hover that is shown: above its rule what is known of this very thing, below it the lesson. */
async function split(workbench: Workbench): Promise<{ here: Part[]; lesson: Part[] }> {
  const parts = await workbench.hoverParts();
  const rule = parts.findIndex(({ kind }) => kind === 'hr');
  return { here: parts.slice(0, Math.max(0, rule)), lesson: parts.slice(rule + 1) };
}

function fits(text: string | undefined, wanted: string | RegExp): boolean {
  return text !== undefined && (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
}
