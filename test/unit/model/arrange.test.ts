// Groups, order and filters of containers and images.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { groupsOf, imageRows, matches, membersOf } from '../../../src/model/arrange.ts';
import { container, image } from './sampleObjects.ts';

describe('arrangement', () => {
  it('finds by every word, upper and lower case alike', () => {
    assert.ok(matches(['Web-1', 'nginx'], 'NGINX web'));
    assert.ok(!matches(['web'], 'web db'));
    assert.ok(matches([], ' '));
  });

  it('finds the members of groups whose names look like others', () => {
    const labels = (value: string) => ({ toString: value });
    const all = [container({ id: '1', labels: labels('a/b') }), container({ id: '2', labels: {} })];
    assert.deepEqual(
      membersOf(all, { by: 'label:toString', path: ['a/b'] }).map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual(
      all.map((each) => groupsOf(each, 'label:toString')),
      [['a/b'], []],
    );
  });

  it('sorts 2,000 images', () => {
    const images = Array.from({ length: 2000 }, (_, index) =>
      image({ id: `${index}`, tags: [`r${index}:1`], size: index }),
    );
    const rows = imageRows(images, { groupBy: 'none', sortBy: 'size', dangling: true });
    assert.equal(rows[0]?.ref, 'r1999:1');
  });
});
