// The commands about tags of registries, on the sample's registry.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';
import { api, command, registry } from './support.ts';

const pages = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ label, input }) => input instanceof vscode.TabInputWebview && label.includes('team/')).length;

describe('tags of registries', () => {
  let repository = '';
  let tags: string[] = [];
  before(async () => {
    const docknotes = await api();
    const { names } = await docknotes.repositories(registry(), { filter: 'team/' });
    repository = names.find((name) => name === 'team/web') ?? names[0] ?? '';
    assert.ok(repository, 'the sample has repositories');
    tags = (await docknotes.tags(registry(), repository)).names;
    assert.ok(tags.length >= 2);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are opened as a page, by tag and by digest', async () => {
    const ref = `${registry()}/${repository}:${tags[0]}`;
    const { digest } = await command('openTag', ref, {});
    assert.match(digest, /^sha256:[0-9a-f]{64}$/);
    const pinned = `${registry()}/${repository}@${digest}`;
    assert.deepEqual(await command('openTag', pinned, {}), { ref: pinned, digest });
    await until(async () => pages() === 2);
    await command('openTag', ref, {});
    await until(async () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.endsWith(`:${tags[0]}`));
    assert.equal(pages(), 2, 'one tab for each');
  });

  it('are copied by name and by digest', async () => {
    const ref = `${registry()}/${repository}:${tags[0]}`;
    assert.deepEqual(await command('copyTagReference', ref, {}), { text: ref });
    assert.equal(await vscode.env.clipboard.readText(), ref);
    const { text } = await command('copyTagDigest', ref, {});
    assert.ok(text.startsWith(`${registry()}/${repository}@sha256:`), text);
    assert.equal(await vscode.env.clipboard.readText(), text);
  });

  it('show their manifest and configuration as documents that cannot be changed', async () => {
    const ref = `${registry()}/${repository}:${tags[0]}`;
    const manifest = await command('openManifest', ref, {});
    assert.ok(JSON.parse(manifest.text).layers.length > 0);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(), manifest.text);
    assert.equal(editor?.document.languageId, 'json');
    const config = await command('openImageConfig', ref, {});
    assert.equal(JSON.parse(config.text).os, 'linux');
  });

  it('are compared with one another and with an image of the engine', async () => {
    const [first, second] = tags.filter((tag) => tag !== 'latest').map((tag) => `${registry()}/${repository}:${tag}`);
    const two = await command('compareTags', first, { with: second });
    assert.equal(two.before, first);
    assert.ok(two.comparison.changes.some(({ kind }: { kind: string }) => kind === 'label'));
    const local = await command('compareTags', first, { with: 'busybox', local: true });
    assert.equal(local.comparison.by, 'content');
  });

  it('have a web page only at vendors that are known, and are refused when they do not exist', async () => {
    const ref = `${registry()}/${repository}:${tags[0]}`;
    await assert.rejects(command('browseTag', ref, { open: false }), /No web page is known/);
    await assert.rejects(command('openTag', `${registry()}/${repository}:no-such-tag`, {}), /does not have/);
    await assert.rejects(command('openTag', 'registry.example/app:1', {}), /none of the registries/);
  });

  it('stand in a filtered and sorted view', async () => {
    const { text, found } = await command('filterRegistries', undefined, { text: 'team' });
    assert.equal(text, 'team');
    assert.equal(typeof found, 'number');
    await command('clearRegistryFilter', undefined, {});
    assert.deepEqual(await command('sortTagsByDate', undefined, {}), { order: 'date' });
    assert.equal(vscode.workspace.getConfiguration('docknotes').get('tags.order'), 'date');
    await command('sortTagsByVersion', undefined, {});
    await command('showRepositoriesAsList', undefined, {});
    await command('showRepositoriesAsTree', undefined, {});
    assert.deepEqual(await command('goToRepository', `${registry()}/${repository}`, {}), {
      registry: registry(),
      repository,
    });
  });

  it('of repositories that were added by name are in the view and in the API', async () => {
    const added = await command('addRepository', registry(), { name: 'by/{name,hand}' });
    assert.deepEqual(added, { registry: registry(), names: ['by/name', 'by/hand'] });
    const { names } = await (await api()).repositories(registry(), { filter: 'by/' });
    assert.deepEqual(names, ['by/name', 'by/hand']);
    for (const name of names) {
      assert.deepEqual(await command('removeRepository', registry(), { name }), { registry: registry(), name });
    }
    await assert.rejects(command('removeRepository', registry(), { name: 'by/name' }), /was not added by name/);
  });
});
