// Adding a registry whose CA nobody knows, and signing in to one that refuses, as a person sees it.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import { waitFor } from '../parts/process.ts';
import { type Registry, startRegistry } from '../parts/registry.ts';
import { uploadImage } from '../parts/registryContent.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const users = { alice: 's3cret' };
const themes = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
] as const;

for (const [name, theme] of themes) {
  describe(`adding a registry (${name})`, () => {
    let registry: Registry;
    let workbench: Workbench;
    let address: string;

    before(async () => {
      registry = await startRegistry({ users, tls: true });
      await uploadImage(registry, { repository: 'team/box', tags: ['1.0', '1.1'], created: '2026-11-01T00:00:00Z', files: [] });
      address = `localhost:${registry.port}`;
      workbench = await openWorkbench({ registries: [], settings: { 'workbench.colorTheme': theme } });
      await workbench.openSidebar();
    });
    after(async () => {
      await workbench?.close();
      await registry?.stop();
    });

    const dialog = () => workbench.page.locator('.monaco-dialog-box');
    const press = (label: string) => dialog().locator('.monaco-button', { hasText: label }).click();

    it('offers what is known while one types', async () => {
      await workbench.runCommand('Docker: Add Registry');
      await workbench.quickInput();
      await workbench.page.locator('.quick-input-list').waitFor();
      await workbench.screenshot(`add-registry-offers-${name}`);
      await workbench.page.keyboard.press('Escape');
    });

    it('shows the certificate of an unknown CA, and the page for the engine', async () => {
      await workbench.runCommand('Docker: Add Registry');
      await workbench.answer(address);
      await dialog().waitFor();
      const text = await dialog().innerText();
      const shown = new X509Certificate(readFileSync(registry.certificates?.serverCert ?? ''));
      assert.ok(text.includes(shown.fingerprint256), text);
      assert.match(text, /Docknotes test authority/);
      assert.match(text, /✓[\s\S]*✗/, 'the steps before the failure are there');
      await workbench.screenshot(`add-registry-unknown-ca-${name}`);
      await press('How the Engine Comes to Trust It');
      await workbench.page.locator('.tabs-container .tab', { hasText: 'Trust localhost' }).waitFor();
      await waitFor(
        'the page',
        async () => (await workbench.page.locator('iframe.webview.ready').count()) > 0,
        patience,
      );
      await workbench.screenshot(`add-registry-engine-trust-${name}`);
    });

    it('trusts it for browsing, asks for the login, and lists what is there', async () => {
      await workbench.runCommand('Docker: Add Registry');
      await workbench.answer(address);
      await press('Trust This Certificate for Browsing');
      await waitFor('the question', async () => /wants a login/.test(await prompt()), patience);
      await workbench.screenshot(`add-registry-login-${name}`);
      await workbench.answer('alice');
      await waitFor('the password', async () => /Password/.test(await prompt()), patience);
      await workbench.answer('wrong');
      await waitFor('the second question', async () => /refuses the login/.test(await prompt()), patience);
      assert.equal(await (await workbench.quickInput()).inputValue(), 'alice', 'the name is filled in');
      await workbench.screenshot(`add-registry-login-again-${name}`);
      await workbench.answer('alice');
      await waitFor('the password', async () => /Password/.test(await prompt()), patience);
      await workbench.answer(users.alice);
      await workbench.expand('Registries', address);
      await workbench.row('Registries', 'team');
      await workbench.screenshot(`add-registry-added-${name}`);
    });

    it('shows in the tree that a login is missing, and signs in from there', async () => {
      await workbench.contextMenu('Registries', address, 'Sign Out');
      await press('Sign Out');
      await workbench.expand('Registries', address);
      await workbench.row('Registries', 'wants a login');
      await workbench.screenshot(`registry-unauthorized-${name}`);
      await workbench.contextMenu('Registries', address, 'Sign In');
      await workbench.answer('alice');
      await waitFor('the password', async () => /Password/.test(await prompt()), patience);
      await workbench.answer(users.alice);
      await workbench.row('Registries', 'team');
      await workbench.contextMenu('Registries', address, 'Remove Registry');
      await press('Remove');
    });

    async function prompt(): Promise<string> {
      return workbench.page.locator('.quick-input-widget:visible').innerText();
    }
  });
}
