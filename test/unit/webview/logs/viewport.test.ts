// The rows in sight of a long list, whatever is scrolled, pressed or added.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  afterKey,
  emptyViewport,
  isScaled,
  jumpedTo,
  lastTop,
  layoutOf,
  maxArea,
  movedTo,
  type Sizes,
  scrolledTo,
  settled,
  type Viewport,
  withCurrent,
  withRows,
} from '../../../../src/webview/logs/viewport.ts';

/** A window of ten and a half rows. */
const sizes: Sizes = { height: 210, row: 20 };
const hundred: Viewport = { first: 0, end: 100, top: 0, following: false, current: undefined };
const million: Viewport = { ...hundred, end: 1_000_000 };
const at = (top: number, more: Partial<Viewport> = {}): Viewport => ({ ...hundred, top, ...more });

describe('the layout of a list', () => {
  it('draws the rows in sight and the one that is cut', () => {
    assert.deepEqual(layoutOf(at(0), sizes), { area: 2000, scrollTop: 0, from: 0, to: 12, offset: 0 });
    assert.deepEqual(layoutOf(at(5), sizes), { area: 2000, scrollTop: 100, from: 5, to: 17, offset: 0 });
  });

  it('begins above the upper edge where a row is cut', () => {
    const { scrollTop, from, offset } = layoutOf(at(5.25), sizes);
    assert.deepEqual([scrollTop, from, offset], [105, 5, -5]);
  });

  it('shows the last row whole while it follows', () => {
    const view = settled(at(0, { following: true }), sizes);
    assert.equal(view.top, 90);
    // Ten rows take 200 of 210 pixels: nothing has to begin above the edge.
    assert.equal(layoutOf(view, sizes).offset, 0);
    const low = { height: 215, row: 20 };
    assert.deepEqual([lastTop(view, low), layoutOf(view, low).to], [90, 100]);
    // A row that was added before the viewport settled again.
    assert.equal(layoutOf({ ...view, end: 101 }, sizes).offset, -10);
  });

  it('needs no more room than its rows when they all fit', () => {
    const few = { ...hundred, end: 3, following: true };
    assert.deepEqual(layoutOf(settled(few, sizes), sizes), { area: 60, scrollTop: 0, from: 0, to: 3, offset: 0 });
    assert.deepEqual(layoutOf(emptyViewport, sizes), { area: 0, scrollTop: 0, from: 0, to: 0, offset: 0 });
  });

  it('counts from the first row that was not dropped', () => {
    const { area, scrollTop, from } = layoutOf({ ...hundred, first: 40, top: 45 }, sizes);
    assert.deepEqual([area, scrollTop, from], [1200, 100, 45]);
  });

  it('stays within what browsers lay out, and reaches both ends of a million rows', () => {
    assert.equal(isScaled(hundred, sizes), false);
    assert.equal(isScaled(million, sizes), true);
    const begin = layoutOf(million, sizes);
    const end = layoutOf(settled({ ...million, following: true }, sizes), sizes);
    assert.deepEqual([begin.area, begin.scrollTop, begin.from], [maxArea, 0, 0]);
    assert.deepEqual([end.area, end.scrollTop, end.to], [maxArea, maxArea - sizes.height, 1_000_000]);
  });
});

describe('scrolling a list', () => {
  it('leaves the end, and comes back to it', () => {
    const up = scrolledTo(settled({ ...hundred, following: true }, sizes), sizes, 500);
    assert.deepEqual([up.top, up.following], [25, false]);
    const down = scrolledTo(up, sizes, 2000 - 210);
    assert.deepEqual([down.top, down.following], [89.5, true]);
    assert.equal(settled(down, sizes).top, 90);
  });

  it('is the inverse of the layout, at any length', () => {
    for (const view of [
      at(33.3),
      { ...million, top: 654_321 },
      { ...million, first: 900_000, end: 1_900_000, top: 950_000 },
    ]) {
      const { scrollTop } = layoutOf(view, sizes);
      const back = scrolledTo({ ...view, top: view.first }, sizes, scrollTop);
      assert.ok(Math.abs(back.top - view.top) < 1e-6, `${back.top} for ${view.top}`);
    }
  });

  it('stops at the ends', () => {
    assert.deepEqual(movedTo(at(5), sizes, -3), at(0));
    assert.deepEqual(movedTo(at(5), sizes, 500), at(90, { following: true }));
    assert.equal(settled(at(500), sizes).top, 90);
    assert.equal(settled(at(5, { first: 10 }), sizes).top, 10);
  });
});

describe('new rows of a list', () => {
  it('move nothing but what follows the end', () => {
    assert.deepEqual(withRows(at(5), { first: 0, end: 200 }, sizes), at(5, { end: 200 }));
    const following = withRows(at(0, { following: true }), { first: 0, end: 200 }, sizes);
    assert.equal(settled(following, sizes).top, 190);
  });

  it('keep the row at the top that they are told of', () => {
    assert.deepEqual(withRows(at(5), { first: 0, end: 50 }, sizes, 30), at(30, { end: 50 }));
    const left = withRows(at(90, { following: true }), { first: 0, end: 50 }, sizes, 30);
    assert.deepEqual([left.top, left.following], [30, false]);
    const still = withRows(at(90, { following: true }), { first: 0, end: 50 }, sizes, 40);
    assert.equal(still.following, true);
  });
});

describe('the chosen row of a list', () => {
  it('is one there is', () => {
    assert.equal(withCurrent(hundred, -1).current, 0);
    assert.equal(withCurrent({ ...hundred, first: 7 }, 3).current, 7);
    assert.equal(withCurrent(hundred, 100).current, 99);
  });

  it('goes with the keys, from the top where none was chosen', () => {
    const after = (view: Viewport, key: string) => afterKey(view, sizes, key)?.current;
    assert.deepEqual(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => after(at(20.5), key)),
      [21, 19, 29, 11, 0, 99],
    );
    assert.equal(after(at(20, { current: 22 }), 'ArrowDown'), 23);
    assert.equal(after(at(20), 'x'), undefined);
  });

  it('is brought into sight by no more than is needed', () => {
    assert.equal(afterKey(at(20, { current: 25 }), sizes, 'ArrowDown')?.top, 20);
    assert.equal(afterKey(at(20, { current: 29 }), sizes, 'ArrowDown')?.top, 21);
    assert.equal(afterKey(at(20, { current: 20 }), sizes, 'ArrowUp')?.top, 19);
    assert.equal(afterKey(at(20.5, { current: 21 }), sizes, 'ArrowUp')?.top, 20);
  });

  it('follows from the last row on, and only by the key for it', () => {
    assert.equal(afterKey(at(0), sizes, 'End')?.following, true);
    assert.equal(afterKey(at(90, { following: true, current: 99 }), sizes, 'ArrowUp')?.following, true);
    assert.equal(afterKey(at(90, { following: true, current: 90 }), sizes, 'ArrowUp')?.following, false);
  });

  it('comes to the middle when it was searched for out of sight, and is not followed away', () => {
    assert.deepEqual(jumpedTo(at(20), sizes, 25), at(20, { current: 25 }));
    assert.deepEqual(jumpedTo(at(20), sizes, 60), at(55, { current: 60 }));
    assert.deepEqual(jumpedTo(at(20), sizes, 2), at(0, { current: 2 }));
    assert.deepEqual(jumpedTo(at(90, { following: true }), sizes, 95), at(90, { current: 95 }));
  });
});
