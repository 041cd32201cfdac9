// A chart of lines over time, drawn as SVG; the pointer or the arrow keys show the values of a moment.
import { t } from '../../model/l10n.ts';
import { el } from '../host.ts';
import {
  areaPath,
  type Curve,
  headingText,
  linePath,
  momentAfter,
  plotHeight,
  plotWidth,
  type Scale,
  sampleAt,
  tipLeft,
  topOf,
  valuesAt,
  xOf,
  yOf,
} from './curves.ts';

export interface Chart {
  readonly element: HTMLElement;
  /** Draws what the curves are now. */
  draw(): void;
}

interface ChartOptions {
  title: string;
  /** Asked for at each drawing. */
  curves: () => readonly Curve[];
  /** Milliseconds since 1970 of the samples, of the container with most of them. */
  times: () => readonly (number | undefined)[];
  /** How many samples the width holds: one a second. */
  samples: number;
  unit: (value: number) => string;
  /** The top of the chart is not below this. */
  least: number;
  /** A line across, where it is not far above the values; 0 for none. */
  limit?: () => number;
}

/** An empty chart, whose lines come with the first `draw`. It throws nothing. */
export function createChart({ title, curves, times, samples, unit, least, limit }: ChartOptions): Chart {
  const plot = svg('svg', {
    viewBox: `0 0 ${plotWidth} ${plotHeight}`,
    preserveAspectRatio: 'none',
    role: 'img',
    tabindex: '0',
    class: 'plot',
  });
  const topText = el('span', { class: 'scale' });
  const now = el('span', { class: 'now' });
  const tip = el('div', { class: 'tip', hidden: '' });
  const frame = el('div', { class: 'frame' });
  frame.append(plot, topText, tip);
  /** Samples before the newest, while a moment is looked at. */
  let looked: number | undefined;

  function draw(): void {
    const all = curves();
    const { top, limit: line } = topOf(all, least, limit?.() ?? 0);
    const scale = { samples, top };
    const cursor = looked === undefined ? undefined : xOf(looked, scale);
    plot.replaceChildren(...shapes(all, scale, line, cursor));
    topText.textContent = unit(top);
    now.textContent = headingText(all, unit);
    const newest = valuesAt(all, 0, unit).join(' · ');
    plot.setAttribute('aria-label', t('{0}, the last {1} minutes. Now: {2}', title, samples / 60, newest));
    tip.hidden = looked === undefined;
    if (looked !== undefined && cursor !== undefined) {
      const time = times().at(-1 - looked);
      tip.replaceChildren(
        el('div', { class: 'quiet' }, time === undefined ? '' : new Date(time).toLocaleTimeString()),
        ...valuesAt(all, looked, unit).map((row) => el('div', {}, row)),
      );
      const place = (cursor / plotWidth) * frame.clientWidth;
      tip.style.left = `${tipLeft(place, frame.clientWidth, tip.offsetWidth)}px`;
    }
  }

  function look(back: number | undefined): void {
    looked = back;
    draw();
  }

  frame.addEventListener('pointermove', ({ clientX }) => {
    const { left, width } = frame.getBoundingClientRect();
    look(sampleAt((clientX - left) / width, samples));
  });
  frame.addEventListener('pointerleave', () => look(undefined));
  plot.addEventListener('keydown', (event) => {
    const moment = momentAfter(event.key, looked, samples);
    if (moment === 'none') {
      look(undefined);
    } else if (moment !== undefined) {
      look(moment);
      event.preventDefault();
    }
  });
  plot.addEventListener('blur', () => look(undefined));
  return { element: el('section', { class: 'chart' }, el('h2', {}, title, now), frame), draw };
}

/** A grid, the limit, the curves and the cursor, from back to front. */
function shapes(
  curves: readonly Curve[],
  scale: Scale,
  limit: number | undefined,
  cursor: number | undefined,
): SVGElement[] {
  const across = (y: number, name: string) =>
    svg('line', { x1: '0', x2: String(plotWidth), y1: String(y), y2: String(y), class: name });
  // The area below a line is filled only where there is nothing else in it.
  const single = curves.every(({ index }) => index === 0);
  return [
    ...[0.25, 0.5, 0.75].map((part) => across(plotHeight * part, 'grid')),
    ...(limit === undefined ? [] : [across(yOf(limit, scale), 'limit')]),
    ...curves.flatMap(({ points, index, dashed }) => {
      const line = svg('path', {
        d: linePath(points, scale),
        class: `curve line${index % 8}${dashed ? ' dashed' : ''}`,
      });
      return single && !dashed
        ? [svg('path', { d: areaPath(points, scale), class: `area line${index % 8}` }), line]
        : [line];
    }),
    ...(cursor === undefined
      ? []
      : [svg('line', { x1: `${cursor}`, x2: `${cursor}`, y1: '0', y2: String(plotHeight), class: 'cursor' })]),
  ];
}

function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  return element;
}
