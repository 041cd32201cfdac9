// A chart's geometry and texts.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  areaPath,
  type Curve,
  headingText,
  linePath,
  momentAfter,
  type Points,
  plotHeight,
  plotWidth,
  sampleAt,
  tipLeft,
  topOf,
  valuesAt,
  xOf,
  yOf,
} from '../../../../src/webview/containers/curves.ts';

const curve = (points: Points, more: Partial<Curve> = {}): Curve => ({
  container: 'web',
  index: 0,
  kind: '',
  dashed: false,
  points,
  ...more,
});
const received = curve([1, 2], { kind: 'received' });
const sent = curve([3, undefined], { kind: 'sent', dashed: true });
const other = { container: 'db', index: 1 };
const unit = (value: number) => `${value} B`;

describe('the scale of a chart', () => {
  it('ends at a round value above all points, and not below the least one', () => {
    assert.deepEqual(topOf([curve([3, undefined, 42]), curve([7])], 10, 0), { top: 50 });
    assert.deepEqual(topOf([curve([3])], 10, 0), { top: 10 });
    assert.deepEqual(topOf([], 10, 0), { top: 10 });
  });

  it('takes in a limit that is near, and leaves out one that would flatten the lines', () => {
    assert.deepEqual(topOf([curve([30])], 10, 120), { top: 200, limit: 120 });
    assert.deepEqual(topOf([curve([30])], 10, 121), { top: 50 });
  });

  it('has the newest sample at the right edge and the oldest at the left one', () => {
    assert.equal(xOf(0, { samples: 120 }), plotWidth);
    assert.equal(xOf(119, { samples: 120 }), 0);
  });

  it('has zero at the lower edge, and values above the top at the upper one', () => {
    assert.equal(yOf(0, { top: 50 }), plotHeight);
    assert.equal(yOf(50, { top: 50 }), 4);
    assert.equal(yOf(500, { top: 50 }), 4);
  });
});

describe('the lines of a chart', () => {
  const scale = { samples: 7, top: 146 };

  it('are broken where there is no value', () => {
    assert.equal(linePath([0, 146, undefined, 73], scale), 'M300.0,150.0L400.0,4.0M600.0,77.0');
    assert.equal(linePath([undefined], scale), '');
  });

  it('have areas that stand on the lower edge', () => {
    assert.equal(
      areaPath([0, 146, undefined, 73], scale),
      ['M300.0,150L300.0,150.0L400.0,4.0L400.0,150Z', 'M600.0,150L600.0,77.0L600.0,150Z'].join(''),
    );
  });
});

describe('the moment of a chart that is looked at', () => {
  it('is the sample nearest to the pointer, within the chart', () => {
    assert.deepEqual(
      [1, 0.5, 0.49, 0, -3, 7].map((part) => sampleAt(part, 101)),
      [0, 50, 51, 100, 100, 0],
    );
  });

  it('is the newest at the first arrow key, then the one beside it', () => {
    assert.equal(momentAfter('ArrowLeft', undefined, 120), 0);
    assert.equal(momentAfter('ArrowLeft', 0, 120), 1);
    assert.equal(momentAfter('ArrowLeft', 119, 120), 119);
    assert.equal(momentAfter('ArrowRight', 5, 120), 4);
    assert.equal(momentAfter('ArrowRight', 0, 120), 0);
  });

  it("is put away with Escape; other keys are not the chart's", () => {
    assert.equal(momentAfter('Escape', 3, 120), 'none');
    assert.equal(momentAfter('Tab', 3, 120), undefined);
  });

  it('has its box at the right of the cursor, else at the left, and always within the page', () => {
    assert.equal(tipLeft(100, 600, 80), 112);
    assert.equal(tipLeft(550, 600, 80), 458);
    assert.equal(tipLeft(50, 100, 80), 0);
  });
});

describe('the texts of a chart', () => {
  it('name neither the container nor the kind where there is one', () => {
    assert.deepEqual(valuesAt([curve([1, 2])], 0, unit), ['2 B']);
    assert.equal(headingText([curve([1, 2])], unit), '2 B');
  });

  it('name the kinds with the signs of their lines', () => {
    assert.deepEqual(valuesAt([received, sent], 0, unit), ['━ received: 2 B', '┅ sent: –']);
    assert.equal(headingText([received, sent], unit), '━ received: 2 B · ┅ sent: –');
  });

  it('name the containers', () => {
    const curves = [curve([1, 2]), curve([5], other)];
    assert.deepEqual(valuesAt(curves, 0, unit), ['web: 2 B', 'db: 5 B']);
    assert.deepEqual(valuesAt(curves, 1, unit), ['web: 1 B', 'db: –']);
    assert.equal(headingText(curves, unit), 'web: 2 B · db: 5 B');
  });

  it('leave values out of the heading where there are too many', () => {
    const three = [curve([1]), curve([1], other), curve([1], { container: 'mq', index: 2 })];
    assert.equal(headingText(three, unit), '');
    const both = [received, { ...received, ...other }, sent, { ...sent, ...other }];
    assert.equal(headingText(both, unit), '━ received · ┅ sent');
    assert.equal(valuesAt(both, 0, unit)[3], '┅ db sent: –');
  });
});
