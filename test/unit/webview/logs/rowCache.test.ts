// Which rows the page of logs asks for.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogRow } from '../../../../src/model/logs/messages.ts';
import { createRowCache } from '../../../../src/webview/logs/rowCache.ts';

const rows = (from: number, to: number): LogRow[] =>
  Array.from({ length: to - from }, (_, index) => ({
    row: from + index,
    source: 0,
    stamp: '',
    text: `line ${from + index}`,
    colored: false,
    level: 'none',
    more: false,
  }));

describe('rows of a log', () => {
  it('are asked for with those around them', () => {
    assert.deepEqual(createRowCache().request(0, 100, 140), { from: 40, count: 160 });
    assert.deepEqual(createRowCache().request(90, 100, 140), { from: 90, count: 110 });
  });

  it('are asked for once while the answer is under way', () => {
    const cache = createRowCache();
    cache.request(0, 100, 140);
    assert.equal(cache.request(0, 100, 140), undefined);
    assert.deepEqual(cache.request(0, 101, 141), { from: 41, count: 160 });
    cache.take(rows(120, 140), 101);
    assert.deepEqual(cache.request(0, 101, 141), { from: 41, count: 160 }, 'the answer did not have all of them');
    cache.clear();
    assert.ok(cache.request(0, 101, 141));
  });

  it('are not asked for when they are there', () => {
    const cache = createRowCache();
    cache.take(rows(100, 140), 100);
    assert.equal(cache.request(0, 100, 140), undefined);
    assert.equal(cache.request(0, 0, 0), undefined);
    assert.equal(cache.get(120)?.text, 'line 120');
    assert.equal(cache.get(140), undefined);
    cache.clear();
    assert.equal(cache.get(120), undefined);
  });

  it('are let go when they are many and far away', () => {
    const cache = createRowCache();
    cache.take(rows(0, 4000), 0);
    assert.ok(cache.get(3999));
    cache.take(rows(50_000, 50_040), 50_000);
    assert.equal(cache.get(3999), undefined);
    assert.ok(cache.get(50_039));
  });
});
