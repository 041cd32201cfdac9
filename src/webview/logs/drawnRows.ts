// The elements of the rows in sight: each is made once and stays while it is in sight.

export interface DrawnRows {
  readonly element: HTMLElement;
  /** Makes the rows from `from` to one before `to` the only ones; `known` says whether a row's text has come. */
  draw(from: number, to: number, known: (row: number) => boolean): void;
  /** Marks the row that is chosen now, in place of the one before. */
  choose(before: number | undefined, current: number | undefined): void;
  /** Takes all of them away, so that they are made anew. */
  clear(): void;
}

/** Rows inside an element, none at first. `make` gives the element of a row as it is now. */
export function createDrawnRows(element: HTMLElement, make: (row: number) => HTMLElement): DrawnRows {
  const drawn = new Map<number, { row: HTMLElement; whole: boolean }>();
  return {
    element,
    draw(from, to, known) {
      for (const [number, { row }] of drawn) {
        if (number < from || number >= to) {
          row.remove();
          drawn.delete(number);
        }
      }
      let before: Element | null = null;
      for (let number = from; number < to; number += 1) {
        const old = drawn.get(number);
        const whole = known(number);
        if (old && (old.whole || !whole)) {
          before = old.row;
          continue;
        }
        const row = make(number);
        if (old) {
          old.row.replaceWith(row);
        } else {
          element.insertBefore(row, before ? before.nextSibling : element.firstChild);
        }
        drawn.set(number, { row, whole });
        before = row;
      }
    },
    choose(before, current) {
      drawn.get(before ?? -1)?.row.classList.remove('current');
      drawn.get(current ?? -1)?.row.classList.add('current');
    },
    clear() {
      for (const { row } of drawn.values()) {
        row.remove();
      }
      drawn.clear();
    },
  };
}
