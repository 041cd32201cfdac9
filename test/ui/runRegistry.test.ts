// A registry of one's own as a person starts it: the questions, the page about trust, and the registry in the tree.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startEngine } from '../parts/engine/docker.ts';
import { freePort } from '../parts/machine/process.ts';
import { ensureRegistryImage } from '../real/registries/own/image.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('a registry of one’s own', () => {
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let workbench: Workbench;
  let folder: string;

  before(async function () {
    this.timeout(120_000);
    engine = await startEngine();
    await ensureRegistryImage(engine.api);
    folder = mkdtempSync(join(tmpdir(), 'docknotes-own-'));
    workbench = await openWorkbench({ engine: engine.url, registries: [] });
    await workbench.openSidebar();
  });
  after(async () => {
    await workbench?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is started from the palette, shown in the tree, and tells how engines come to trust it', async () => {
    const port = await freePort();
    await workbench.runCommand('Docker: Run Your Own Registry');
    await workbench.pick('https with a login');
    await workbench.answer('registry.lan');
    await workbench.answer('alice');
    await workbench.answer('s3cret-of-alice');
    await workbench.pick('Port');
    await workbench.answer(String(port));
    await workbench.pick('Certificates');
    await workbench.answer(folder);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Start the registry' }).waitFor();
    await workbench.screenshot('own-registry-questions');
    await workbench.pick('Start the registry');
    await workbench.row('Registries', `localhost:${port}`);
    await workbench.row('Containers', 'registry');
    const page = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page
      .getByText(/certs\.d/)
      .first()
      .waitFor({ timeout: 60_000 });
    await workbench.screenshot('own-registry-trust');
    const text = await page.locator('body').innerText();
    assert.ok(!text.includes('s3cret-of-alice'), 'the password is on no page');
    assert.ok(existsSync(join(folder, 'ca.crt')));
    await workbench.expand('Registries', `localhost:${port}`);
    await workbench.row('Registries', 'No repositories yet');
  });
});
