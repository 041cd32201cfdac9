import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createSearch, foundLine } from '../../../../src/views/registries/found.ts';
import { fakeApp } from '../fakeApp.ts';

describe('search in registries', () => {
  it('is done once for a filter and a list, and again when either is another or grew', async () => {
    const { app, pages } = fakeApp();
    pages.set('r', [['team/web'], new Promise<string[]>(() => {})]);
    const search = createSearch(app.catalog);
    assert.equal(search('r').total, 0, 'nothing is listed');
    await app.catalog.open('r');
    app.catalog.setFilter('web');
    const first = search('r');
    assert.deepEqual([first.total, first.matches[0]?.name], [1, 'team/web']);
    assert.equal(search('r'), first);
    app.catalog.setFilter('db');
    assert.equal(search('r').total, 0);
    app.catalog.dispose();
  });

  it('says how many are found in all, and that more may come', () => {
    const one = { found: 2, all: 3, complete: true };
    assert.equal(foundLine('x', [one, { ...one, all: 4 }]), '"x" is found in 4 of 7 repositories.');
    assert.equal(foundLine('x', [one, { ...one, complete: false }]), '"x" is found in 4 of 6 repositories so far.');
  });
});
