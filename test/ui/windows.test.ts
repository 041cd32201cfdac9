// Several windows, and one that goes: what one keeps is shown by the other, and what a window has open ends with it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type DockerApi, dockerApi } from '../parts/engine/api.ts';
import { type Registry, startRegistry } from '../parts/registry/distribution.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

describe('windows', () => {
  let api: DockerApi;
  let one: Workbench;
  let two: Workbench;
  let registry: Registry;
  const name = `windows-${process.pid}`;

  before(async () => {
    api = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
    await api('POST', `/containers/create?name=${name}`, { Image: 'busybox', Cmd: ['sleep', '1000'] });
    await api('POST', `/containers/${name}/start`);
    registry = await startRegistry();
    [one, two] = await Promise.all([openWorkbench({ registries: [] }), openWorkbench({ registries: [] })]);
    await Promise.all([one.openSidebar(), two.openSidebar()]);
  });
  after(async () => {
    await Promise.all([one?.close(), two?.close()]);
    await registry?.stop();
    await api?.('DELETE', `/containers/${name}?force=1`);
  });

  const runs = async (seconds: string) =>
    (await api('GET', `/containers/${name}/top`)).text.includes(`sleep ${seconds}`);
  const dialog = (workbench: Workbench) => workbench.page.locator('.monaco-dialog-box');

  /** Opens a shell by its row, and lets it sleep. */
  async function shellThatSleeps(workbench: Workbench, seconds: string): Promise<void> {
    await workbench.inlineAction('Containers', name, 'Open Shell');
    const terminal = workbench.page.locator('.xterm:visible');
    await terminal.waitFor();
    await terminal.click();
    await until('the prompt', async () => /[#$]\s*$/.test(await workbench.terminalText()), patience);
    await workbench.page.keyboard.type(`sleep ${seconds}\n`);
    await until('the sleep', () => runs(seconds), patience);
  }

  it('show a registry that another one adds, and not one that it removes', async () => {
    const address = `localhost:${registry.port}`;
    await Promise.all([one, two].map((workbench) => workbench.view('Registries').waitFor()));
    await one.runCommand('Docker: Add Registry');
    await one.answer(`http://${address}`);
    await one.row('Registries', address);
    const shown = await two.row('Registries', address);
    await two.contextMenu('Registries', address, 'Remove Registry');
    await dialog(two).locator('.monaco-button', { hasText: 'Remove from View' }).click();
    await shown.waitFor({ state: 'detached' });
    await until('the other to know', async () => (await one.rows('Registries')).every((row) => !row.includes(address)));
  });

  it('that are reloaded end what their terminals ran', async () => {
    await shellThatSleeps(one, '73001');
    await shellThatSleeps(two, '73002');
    await one.page.reload();
    await until('the end of its shell', async () => !(await runs('73001')), patience);
    assert.ok(await runs('73002'), 'the other window goes on');
    // The sidebar is open again by itself.
    await one.row('Containers', name);
  });

  it('go on when a folder of a container is opened', async () => {
    await shellThatSleeps(two, '73003');
    await two.contextMenu('Containers', name, 'Open Container Folder');
    await dialog(two).waitFor();
    await two.screenshot('open-container-folder-question');
    const opened = two.page.context().waitForEvent('page');
    await dialog(two).locator('.monaco-button', { hasText: 'Open in New Window' }).click();
    const page = await opened;
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'etc' })
      .waitFor({ timeout: 2 * patience });
    assert.match(page.url(), /docknotes-files/);
    assert.ok(await runs('73003'));
    await two.page.keyboard.type('\u0003echo still $((6 * 7))\n');
    await until('the shell', async () => /still 42/.test(await two.terminalText()), patience);
    await page.close();
  });
});
