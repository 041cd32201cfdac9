import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filterOf } from '../../../src/views/rowFilter.ts';
import { fakeApp } from './fakeApp.ts';

describe('filter of a view', () => {
  it('lets all through, unread, and says nothing while it is empty', () => {
    const filter = filterOf(fakeApp().app.filters, 'volumes');
    const items = ['a', 'b'];
    assert.equal(
      filter.find(items, () => assert.fail('words are not asked for')),
      items,
    );
    assert.deepEqual(filter.above(['row']), ['row']);
  });

  it('finds by words, and says above the rows how many of how many', () => {
    const { filters } = fakeApp().app;
    const filter = filterOf(filters, 'volumes');
    let heard = 0;
    filter.onChange(() => heard++);
    filters.set('volumes', 'DATA nfs');
    filters.set('images', 'x');
    assert.equal(heard, 1);
    const found = filter.find(['data nfs', 'data local', 'cache nfs'], (item) => item.split(' '));
    assert.deepEqual(found, ['data nfs']);
    const [row, ...rows] = filter.above(found);
    assert.deepEqual([row, rows], [{ type: 'filter', view: 'volumes' }, found]);
    const { label, description, opens } = filter.type.row({ type: 'filter', view: 'volumes' });
    assert.deepEqual([label, description, opens], ['Filter: DATA nfs', '1 of 3', 'filterVolumes']);
  });
});
