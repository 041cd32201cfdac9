// Each view, a file tree, a tooltip, the run form, logs and statistics, in both languages and in light, dark and high contrast.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { Frame, Locator } from 'playwright-core';
import { dockerApi } from '../parts/engine/api.ts';
import { root } from '../parts/machine/process.ts';
import { until } from '../parts/until.ts';
import { addRow } from './runForm.ts';
import { makeSituation, nameOf, removeSituation } from './situation.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

/** What the workbench and the pages call the kinds of themes. */
const themes = [
  { name: 'light', id: 'Default Light Modern', workbench: 'vs', page: 'vscode-light' },
  { name: 'dark', id: 'Default Dark Modern', workbench: 'vs-dark', page: 'vscode-dark' },
  { name: 'contrast', id: 'Default High Contrast', workbench: 'hc-black', page: 'vscode-high-contrast' },
  {
    name: 'contrast-light',
    id: 'Default High Contrast Light',
    workbench: 'hc-light',
    page: 'vscode-high-contrast-light',
  },
];

const engine = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
const inFile = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), 'utf8')) as Record<string, string>;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  contributes: { views: { docknotes: { name: string }[] } };
};

describe('gallery', function () {
  this.timeout(120_000);
  before(() => makeSituation(engine));
  after(() => removeSituation(engine));

  for (const language of ['en', 'zh-cn'] as const) {
    describe(`in ${language}`, () => {
      const chinese = language === 'zh-cn';
      const titles = inFile(chinese ? 'package.nls.zh-cn.json' : 'package.nls.json');
      const sentences = chinese ? inFile('l10n', 'bundle.l10n.zh-cn.json') : {};
      /** A title of a view or command, as this language has it. */
      const title = (key: string) => titles[key] ?? key;
      /** A sentence of the product, as this language has it. */
      const say = (sentence: string, ...values: (string | number)[]) =>
        (sentences[sentence] ?? sentence).replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
      const views = manifest.contributes.views.docknotes.map(({ name }) => title(name.replaceAll('%', '')));
      const containers = title('view.containers');
      let workbench: Workbench;

      before(async () => {
        workbench = await openWorkbench({
          settings: { 'workbench.colorTheme': themes[0]?.id },
          size: { width: 1440, height: 1000 },
          ...(chinese && { locale: 'zh-cn' }),
        });
        await workbench.openSidebar();
        await widenSidebar(workbench);
      });
      after(() => workbench?.close());

      // Each test begins the same, whatever the one before it left open.
      beforeEach(async () => {
        await moveAway(workbench);
        await workbench.openSidebar();
        await workbench.runCommand('View: Close All Editors');
      });

      it('statistics', async () => {
        await showOnly(workbench, [containers]);
        await workbench.contextMenu(containers, 'orders', title('command.viewStats'));
        const page = await workbench.frameWith('.charts');
        await moveAway(workbench);
        await until(
          'a few samples',
          async () => ((await page.locator('path.curve').first().getAttribute('d')) ?? '').split('L').length > 5,
          patience,
        );
        assert.match(await page.locator('tbody').innerText(), /67\.1 MB/);
        const heads = ['Processor', 'Memory', 'Network', 'Disk'].map((name) => say(name));
        assert.deepEqual(
          (await page.locator('.chart h2').allInnerTexts()).map((text) => text.split('\n')[0]?.trim()),
          heads,
        );
        await inLanguage(page, chinese);
        const box = await page.locator('.frame').first().boundingBox();
        assert.ok(box);
        await workbench.page.mouse.move(box.x + box.width - 12, box.y + 60);
        await page.locator('.tip:visible').waitFor();
        await pictures('stats');
      });

      it('logs', async () => {
        await showOnly(workbench, [containers]);
        await (await workbench.row(containers, nameOf('db'))).click();
        await (await workbench.row(containers, nameOf('web'))).click({ modifiers: ['Control'] });
        await workbench.contextMenu(containers, nameOf('web'), title('command.viewLogs'));
        const page = await workbench.frameWith('.lines');
        await moveAway(workbench);
        await page.locator('.row', { hasText: 'refused' }).first().waitFor();
        await page.locator('button.toggle', { hasText: say('Times') }).click();
        await page.locator('#search').fill('catalog');
        await page.locator('#search').press('Enter');
        await page.locator('mark').first().waitFor();
        assert.equal(await page.locator('.chip').count(), 2);
        await page.locator('.level-error').first().waitFor();
        await page.locator('.level-warning').first().waitFor();
        await page
          .locator('select')
          .first()
          .locator('option', { hasText: say('Errors') })
          .waitFor({ state: 'attached' });
        await inLanguage(page, chinese);
        await pictures('logs');
      });

      it('containers with a file tree, a file and a tooltip', async () => {
        await showOnly(workbench, [containers]);
        await expand(workbench, containers, nameOf('db'));
        await workbench.row(containers, 'orders_backend');
        for (const label of [say('Files'), 'data', 'config']) {
          await expand(workbench, containers, label);
        }
        await (await workbench.row(containers, 'payment.json')).click();
        await workbench.page.locator('.editor-instance .view-line', { hasText: 'currency' }).waitFor();
        const rows = await workbench.rows(containers);
        for (const [label, ...parts] of [
          ['orders', say('{0} of {1} running', 4, 7)],
          [nameOf('api'), say('unhealthy')],
          [nameOf('mail'), say('paused')],
          [nameOf('migrate'), say('exited ({0})', 3)],
          [nameOf('report'), say('created')],
          ['5432', say('exposed, not published')],
          ['/data', say('volume'), 'orders-data'],
          ['/etc/upstream', say('host folder'), '/etc/hosts', say('read-only')],
          ['orders_backend', say('network')],
        ] as const) {
          const row = rows.find((each) => each.startsWith(label));
          assert.ok(row && parts.every((part) => row.includes(part)), `${label}: ${row}`);
        }
        await pictures('containers', async () => {
          await moveAway(workbench);
          await (await workbench.row(containers, nameOf('api'))).hover();
          const hover = workbench.page.locator('.monaco-hover:visible').filter({ hasText: say('Restart policy') });
          await hover.first().waitFor();
          const told = await hover.first().innerText();
          for (const word of ['State', 'Health', 'Image', 'Command', 'Port', 'Networks', 'Limits', 'Id']) {
            assert.ok(told.includes(say('{0}: {1}', say(word), '').trim()), `${say(word)} is in ${told}`);
          }
          assert.match(told, /db:5432 refused the connection/);
        });
      });

      it('the other views, and an inspection', async () => {
        await workbench.runCommand(title('command.inspectContainer'));
        await workbench.pick(nameOf('api'));
        await workbench.page.locator('.editor-instance .detected-link').first().waitFor();
        const [images, registries, volumes, networks, engines] = [
          'images',
          'registries',
          'volumes',
          'networks',
          'engines',
        ].map((name) => title(`view.${name}`)) as [string, string, string, string, string];
        assert.deepEqual(await workbench.views(), views);
        await showOnly(workbench, [images, registries, volumes, networks, engines]);
        await expand(workbench, images, 'busybox');
        await until(
          'the image in use',
          async () => (await workbench.rows(images)).some((row) => row.includes(say('in use'))),
          patience,
        );
        await workbench.expand(registries, 'localhost:');
        await workbench.expand(registries, 'team');
        await workbench.expand(registries, 'web');
        await workbench.row(registries, '1.2.0');
        await workbench.row(volumes, say('used by {0}', `${nameOf('db')}, ${nameOf('migrate')}`));
        await workbench.row(volumes, say('not used'));
        await expand(workbench, volumes, 'orders-data');
        await workbench.row(volumes, nameOf('migrate'));
        await expand(workbench, networks, 'orders_backend');
        await workbench.row(networks, say('internal'));
        await workbench.row(networks, nameOf('api'));
        await workbench.row(engines, say('in use'));
        await until(
          'the version',
          async () => (await workbench.rows(engines)).some((row) => /Docker Engine \d+/.test(row)),
          patience,
        );
        await pictures('views');
      });

      it('the run form', async () => {
        const images = title('view.images');
        await showOnly(workbench, [images]);
        await expand(workbench, images, 'busybox');
        await workbench.contextMenu(images, 'latest', title('command.runImageWith').replace('…', ''));
        const form = await workbench.frameWith('#section-image');
        // The room of the sidebar goes to the form.
        await workbench.page.keyboard.press('Control+b');
        await form.locator('#field-name').fill('orders-web-3');
        await addRow(form, 'env', 'MODE=test');
        await addRow(form, 'ports', '8080:80');
        await addRow(form, 'ports', '8080:81');
        await form.locator('[data-field="ports"] .problem:visible').first().waitFor();
        await until('the line', async () => /8080:81/.test(await form.locator('#line').inputValue()), patience);
        await until(
          'the note',
          async () => /[\u4e00-\u9fff]/.test(await form.locator('.lesson').first().innerText()) === chinese,
          patience,
        );
        assert.equal((await form.locator('#run').innerText()).trim(), say('Run'));
        await inLanguage(form, chinese);
        await pictures('run-form');
        await form.locator('#field-privileged').check();
        await form.locator('.contents button[aria-current="true"]', { hasText: say('Security and Devices') }).waitFor();
        await pictures('run-form-security');
      });

      /** Pictures of what is open now, in every theme; `prepare` shows what goes away when the theme changes. */
      async function pictures(name: string, prepare?: () => Promise<void>): Promise<void> {
        for (const theme of themes) {
          await useTheme(workbench, theme);
          await prepare?.();
          await workbench.screenshot(`gallery-${language}-${name}-${theme.name}`);
        }
      }
    });
  }
});

/** Changes the theme of the open window. */
async function useTheme({ page, workspace }: Workbench, theme: (typeof themes)[number]): Promise<void> {
  const file = join(workspace, '.vscode', 'settings.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, `${JSON.stringify({ ...settings, 'workbench.colorTheme': theme.id }, undefined, 2)}\n`);
  await page.locator(`.monaco-workbench.${theme.workbench}`).waitFor();
  await until(
    `the pages to be ${theme.name}`,
    async () => {
      const kinds = await Promise.all(
        page.frames().map((frame) => frame.evaluate('document.body?.dataset.vscodeThemeKind').catch(() => undefined)),
      );
      return kinds.every((kind) => kind === undefined || kind === theme.page);
    },
    patience,
  );
}

/** Opens these views of the sidebar and closes the others, which gives them its room. */
async function showOnly(workbench: Workbench, titles: readonly string[]): Promise<void> {
  for (const title of await workbench.views()) {
    const header = workbench.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== String(titles.includes(title))) {
      await header.locator('.title').click();
    }
  }
}

/** Expands the row with exactly this label. */
async function expand(workbench: Workbench, view: string, label: string): Promise<void> {
  const name = workbench.page.locator(`.monaco-icon-name-container :text-is(${JSON.stringify(label)})`);
  const row: Locator = workbench.view(view).locator('.monaco-list-row').filter({ has: name }).first();
  await row.waitFor();
  await workbench.expandRow(row, label);
}

/** Gives the sidebar room for whole rows. */
async function widenSidebar({ page }: Workbench): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width, 600);
  await page.mouse.down();
  await page.mouse.move(box.x + 470, 600, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(900, 990);
}

/** Moves the pointer to where nothing is, so that no hover covers what comes next. */
async function moveAway({ page }: Workbench): Promise<void> {
  await until(
    'the hover to go',
    async () => {
      // A hover may come after the pointer has left its row; it goes when the pointer leaves it, or comes by again,
      // and in any case at a key that means nothing.
      const hover = page.locator('.monaco-hover:visible').first();
      const box = (await hover.isVisible()) ? await hover.boundingBox() : null;
      if (box) {
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.keyboard.press('Pause');
      }
      await page.mouse.move(300, 740);
      await page.mouse.move(900, 990);
      await hover.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    },
    patience,
  );
}

/** Nothing that the page itself says is in the other language. */
async function inLanguage(page: Frame, chinese: boolean): Promise<void> {
  const said = await page
    .locator('h1, h2, h3, th, caption, label, option, button, .hint, .name, .nothing, .size')
    .allInnerTexts();
  const wrong = said
    .map((text) => text.trim())
    .filter(
      (text) =>
        text !== '' &&
        (chinese ? /[a-z]{3,} [a-z]{2,}/i.test(text) && !/[\u4e00-\u9fff]/.test(text) : /[\u4e00-\u9fff]/.test(text)),
    );
  assert.deepEqual(wrong, [], 'texts in the other language');
}
