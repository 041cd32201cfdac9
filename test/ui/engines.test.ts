// The engines view and the status bar: what is there, whether it answers, and switching over.

import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, it } from 'mocha';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

describe('engines', () => {
  let workbench: Workbench;
  let proxy: net.Server;
  let address: string;

  before(async () => {
    const engine = (process.env.DOCKNOTES_TEST_ENGINE ?? '').replace('unix://', '');
    // The same engine behind plain tcp, as many have it.
    proxy = net.createServer((client) => {
      const behind = net.connect(engine);
      for (const socket of [client, behind]) {
        socket.on('error', () => {}).on('close', () => [client, behind].map((each) => each.destroy()));
      }
      client.pipe(behind).pipe(client);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    address = `tcp://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
    workbench = await openWorkbench({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
  });
  after(async () => {
    await workbench?.close();
    proxy?.close();
  });

  const status = () => workbench.page.locator('.statusbar-item[id$="docknotes.engine"]');

  it('are listed with what they say of themselves, and the one in use is in the status bar', async () => {
    await workbench.openSidebar();
    await workbench.row('Containers', 'sample-web');
    await workbench.view('Engines').locator('.pane-header .title').click();
    const row = await workbench.row('Engines', 'in use');
    await until(
      'the version',
      async () => /From the setting.*in use.*Docker Engine \d+/.test((await row.innerText()).replace(/\s+/g, ' ')),
      patience,
    );
    await until('the status bar', async () => /Docker Engine \d+/.test(await status().innerText()), patience);
    await row.hover();
    await workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Data folder' }).waitFor();
    await workbench.screenshot('engines');
  });

  it('can be added by their address and used, with a warning where one is open to everybody', async () => {
    await workbench.runCommand('Docker: Add Engine…');
    await workbench.answer(address);
    await workbench.row('Engines', address);
    await until(
      'an answer',
      async () =>
        (await workbench.rows('Engines')).some(
          (row) => row.includes(address) && row.includes('open to everybody') && row.includes('Docker Engine'),
        ),
      patience,
    );
    await workbench.inlineAction('Engines', address, 'Use Engine');
    await until(
      'the warning',
      async () => (await workbench.notifications()).some((text) => text.includes('plain tcp')),
      patience,
    );
    await until(
      'the switch',
      async () => (await workbench.rows('Engines')).some((row) => row.includes(address) && row.includes('in use')),
      patience,
    );
    await workbench.row('Containers', 'sample-web');
    await until(
      'what it says of itself',
      async () =>
        (await workbench.rows('Engines')).some((row) => /in use · Docker Engine.*open to everybody/.test(row)),
      patience,
    );
    await workbench.screenshot('engines-open');
  });

  it('are chosen from the status bar', async () => {
    await status().click();
    await workbench.quickInput();
    await workbench.screenshot('engines-pick');
    await workbench.pick('Find the engine by itself');
    await until(
      'the switch',
      async () =>
        (await workbench.rows('Engines')).some((row) => row.startsWith('From the setting') && row.includes('in use')),
      patience,
    );
    await workbench.contextMenu('Engines', address, 'Remove Engine from View');
    await until(
      'the row to go',
      async () => !(await workbench.rows('Engines')).some((row) => row.includes(address)),
      patience,
    );
    assert.equal((await workbench.rows('Engines')).length > 0, true);
  });
});
