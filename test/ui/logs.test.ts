// The page of logs on containers that write much, in colour, and stop and start again.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type DockerApi, dockerApi } from '../parts/engine/api.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const colored = `
i=0
while [ $i -lt 400 ]; do
  i=$((i+1))
  case $((i % 9)) in
    0) printf '\\033[31mERROR\\033[0m payment %s was refused: card expired\\n' $i ;;
    4) printf '\\033[33mWARN\\033[0m  slow answer of \\033[1mcatalog\\033[0m: %s ms\\n' $((i * 7)) ;;
    *) printf '\\033[32mINFO\\033[0m  GET /orders/%s 200 \\033[2m%s ms\\033[0m\\n' $i $((i % 40)) ;;
  esac
done
printf '\\033]0;title\\007日本語 é 👩‍👩‍👧 done\\n'
trap 'exit 3' TERM
while :; do sleep 1000 & wait; done`;

describe('logs', function () {
  this.timeout(120_000);
  let api: DockerApi;
  let workbench: Workbench;
  const names = ['logs-shop', 'logs-mail', 'logs-flood'];
  before(async () => {
    api = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
    const commands = [
      colored,
      'i=0; while :; do i=$((i+1)); echo "level=info msg=\\"sent letter $i\\""; sleep 2; done',
      'yes "a line that is written a million times and more, as fast as the engine takes it" | head -n 1000000; sleep 1000',
    ];
    for (const [index, name] of names.entries()) {
      await api('DELETE', `/containers/${name}?force=1`).catch(() => undefined);
      await api('POST', `/containers/create?name=${name}`, {
        Image: 'busybox',
        Cmd: ['sh', '-c', commands[index]],
        HostConfig: { LogConfig: { Type: 'json-file', Config: {} } },
      });
    }
    await api('POST', '/containers/logs-shop/start');
    await api('POST', '/containers/logs-mail/start');
    workbench = await openWorkbench();
    await workbench.openSidebar();
  });
  after(async () => {
    await workbench?.close();
    for (const name of names) {
      await api?.('DELETE', `/containers/${name}?force=1`).catch(() => undefined);
    }
  });

  it('shows colours and levels, searches, and filters', async () => {
    await workbench.inlineAction('Containers', 'logs-shop', 'View Container Logs');
    const page = await workbench.frameWith('.lines');
    await page.locator('.row', { hasText: 'done' }).waitFor();
    assert.ok((await page.locator('.row').count()) < 80, 'only the rows in sight exist');
    assert.match(await page.locator('footer').innerText(), /Following the logs[\s\S]*401 lines/);
    const text = await page.locator('.window').innerText();
    assert.ok(!text.includes('\u001b') && !text.includes('title'), 'no escapes are left');
    await page.locator('#search').fill('refused');
    await page.locator('.found', { hasText: '44 found' }).waitFor();
    await page.locator('#search').press('Enter');
    await page.locator('mark').first().waitFor();
    await workbench.screenshot('logs');
    await page.locator('button', { hasText: 'Only matches' }).click();
    await page.locator('footer', { hasText: '44 lines' }).waitFor();
    await page.locator('button', { hasText: 'Only matches' }).click();
    await page.locator('#search').fill('');
    await page.locator('select[aria-label="Level"]').selectOption('warning');
    await page.locator('footer', { hasText: '89 lines' }).waitFor();
    await page.locator('select[aria-label="Level"]').selectOption('none');
  });

  it('goes on when the container has stopped and starts again', async () => {
    const page = await workbench.frameWith('.lines');
    await api('POST', '/containers/logs-shop/stop?t=5');
    await page.locator('footer', { hasText: 'logs-shop has ended with exit code 3' }).waitFor();
    await workbench.screenshot('logs-ended');
    await api('POST', '/containers/logs-shop/start');
    await page.locator('footer', { hasText: '802 lines' }).waitFor();
    await page.locator('footer', { hasText: 'Following the logs' }).waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('merges containers under their names', async () => {
    // Choosing one row and then others with Control opens none but the first.
    await (await workbench.row('Containers', 'logs-mail')).click();
    await (await workbench.row('Containers', 'logs-shop')).click({ modifiers: ['Control'] });
    await workbench.contextMenu('Containers', 'logs-shop', 'View Container Logs');
    const page = await workbench.frameWith('.lines');
    await page.locator('.name', { hasText: 'logs-mail' }).first().waitFor();
    await page.locator('.name', { hasText: 'logs-shop' }).first().waitFor();
    await page.locator('.chip', { hasText: 'logs-mail' }).click();
    await until(
      'one container only',
      async () => (await page.locator('.name', { hasText: 'logs-mail' }).count()) === 0,
      patience,
    );
    await workbench.runCommand('View: Close All Editors');
  });

  it('scrolls through a million lines without freezing', async () => {
    await api('POST', '/containers/logs-flood/start');
    const started = Date.now();
    await workbench.inlineAction('Containers', 'logs-flood', 'View Container Logs');
    const page = await workbench.frameWith('.lines');
    await page.locator('select[aria-label="How far back"]').selectOption('all');
    await page.locator('footer', { hasText: '1,000,000 lines' }).waitFor({ timeout: 90_000 });
    console.log(`      a million lines are there after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    const list = page.locator('.lines');
    await list.focus();
    const times: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const share = ((index * 7) % 20) / 20;
      const before = performance.now();
      await list.evaluate((element, part) => {
        const scrolled: { scrollTop: number; scrollHeight: number } = element;
        scrolled.scrollTop = scrolled.scrollHeight * part;
      }, share);
      await until(
        'the rows',
        async () => (await page.locator('.row').count()) > 10 && (await page.locator('.row.missing').count()) === 0,
        5000,
      );
      times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    console.log(`      a jump to any line: median ${times[10]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`);
    assert.ok((times[10] ?? 0) < 1000);
    await workbench.screenshot('logs-million');
    await workbench.runCommand('View: Close All Editors');
  });
});
