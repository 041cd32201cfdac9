// Adding a registry whose CA nobody knows, and signing in to one that refuses, as a person sees it.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import { type DockerApi, dockerApi } from '../parts/engine/api.ts';
import { uploadImage } from '../parts/registry/content.ts';
import { type Registry, startRegistry } from '../parts/registry/distribution.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const users = { alice: 's3cret' };
const tags = '/v2/team/box/tags/list';
const themes = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
] as const;

/** A container of an image by the name of registry, and an image from one: both are of no use but for their names. */
async function makeKnown(api: DockerApi): Promise<{ name: string; port: number; remove(): Promise<void> }> {
  const name = `served-${process.pid}`;
  const tagged = 'registry.example.com:5000/team/app';
  await api('POST', '/images/busybox/tag?repo=registry&tag=2');
  await api('POST', `/images/busybox/tag?repo=${encodeURIComponent(tagged)}&tag=1.0`);
  await api('POST', `/containers/create?name=${name}`, {
    Image: 'registry:2',
    Cmd: ['sleep', '1000'],
    ExposedPorts: { '5000/tcp': {} },
    HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  });
  await api('POST', `/containers/${name}/start`);
  const { NetworkSettings } = (await api('GET', `/containers/${name}/json`)).json<{
    NetworkSettings: { Ports: Record<string, { HostPort: string }[]> };
  }>();
  return {
    name,
    port: Number(NetworkSettings.Ports['5000/tcp']?.[0]?.HostPort),
    async remove() {
      await api('DELETE', `/containers/${name}?force=1`);
      await api('DELETE', '/images/registry:2');
      await api('DELETE', `/images/${tagged}:1.0`);
    },
  };
}

for (const [name, theme] of themes) {
  describe(`adding a registry (${name})`, () => {
    let registry: Registry;
    let workbench: Workbench;
    let address: string;
    let served: Awaited<ReturnType<typeof makeKnown>>;

    before(async () => {
      registry = await startRegistry({ users, tls: true });
      await uploadImage(registry, {
        repository: 'team/box',
        tags: ['1.0', '1.1'],
        created: '2026-11-01T00:00:00Z',
        files: [],
      });
      served = await makeKnown(dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? ''));
      address = `localhost:${registry.port}`;
      workbench = await openWorkbench({ registries: [], settings: { 'workbench.colorTheme': theme } });
      await workbench.openSidebar();
    });
    after(async () => {
      await workbench?.close();
      await served?.remove();
      await registry?.stop();
    });

    const dialog = () => workbench.page.locator('.monaco-dialog-box');
    const press = (label: string) => dialog().locator('.monaco-button', { hasText: label }).click();

    it('offers what is known while one types', async () => {
      await workbench.row('Containers', served.name);
      await workbench.runCommand('Docker: Add Registry');
      const offers = workbench.page.locator('.quick-input-list .monaco-list-row');
      await offers.filter({ hasText: `localhost:${served.port}` }).waitFor();
      await offers.filter({ hasText: 'registry.example.com:5000' }).waitFor();
      await workbench.screenshot(`add-registry-offers-${name}`);
      await (await workbench.quickInput()).fill('example');
      await offers.filter({ hasText: `localhost:${served.port}` }).waitFor({ state: 'hidden' });
      await workbench.page.keyboard.press('Escape');
    });

    it('shows the certificate of an unknown CA, and the page for the engine', async () => {
      await workbench.closeEditors();
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
      await until('the page', async () => /certs\.d/.test(await workbench.pageText()), 2 * patience);
      await workbench.screenshot(`add-registry-engine-trust-${name}`);
    });

    it('trusts it for browsing, asks for the login, and lists what is there', async () => {
      await workbench.runCommand('Docker: Add Registry');
      await workbench.answer(address);
      await press('Trust This Certificate for Browsing');
      await until('the question', async () => /wants a login/.test(await prompt()), patience);
      await workbench.screenshot(`add-registry-login-${name}`);
      await workbench.answer('alice');
      await until('the password', async () => /Password/.test(await prompt()), patience);
      await workbench.answer('wrong');
      await until('the second question', async () => /refused the login/.test(await prompt()), patience);
      assert.equal(await (await workbench.quickInput()).inputValue(), 'alice', 'the name is filled in');
      await workbench.screenshot(`add-registry-login-again-${name}`);
      await workbench.answer('alice');
      await until('the password', async () => /Password/.test(await prompt()), patience);
      await workbench.answer(users.alice);
      await workbench.expand('Registries', address);
      await workbench.row('Registries', 'team');
      await workbench.screenshot(`add-registry-added-${name}`);
    });

    it('completes the name of an image, and asks once for the login that a push lacks', async () => {
      await workbench.expand('Images', 'busybox');
      await workbench.contextMenu('Images', 'latest', 'Tag Image');
      assert.equal(await (await workbench.quickInput()).inputValue(), `${address}/busybox:latest`);
      await workbench.screenshot(`tag-image-proposed-${name}`);
      await (await workbench.quickInput()).fill(`${address}/bo`);
      await workbench.pick(`${address}/team/box:`);
      const offers = workbench.page.locator('.quick-input-list .monaco-list-row');
      await offers.filter({ hasText: `${address}/team/box:1.2` }).waitFor();
      await workbench.screenshot(`tag-image-completed-${name}`);
      await workbench.pick(`${address}/team/box:1.2`);
      await workbench.expand('Images', `${address}/team/box`);
      await workbench.contextMenu('Registries', address, 'Sign Out');
      await press('Sign Out');
      await workbench.inlineAction('Images', '1.2', 'Push Image');
      await until('the question', async () => /wants a login/.test(await prompt()), patience);
      await workbench.answer('alice');
      await until('the password', async () => /Password/.test(await prompt()), patience);
      await workbench.answer(users.alice);
      await until('the push', async () => (await registry.request('GET', tags)).text.includes('1.2'), patience);
      for (const row of [address, 'team', 'box']) {
        await workbench.expand('Registries', row);
      }
      await workbench.row('Registries', '1.2');
    });

    it('shows in the tree that a login is missing, and signs in from there', async () => {
      await workbench.contextMenu('Registries', address, 'Sign Out');
      await press('Sign Out');
      await workbench.expand('Registries', address);
      const reason = await workbench.row('Registries', 'Sign in to this registry');
      assert.deepEqual((await workbench.rows('Registries')).length, 2, 'what alice saw is gone');
      const row = await workbench.row('Registries', address);
      await row.hover();
      await row.locator('.actions .action-label[aria-label^="Sign In"]').waitFor();
      await workbench.screenshot(`registry-unauthorized-${name}`);
      await reason.click();
      await workbench.answer('alice');
      await until('the password', async () => /Password/.test(await prompt()), patience);
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
