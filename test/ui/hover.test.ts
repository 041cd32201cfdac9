// Hovers in the sample Dockerfile as a person sees them, in both languages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { waitFor } from '../parts/process.ts';
import { serverProcesses } from '../parts/serverProcess.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

/** Words whose hovers draw on the engine, on the rest of the file, and on the field notes. */
const dockerfile = `FROM busybox:latest AS base
ARG VERSION=1.0
ENV RELEASE=\${VERSION}-rc1
RUN --mount=type=cache,target=/root/.cache,sharing=locked make
RUN echo "app:secret" | chpasswd
FROM base
COPY --from=base /etc/passwd /copies/\${RELEASE}/
`;

for (const [language, settings] of [
  ['en', {}],
  ['zh-cn', { 'docknotes.notes.language': 'zh-cn' }],
] as const) {
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
        assert.ok(text.startsWith(word), text.slice(0, 80));
        assert.equal(/[\u4e00-\u9fff]/.test(text), language === 'zh-cn');
        await workbench.screenshot(`hover-${word.toLowerCase()}-${language}`);
      });
    }

    for (const [name, word, line, expected] of [
      ['image', 'busybox', 'busybox:latest AS', /sha256:[0-9a-f]{12}/],
      ['variable', 'RELEASE', '${RELEASE}', /1\.0-rc1/],
      ['mount-key', 'sharing', 'sharing=locked', /locked/],
      ['chpasswd', 'chpasswd', 'chpasswd', /\[001\]/],
    ] as const) {
      it(`explains what it can of ${name}`, async () => {
        await workbench.openFile('words.Dockerfile');
        const text = await workbench.hover(word, line);
        assert.match(text, expected);
        assert.equal(/[\u4e00-\u9fff]/.test(text), language === 'zh-cn');
        await workbench.screenshot(`hover-${name}-${language}`);
      });
    }
  });
}

describe('hover when the language server ends again and again', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    await workbench.openFile('Dockerfile');
  });
  after(() => workbench?.close());

  it('is said to be off, and a button brings it back', async () => {
    assert.ok((await workbench.hover('FROM')).startsWith('FROM'));
    await waitFor(
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
    assert.ok((await workbench.hover('FROM')).startsWith('FROM'));
  });
});
