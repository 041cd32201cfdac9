// Deleting from a registry as a person sees it: what goes is named first, and the view shows it gone.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { uploadImage } from '../parts/registry/content.ts';
import { type Registry, startRegistry } from '../parts/registry/distribution.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

describe('deleting from a registry', () => {
  let registry: Registry;
  let workbench: Workbench;

  const put = (repository: string, tags: string[], days: number) =>
    uploadImage(registry, {
      repository,
      tags,
      created: new Date(Date.now() - days * 86_400_000).toISOString(),
      files: [{ path: 'content', content: Buffer.from(`${repository} ${tags.join()}`) }],
    });
  const putBuilds = async () => {
    for (let build = 1; build <= 12; build += 1) {
      await put('shop/builds', [`build-${build}`], 100 - build * 8);
    }
  };

  before(async function () {
    this.timeout(60_000);
    registry = await startRegistry();
    await put('shop/web', ['1.4.0', '1.4', '1', 'latest'], 3);
    await put('shop/web', ['1.3.9'], 40);
    await put('shop/builds', ['nightly', 'stable'], 95);
    await putBuilds();
    workbench = await openWorkbench({ registries: [registry.address] });
    await workbench.openSidebar();
    for (const title of ['Containers', 'Images']) {
      await workbench.view(title).locator('.pane-header .title').click();
    }
    await workbench.expand('Registries', registry.address);
    await workbench.expand('Registries', 'shop');
  });
  after(async () => {
    await workbench?.close();
    await registry?.stop();
  });

  const dialog = () => workbench.page.locator('.monaco-dialog-box');
  const press = (button: string) => dialog().locator('.monaco-button', { hasText: button }).first().click();

  for (const theme of ['Light', 'Dark']) {
    it(`names every tag that goes with an image (${theme.toLowerCase()})`, async () => {
      await workbench.runCommand('Preferences: Color Theme');
      await workbench.answer(`${theme} Modern`);
      await workbench.expand('Registries', 'web');
      await workbench.contextMenu('Registries', '1.4.0', 'Delete Image from Registry');
      await dialog().waitFor();
      const text = await dialog().innerText();
      for (const tag of ['1.4.0', '1.4', '1', 'latest']) {
        assert.ok(text.includes(`shop/web:${tag}`), `${tag} is not named: ${text}`);
      }
      assert.ok(!text.includes('1.3.9'), 'only what goes is named');
      await workbench.screenshot(`deletion-${theme.toLowerCase()}`);
      if (theme === 'Light') {
        await press('Cancel');
      }
    });
  }

  it('shows them gone at once', async () => {
    await press('Delete');
    await until(
      'the tags to go',
      async () => {
        const rows = await workbench.rows('Registries');
        // What stays is shown with its size and date again.
        return (
          !rows.some((row) => row.startsWith('latest')) &&
          rows.some((row) => /^1\.3\.9 ?[\d.]+ k?B · 6 weeks ago/.test(row))
        );
      },
      patience,
    );
  });

  it('takes one tag away and leaves its siblings', async () => {
    await workbench.expand('Registries', 'builds');
    await workbench.contextMenu('Registries', 'nightly', 'Delete Tag from Registry');
    await dialog().waitFor();
    assert.match(await dialog().innerText(), /Only the tag goes/);
    await press('Delete Tag');
    await until(
      'the tag to go',
      async () => !(await workbench.rows('Registries')).some((row) => row.startsWith('nightly')),
      patience,
    );
    await workbench.row('Registries', 'stable');
  });

  it('shows what a clean-up takes away before it does', async () => {
    await workbench.closeEditors();
    await putBuilds();
    await workbench.contextMenu('Registries', 'builds', 'Clean Up Repository');
    for (const [question, answer] of [
      ['How many of the newest tags', '2'],
      ['older than how many days', '30'],
      ['Which tags to look at', 'build-*'],
      ['Which tags never', 'latest'],
    ] as const) {
      await workbench.page.locator('.quick-input-widget:visible', { hasText: question }).waitFor();
      await workbench.answer(answer);
    }
    const list = workbench.page.locator('.quick-input-widget:visible', { hasText: 'What goes from' });
    await list.waitFor();
    assert.match(await list.innerText(), /8 tags, 5 stay/);
    await workbench.screenshot('clean-up');
    // One of them is to stay.
    await list.locator('.monaco-list-row', { hasText: 'build-3' }).first().click();
    await workbench.page.keyboard.press('Enter');
    await dialog().waitFor();
    assert.match(await dialog().innerText(), /Delete 7 tags/);
    await workbench.screenshot('clean-up-question');
    await press('Delete');
    await until(
      'old builds to go',
      async () => {
        const rows = await workbench.rows('Registries');
        const has = (tag: string) => rows.some((row) => row.startsWith(tag));
        return !has('build-8') && has('build-9') && has('build-3');
      },
      patience,
    );
    // The first preview of a window loads the editor's Markdown support.
    await until('the report', async () => /Cleaned up/.test(await workbench.pageText()), 2 * patience);
    await workbench.screenshot('clean-up-report');
  });

  it('adds a tag without moving the image', async () => {
    // Away from the tree, whose tooltip would cover a row.
    await workbench.page.mouse.move(640, 790);
    await workbench.contextMenu('Registries', 'build-12', 'Add Tag in Registry');
    await workbench.answer('candidate');
    await workbench.row('Registries', 'candidate');
  });
});
