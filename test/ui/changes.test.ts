// The changed files of a container, compared with its image; its processes; a stop with a signal and a time.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type DockerApi, dockerApi } from '../parts/engine/api.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const script = [
  'mkdir -p /srv/app/conf/empty',
  'echo port=80 > /srv/app/conf/app.conf',
  'echo log > /srv/app/conf/app.log',
  'sed -i s/Sample/Changed/ /var/www/index.html',
  'rm /etc/group',
  'trap "exit 0" TERM',
  'while :; do sleep 1 & wait $!; done',
].join('; ');

describe('changed files', function () {
  this.timeout(120_000);
  const name = 'changes-box';
  let api: DockerApi;
  let workbench: Workbench;
  before(async () => {
    api = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
    await api('DELETE', `/containers/${name}?force=1`).catch(() => undefined);
    await api('POST', `/containers/create?name=${name}`, {
      Image: 'busybox',
      Cmd: ['sh', '-c', script],
      HostConfig: { Memory: 64 << 20, PidsLimit: 50 },
    });
    await api('POST', `/containers/${name}/start`);
    workbench = await openWorkbench();
    await workbench.openSidebar();
    await workbench.row('Containers', name);
    // What is out of sight is not in the page.
    for (const other of ['Images', 'Registries']) {
      const header = workbench.view(other).locator('.pane-header');
      await until(
        `${other} to close`,
        async () => {
          const open = (await header.getAttribute('aria-expanded')) === 'true';
          await (open ? header.locator('.title').click() : undefined);
          return !open;
        },
        patience,
      );
    }
  });
  after(async () => {
    await workbench?.close();
    await api?.('DELETE', `/containers/${name}?force=1`).catch(() => undefined);
  });

  const theme = async (label: 'Light Modern' | 'Dark Modern') => {
    const wanted = workbench.page.locator(`.monaco-workbench.${label === 'Dark Modern' ? 'vs-dark' : 'vs'}`);
    if ((await wanted.count()) === 0) {
      await workbench.runCommand('Preferences: Color Theme');
      await workbench.answer(label);
      await wanted.waitFor();
    }
  };

  it('are a tree below the container, and open beside the file of the image', async () => {
    await workbench.runCommand('Docker: Show Changed Files');
    await workbench.pick(name);
    const root = await workbench.row('Containers', 'Changed Files');
    await workbench.row('Containers', 'srv/app/conf');
    await workbench.expand('Containers', 'srv/app/conf');
    await workbench.expand('Containers', 'var/www');
    await workbench.expand('Containers', 'etc');
    const deleted = await workbench.row('Containers', 'group');
    assert.equal(await deleted.getAttribute('aria-label'), 'File group, deleted');
    assert.match((await root.getAttribute('aria-label')) ?? '', /3 added, 1 changed, 1 deleted/);
    await workbench.inlineAction('Containers', 'index.html', 'Compare with Image');
    await workbench.page.locator('.tabs-container .tab', { hasText: `index.html (image ↔ ${name})` }).waitFor();
    await workbench.page
      .locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert')
      .first()
      .waitFor();
    await theme('Light Modern');
    await workbench.screenshot('changes-light');
    await theme('Dark Modern');
    await workbench.screenshot('changes-dark');
    const left = (await api('GET', '/containers/json?all=1')).json<{ Labels: Record<string, string> }[]>();
    assert.ok(left.every(({ Labels }) => !Labels['docknotes.helper']));

    await (await workbench.row('Containers', 'app.conf')).click();
    await workbench.page.locator('.tabs-container .tab', { hasText: 'app.conf' }).waitFor();
    // What the container does from now on comes by itself.
    const exec = await api('POST', `/containers/${name}/exec`, { Cmd: ['touch', '/srv/app/conf/later'] });
    await api('POST', `/exec/${exec.json<{ Id: string }>().Id}/start`, { Detach: true });
    await workbench.row('Containers', 'later');
    await (await workbench.row('Containers', 'group')).click();
    await workbench.page.locator('.editor-instance .view-line', { hasText: 'nobody:x' }).first().waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('stand beside processes that sort, and a stop that asks', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Docker: Change Limits and Restart Policy');
    await workbench.pick(name);
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'without the limit of memory' })
      .waitFor();
    await workbench.screenshot('update-limits');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Docker: Show Processes');
    await workbench.pick(name);
    const page = await workbench.frameWith('.processes tbody tr');
    await page.locator('th button', { hasText: 'Command' }).click();
    await page.locator('th[aria-sort="ascending"]', { hasText: 'Command' }).waitFor();
    assert.match(await page.locator('tbody').innerText(), /trap "exit 0" TERM/);
    await workbench.screenshot('processes-dark');
    // A page that has the focus is given it back late, and takes it from a box that has come meanwhile.
    await (await workbench.row('Containers', name)).click();
    await workbench.runCommand('Docker: Stop Container With');
    await workbench.pick(name);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'SIGHUP' }).waitFor();
    await workbench.screenshot('stop-with');
    await workbench.pick('SIGTERM');
    assert.equal(await (await workbench.quickInput()).inputValue(), '10');
    await workbench.answer('5');
    await page.locator('.notice', { hasText: `${name} does not run` }).waitFor();
    await theme('Light Modern');
    await workbench.screenshot('processes-light');
  });
});
