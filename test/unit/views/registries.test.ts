import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyOf, type RegistryElement } from '../../../src/model/elements.ts';
import { registriesView } from '../../../src/views/registries.ts';
import type { RowChange } from '../../../src/views/view.ts';
import { inMemory } from './memory.ts';

const registry: RegistryElement = { type: 'registry', registry: 'localhost:5000' };

describe('registries view', () => {
  it('shows the first page at once and the rest when it comes', async () => {
    const memory = inMemory();
    let send: (page: string[]) => void = () => {};
    memory.pages.set('localhost:5000', [['a'], new Promise<string[]>((resolve) => (send = resolve))]);
    const view = registriesView(memory.app);
    assert.deepEqual((await view.children(registry)).map(keyOf), ['repository/localhost:5000/a']);
    const drawn = new Promise<RowChange>((resolve) => view.onChange(resolve));
    send(['b']);
    assert.deepEqual(await drawn, ['registry/localhost:5000']);
    assert.equal((await view.children(registry)).length, 2);
    assert.equal(memory.signals.length, 1, 'nothing is asked twice');
  });

  it('stops a listing whose row was closed, and asks again when it is opened', async () => {
    const memory = inMemory();
    memory.pages.set('localhost:5000', [['a'], new Promise<string[]>(() => {})]);
    const view = registriesView(memory.app);
    await view.children(registry);
    view.collapsed?.(registry);
    assert.equal(memory.signals[0]?.aborted, true);
    await view.children(registry);
    assert.equal(memory.signals.length, 2);
    view.dispose();
    memory.app.catalog.dispose();
    assert.equal(memory.signals[1]?.aborted, true);
  });

  it('says in the view why a registry cannot be listed', async () => {
    const memory = inMemory();
    memory.pages.set('localhost:5000', [new Error('The registry does not answer.')]);
    const view = registriesView(memory.app);
    const [row] = await view.children(registry);
    assert.ok(row);
    assert.equal(view.row(row).label, 'The registry does not answer.');
    assert.equal(view.row(registry).kind, 'registry.failed');
  });

  it('asks a repository again when it was pushed to, and lists a new one', async () => {
    const memory = inMemory();
    memory.pages.set('localhost:5000', [['team/box']]);
    const view = registriesView(memory.app);
    await view.children(registry);
    await view.children(registry);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    memory.registryChange.fire({ registry: 'localhost:5000', repository: 'team/box' });
    memory.registryChange.fire({ registry: 'localhost:5000', repository: 'team/new' });
    assert.deepEqual(seen, [['repository/localhost:5000/team/box'], ['registry/localhost:5000']]);
  });

  it('says so when a repository has no tags left, and when its tags cannot be read', async () => {
    const memory = inMemory();
    memory.tags.set('localhost:5000/b', new Error('Log in first.'));
    const view = registriesView(memory.app);
    const text = async (name: string) => {
      const [row] = await view.children({ type: 'repository', registry: 'localhost:5000', name });
      return row && view.row(row);
    };
    assert.match((await text('a'))?.label ?? '', /No tags/);
    assert.equal((await text('b'))?.label, 'Log in first.');
  });
});
