import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLogFeed, type LogFeed } from '../../../../src/model/logs/feed.ts';
import { everything } from '../../../../src/model/logs/list.ts';

function push(feed: LogFeed, source: number, stamp: string, text: string, cut = 0): void {
  feed.push({ source, stamp, text, level: 'none', cut });
}

const textsOf = (feed: LogFeed) => feed.rows(0, 1000).map(({ text }) => text);

describe('feed of logs', () => {
  it('orders the lines of several sources by time, and keeps the order within one', () => {
    const feed = createLogFeed();
    push(feed, 0, '2', 'b');
    push(feed, 0, '2', 'b too');
    push(feed, 1, '1', 'a');
    assert.deepEqual(textsOf(feed), [], 'nothing has a row before it is settled');
    assert.equal(feed.settled, false);
    feed.settle();
    assert.deepEqual(textsOf(feed), ['a', 'b', 'b too']);
    push(feed, 1, '1', 'late');
    feed.settle();
    assert.equal(textsOf(feed).at(-1), 'late', 'what has a row keeps it');
  });

  it('gives rows other numbers only where a filter leaves others', () => {
    const feed = createLogFeed();
    for (const text of ['one', 'two', 'three', 'two more']) {
      push(feed, 0, '', text);
    }
    feed.settle();
    const { version } = feed.counts();
    assert.equal(feed.setFilter({ ...everything, text: 'two' }, 0), undefined, 'a search hides nothing');
    assert.deepEqual([feed.counts().version, feed.counts().hits], [version, 2]);
    assert.deepEqual(feed.nextHit(1, false), { row: 3, place: 2 });
    assert.equal(feed.setFilter({ ...everything, text: 'two', only: true }, 3), 1, 'the row at the top stays there');
    assert.equal(feed.counts().version, version + 1);
    assert.deepEqual(textsOf(feed), ['two', 'two more']);
    assert.equal(feed.lineAt(1)?.text, 'two more');
  });

  it('cuts long lines in rows, and says in a document what was cut and what is missing', () => {
    const feed = createLogFeed();
    push(feed, 0, '12:00', 'x'.repeat(2000), 5);
    push(feed, 1, '', 'short');
    feed.settle();
    const [short, long] = feed.rows(0, 2);
    assert.deepEqual([short?.text, short?.more], ['short', false]);
    assert.deepEqual([long?.text.length, long?.more], [1000, true]);
    const text = feed.document(['web', 'db'], true);
    assert.match(text, /^db {2}short\n12:00 {2}web {2}x{2000} … 5 more characters were cut off\.\n$/);
  });

  it('begins anew after it was cleared, and counts nothing as dropped', () => {
    const feed = createLogFeed();
    push(feed, 0, '', 'gone');
    feed.settle();
    push(feed, 0, '', 'waits');
    feed.clear();
    assert.equal(feed.settled, false);
    feed.settle();
    assert.deepEqual(textsOf(feed), []);
    push(feed, 0, '', 'new');
    feed.settle();
    assert.equal(feed.counts().dropped, 0);
    assert.equal(feed.rows(0, 1000).length, 1);
  });
});
