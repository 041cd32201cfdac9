// The page of statistics, inspections with their links, and events.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type DockerApi, dockerApi } from '../parts/engine/api.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const busy =
  'while :; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; head -c 3000000 /dev/zero > /tmp/x; sleep 1; done';

describe('statistics', function () {
  this.timeout(120_000);
  let api: DockerApi;
  let workbench: Workbench;
  const names = ['stats-one', 'stats-two'];
  before(async () => {
    api = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
    for (const [index, name] of names.entries()) {
      await api('DELETE', `/containers/${name}?force=1`).catch(() => undefined);
      await api('POST', `/containers/create?name=${name}`, {
        Image: 'busybox',
        Cmd: ['sh', '-c', index === 0 ? busy : 'trap "exit 0" TERM; while :; do sleep 3; done'],
        Labels: { 'com.docker.compose.project': 'figures', 'com.docker.compose.service': name },
        HostConfig: { Memory: 64 * 1024 * 1024 },
      });
      await api('POST', `/containers/${name}/start`);
    }
    workbench = await openWorkbench();
    await workbench.openSidebar();
  });
  after(async () => {
    await workbench?.close();
    for (const name of names) {
      await api?.('DELETE', `/containers/${name}?force=1`).catch(() => undefined);
    }
  });

  it('draw several containers, with values under the pointer and in a table', async () => {
    await workbench.contextMenu('Containers', 'figures', 'Show Statistics');
    const page = await workbench.frameWith('.charts');
    await until(
      'figures of a second sample',
      async () => /[\d.]+ %/.test(await page.locator('tbody tr').first().locator('td').first().innerText()),
      patience,
    );
    await until(
      'a few samples',
      async () => ((await page.locator('path.curve').first().getAttribute('d')) ?? '').split('L').length > 8,
      patience,
    );
    assert.match(await page.locator('tbody').innerText(), /67\.1 MB/);
    assert.match((await page.locator('svg').first().getAttribute('aria-label')) ?? '', /Processor.*Now:/);
    const box = await page.locator('.frame').first().boundingBox();
    assert.ok(box);
    await workbench.page.mouse.move(box.x + box.width - 8, box.y + 60);
    await page.locator('.tip:visible').waitFor();
    await workbench.screenshot('stats');
    await workbench.runCommand('View: Close All Editors');
  });

  it('say so while a container does not run', async () => {
    await workbench.runCommand('Docker: Show Statistics');
    await workbench.pick('stats-two');
    const page = await workbench.frameWith('.charts');
    await until('a figure', async () => /MB|kB/.test(await page.locator('tbody tr').first().innerText()), patience);
    await api('POST', '/containers/stats-two/stop?t=5');
    await page.locator('.notice', { hasText: 'stats-two does not run' }).waitFor();
    await api('POST', '/containers/stats-two/start');
    await page.locator('.notice').waitFor({ state: 'detached' });
    await workbench.runCommand('View: Close All Editors');
  });

  it('inspect with links, and show events as they happen', async () => {
    await workbench.runCommand('Docker: Inspect Container');
    await workbench.pick('stats-one');
    await workbench.page.locator('.tabs-container .tab', { hasText: 'stats-one.inspect.json' }).waitFor();
    await workbench.page.locator('.editor-instance .detected-link').first().waitFor();
    await workbench.screenshot('inspect');
    await workbench.runCommand('Docker: Show Engine Events');
    const page = await workbench.frameWith('.lines');
    await api('POST', '/containers/stats-two/restart?t=0');
    await page
      .locator('.row', { hasText: /^.*start\s+stats-two/ })
      .first()
      .waitFor();
    await workbench.screenshot('events');
    await workbench.runCommand('View: Close All Editors');
  });
});
