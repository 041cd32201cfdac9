// Containers, volumes and networks as a person sees them: groups, filters, what is below a row, and what survives changes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { dockerApi } from '../parts/engine/api.ts';
import { baseReference } from '../parts/engine/images.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const engine = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
const project = 'shop';
const volume = 'shop-data';
const network = 'shop-net';
const services = ['web', 'web', 'db', 'seed'];
const nameOf = (index: number) => `shop-${services[index]}-${index + 1}`;

/** A Compose project with two containers of one service, a database with a volume, and one that has ended. */
async function makeShop(): Promise<void> {
  await engine('POST', '/volumes/create', { Name: volume });
  await engine('POST', '/networks/create', { Name: network });
  for (const [index, service] of services.entries()) {
    const name = nameOf(index);
    await engine('POST', `/containers/create?name=${name}`, {
      Image: baseReference,
      Cmd: service === 'seed' ? ['true'] : ['sleep', '86400'],
      Labels: { 'com.docker.compose.project': project, 'com.docker.compose.service': service },
      ExposedPorts: service === 'web' ? { '80/tcp': {} } : {},
      HostConfig: {
        NetworkMode: network,
        Binds: service === 'db' || service === 'seed' ? [`${volume}:/data`] : [],
        PortBindings: service === 'web' ? { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } : {},
      },
    });
    await engine('POST', `/containers/${name}/start`);
  }
}

async function stateOf(index: number): Promise<{ Paused: boolean }> {
  return (await engine('GET', `/containers/${nameOf(index)}/json`)).json<{ State: { Paused: boolean } }>().State;
}

async function removeShop(): Promise<void> {
  for (const index of services.keys()) {
    await engine('DELETE', `/containers/${nameOf(index)}?force=1&v=1`).catch(() => undefined);
  }
  await engine('DELETE', `/volumes/${volume}?force=1`).catch(() => undefined);
  await engine('DELETE', `/networks/${network}`).catch(() => undefined);
}

/** Closes a view, or opens it. */
async function toggle(workbench: Workbench, title: string, open: boolean): Promise<void> {
  const header = workbench.view(title).locator('.pane-header');
  if ((await header.getAttribute('aria-expanded')) !== String(open)) {
    await header.locator('.title').click();
  }
}

describe('containers', () => {
  let workbench: Workbench;
  before(async () => {
    await removeShop();
    await makeShop();
    workbench = await openWorkbench({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await workbench.openSidebar();
    await toggle(workbench, 'Images', false);
    await toggle(workbench, 'Registries', false);
  });
  after(async () => {
    await workbench?.close();
    await removeShop();
  });

  it('stand in their Compose project, and a service with several has a group of its own', async () => {
    await workbench.row('Containers', nameOf(2));
    const rows = await workbench.rows('Containers');
    const at = rows.findIndex((row) => /^shop\s*3 of 4 running/.test(row));
    const names = ['web', nameOf(0), nameOf(1), nameOf(2), nameOf(3)];
    const shown = rows.slice(at + 1, at + 6);
    assert.ok(
      at >= 0 && names.every((name, index) => shown[index]?.startsWith(name)),
      `the rows are ${rows.join(' / ')}`,
    );
  });

  it('show their ports, mounts, networks and files', async () => {
    await workbench.expand('Containers', nameOf(0));
    await workbench.row('Containers', 'http://localhost:');
    await workbench.row('Containers', network);
    await workbench.expand('Containers', nameOf(2));
    await workbench.row('Containers', '/data');
    await workbench.row('Containers', 'Files');
    await workbench.screenshot('containers-grouped');
  });

  it('tell in a tooltip what an inspection knows, with their ports as links', async () => {
    await workbench.page.mouse.move(640, 790);
    await (await workbench.row('Containers', nameOf(1))).hover();
    const hover = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Restart policy' });
    await hover.first().waitFor();
    assert.match(await hover.first().innerText(), /Networks: shop-net \d+\.\d+/);
    assert.equal(await hover.first().locator('a[data-href^="http://localhost:"]').count(), 1);
    await workbench.screenshot('containers-tooltip');
    await workbench.page.mouse.move(640, 790);
  });

  it('keep selection and expansion through 100 changes of state', async () => {
    const row = await workbench.select('Containers', nameOf(2));
    await workbench.expand('Containers', nameOf(2));
    for (let turn = 0; turn < 50; turn += 1) {
      for (const [step, paused] of [['pause', true] as const, ['unpause', false] as const]) {
        await engine('POST', `/containers/${nameOf(2)}/${step}`);
        // The engine answers a moment before it has noted the state itself.
        await until(`${step} to be noted`, async () => (await stateOf(2)).Paused === paused);
      }
    }
    await engine('POST', `/containers/${nameOf(2)}/stop?t=0`);
    await until('the end in the view', async () => /exited/.test(await row.innerText()), patience);
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    assert.match((await row.getAttribute('class')) ?? '', /selected/);
    await engine('POST', `/containers/${nameOf(2)}/start`);
    await until('the start in the view', async () => /running/.test(await row.innerText()), patience);
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    assert.match((await row.getAttribute('class')) ?? '', /selected/);
  });

  it('are filtered while one types, and shown again by the button of the filter', async () => {
    await workbench.runCommand('Docker: Filter Containers');
    await workbench.answer('shop web');
    await workbench.row('Containers', 'Filter: shop web');
    await until(
      'the filter to take effect',
      async () => !(await workbench.rows('Containers')).some((row) => row.startsWith('sample-')),
      patience,
    );
    await workbench.screenshot('containers-filtered');
    await workbench.inlineAction('Containers', 'Filter: shop web', 'Clear Filters');
    await workbench.row('Containers', 'sample-web');
    await workbench.row('Containers', nameOf(2));
  });

  it('are paused and let go on from the menu, several at once', async () => {
    await (await workbench.row('Containers', nameOf(0))).click();
    await (await workbench.row('Containers', nameOf(1))).click({ modifiers: ['Control'] });
    await workbench.contextMenu('Containers', nameOf(1), 'Pause Container');
    for (const index of [0, 1]) {
      const row = await workbench.row('Containers', nameOf(index));
      await until(`${nameOf(index)} to be paused`, async () => /paused/.test(await row.innerText()), patience);
    }
    // A menu whose rows are made anew while it opens has no rows to give: the group's row, which counts, comes last.
    await workbench.row('Containers', '0 of 2 running');
    await workbench.contextMenu('Containers', nameOf(1), 'Unpause Container');
    for (const index of [0, 1]) {
      const row = await workbench.row('Containers', nameOf(index));
      await until(`${nameOf(index)} to run`, async () => /running/.test(await row.innerText()), patience);
    }
  });

  it('are asked for before they are pruned, with what would go', async () => {
    await workbench.runCommand('Docker: Prune');
    const list = workbench.page.locator('.quick-input-list');
    await list.locator('.monaco-list-row').filter({ hasText: 'have ended or never ran' }).first().waitFor();
    await workbench.screenshot('prune');
    const row = list.locator('.monaco-list-row').filter({ hasText: 'have ended or never ran' }).first();
    await row.click();
    await workbench.page.keyboard.press('Enter');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /shop-seed-4/);
    assert.match(await dialog.innerText(), /data-only/);
    await workbench.screenshot('prune-question');
    await dialog.locator('.monaco-button').filter({ hasText: 'Cancel' }).click();
    await workbench.row('Containers', nameOf(3));
  });

  it('stand below the volumes and networks that they use', async () => {
    await toggle(workbench, 'Containers', false);
    await toggle(workbench, 'Volumes', true);
    await toggle(workbench, 'Networks', true);
    await workbench.row('Volumes', 'used by shop-db-3, shop-seed-4');
    await workbench.expand('Volumes', volume);
    await workbench.row('Volumes', nameOf(3));
    await workbench.expand('Networks', network);
    await workbench.row('Networks', nameOf(0));
    await workbench.screenshot('volumes-networks');
  });
});
