// The lines of a chart as geometry and as text: scale, paths, the values of a moment. Nothing here is drawn.
import { niceTop } from '../../model/containers/stats.ts';
import { t } from '../../model/l10n.ts';

/** The size of the drawing in its own units; the page stretches it. */
export const plotWidth = 600;
export const plotHeight = 150;

/** Oldest first; undefined where there is no value. */
export type Points = readonly (number | undefined)[];

export interface Curve {
  /** Name of the container, and its number among those of the chart. */
  container: string;
  index: number;
  /** What the line shows of the container; empty in a chart with one kind of lines. */
  kind: string;
  dashed: boolean;
  points: Points;
}

export interface Scale {
  /** How many samples the width holds. */
  samples: number;
  /** The value at the upper edge. */
  top: number;
}

/**
 * The value at the upper edge: a round one above all points and not below `least`. A limit above zero counts as a point, and
 * is given back to be drawn, where it is not far above the points.
 */
export function topOf(curves: readonly Curve[], least: number, limit: number): { top: number; limit?: number } {
  const points = curves.flatMap((curve) => curve.points);
  const highest = points.reduce((max: number, point) => Math.max(max, point ?? 0), 0);
  return limit > 0 && limit <= highest * 4
    ? { top: niceTop(Math.max(limit, highest), least), limit }
    : { top: niceTop(highest, least) };
}

/** The place of the sample that is `back` samples before the newest. */
export function xOf(back: number, { samples }: Pick<Scale, 'samples'>): number {
  return plotWidth - (back / (samples - 1)) * plotWidth;
}

/** A value above the upper edge stands at that edge, which leaves room for the width of a line. */
export function yOf(value: number, { top }: Pick<Scale, 'top'>): number {
  return plotHeight - (Math.min(value, top) / top) * (plotHeight - 4);
}

/** The line as SVG path data; it is broken where there is no value. */
export function linePath(points: Points, scale: Scale): string {
  return stretches(points, scale)
    .map((stretch) => `M${stretch.map(({ x, y }) => `${x},${y}`).join('L')}`)
    .join('');
}

/** The area below the line as SVG path data. */
export function areaPath(points: Points, scale: Scale): string {
  return stretches(points, scale)
    .map((stretch) => {
      const line = stretch.map(({ x, y }) => `${x},${y}`).join('L');
      return `M${stretch[0]?.x},${plotHeight}L${line}L${stretch.at(-1)?.x},${plotHeight}Z`;
    })
    .join('');
}

function stretches(points: Points, scale: Scale): { x: string; y: string }[][] {
  const found: { x: string; y: string }[][] = [];
  let stretch: { x: string; y: string }[] = [];
  for (const [index, point] of points.entries()) {
    if (point === undefined) {
      stretch = [];
      continue;
    }
    if (stretch.length === 0) {
      found.push(stretch);
    }
    stretch.push({ x: xOf(points.length - 1 - index, scale).toFixed(1), y: yOf(point, scale).toFixed(1) });
  }
  return found;
}

/** How many samples before the newest a place is: `part` is 0 at the left edge and 1 at the right one. */
export function sampleAt(part: number, samples: number): number {
  return Math.min(samples - 1, Math.max(0, Math.round((1 - part) * (samples - 1))));
}

/**
 * The moment that a key leads to from the one that is looked at, in samples before the newest. `none` puts it away, and
 * undefined means that the key is not one of the chart's.
 */
export function momentAfter(key: string, looked: number | undefined, samples: number): number | 'none' | undefined {
  if (key === 'Escape') {
    return 'none';
  }
  const step = key === 'ArrowLeft' ? 1 : key === 'ArrowRight' ? -1 : undefined;
  // The first key shows the newest moment.
  return step && (looked === undefined ? 0 : Math.min(samples - 1, Math.max(0, looked + step)));
}

/** The values of a moment, one text for each curve. */
export function valuesAt(curves: readonly Curve[], back: number, unit: (value: number) => string): string[] {
  const severalContainers = new Set(curves.map(({ index }) => index)).size > 1;
  const severalKinds = new Set(curves.map(({ kind }) => kind)).size > 1;
  return curves.map(({ container, kind, points, dashed }) => {
    const value = points[points.length - 1 - back];
    const text = value === undefined ? '–' : unit(value);
    const sign = severalKinds ? signOf(dashed) : '';
    const label = [sign, severalContainers ? container : '', kind].filter(Boolean).join(' ');
    return label ? t('{0}: {1}', label, text) : text;
  });
}

/** What stands beside the title: the newest values, or only the kinds of lines where these are too many for a heading. */
export function headingText(curves: readonly Curve[], unit: (value: number) => string): string {
  const containers = new Set(curves.map(({ index }) => index)).size;
  const kinds = new Map(curves.map(({ kind, dashed }) => [kind, dashed]));
  if (containers > 1 && kinds.size > 1) {
    return [...kinds].map(([kind, dashed]) => `${signOf(dashed)} ${kind}`).join(' · ');
  }
  return containers > 2 ? '' : valuesAt(curves, 0, unit).join(' · ');
}

function signOf(dashed: boolean): string {
  return dashed ? '┅' : '━';
}

/** Pixels from the left of a box beside the cursor: at its right, or at its left where there is no room. */
export function tipLeft(cursor: number, frameWidth: number, tipWidth: number): number {
  const right = cursor + 12;
  return Math.max(0, right > frameWidth - tipWidth ? cursor - tipWidth - 12 : right);
}
