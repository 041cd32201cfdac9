// A chart of lines over time, drawn as SVG; the pointer or the arrow keys show the values of a moment.

import { niceTop } from '../../model/containers/stats.ts';
import { t } from '../../model/l10n.ts';
import { el } from '../host.ts';

export interface Chart {
  readonly element: HTMLElement;
  draw(): void;
}

interface ChartOptions {
  title: string;
  /** One for each container. */
  names: readonly string[];
  /** Kinds of lines, each with the values of every container, oldest first. */
  lines: readonly { name: string; values: () => (number | undefined)[][]; dashed?: boolean }[];
  /** Milliseconds since 1970 of the samples, of the container with most of them. */
  times: () => (number | undefined)[];
  /** How many samples the width holds. */
  samples: number;
  unit: (value: number) => string;
  /** The top of the chart is not below this. */
  least: number;
  /** A line across, where it is not far above the values. */
  limit?: () => number;
}

const width = 600;
const height = 150;

export function createChart(options: ChartOptions): Chart {
  const { title, names, lines, times, samples, unit, least, limit } = options;
  const plot = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: 'none',
    role: 'img',
    tabindex: '0',
    class: 'plot',
  });
  const scale = el('span', { class: 'scale' });
  const now = el('span', { class: 'now' });
  const tip = el('div', { class: 'tip', hidden: '' });
  const frame = el('div', { class: 'frame' });
  frame.append(plot, scale, tip);
  const element = el('section', { class: 'chart' }, el('h2', {}, title, now), frame);
  let top = least;
  /** Samples back from the newest, while a moment is looked at. */
  let looked: number | undefined;

  const x = (back: number) => width - (back / (samples - 1)) * width;
  const y = (value: number) => height - (Math.min(value, top) / top) * (height - 4);
  const shown = () =>
    lines.flatMap(({ name, values, dashed }) =>
      values().map((points, index) => ({ name: [names[index] ?? '', name], index, points, dashed: dashed === true })),
    );

  function draw(): void {
    const all = shown();
    const highest = all.flatMap(({ points }) => points).reduce((most: number, point) => Math.max(most, point ?? 0), 0);
    const line = limit?.() ?? 0;
    const near = line > 0 && line <= highest * 4;
    top = niceTop(near ? Math.max(line, highest) : highest, least);
    plot.replaceChildren(
      ...[0.25, 0.5, 0.75].map((part) =>
        svg('line', {
          x1: '0',
          x2: String(width),
          y1: String(height * part),
          y2: String(height * part),
          class: 'grid',
        }),
      ),
      ...(near
        ? [svg('line', { x1: '0', x2: String(width), y1: `${y(line)}`, y2: `${y(line)}`, class: 'limit' })]
        : []),
      ...all.flatMap(({ points, index, dashed }) => {
        const shape = pathOf(points);
        const stroke = svg('path', { d: shape, class: `curve line${index % 8}${dashed ? ' dashed' : ''}` });
        return names.length === 1 && !dashed
          ? [svg('path', { d: areaOf(points), class: `area line${index % 8}` }), stroke]
          : [stroke];
      }),
      ...(looked === undefined
        ? []
        : [svg('line', { x1: `${x(looked)}`, x2: `${x(looked)}`, y1: '0', y2: String(height), class: 'cursor' })]),
    );
    scale.textContent = unit(top);
    // The values of many lines are too many for a heading: the table has them.
    now.textContent = names.length > 1 && lines.length > 1 ? kinds() : names.length > 2 ? '' : textOf(all, 0);
    plot.setAttribute('aria-label', t('{0}, the last {1} minutes. Now: {2}', title, samples / 60, textOf(all, 0)));
    showTip(all);
  }

  /** Stretches of the line; where there is no value the line is broken. */
  function stretches(points: readonly (number | undefined)[]): string[][] {
    const parts: string[][] = [];
    let part: string[] = [];
    for (const [index, point] of points.entries()) {
      if (point === undefined) {
        part = [];
      } else {
        if (part.length === 0) {
          parts.push(part);
        }
        part.push(`${x(points.length - 1 - index).toFixed(1)},${y(point).toFixed(1)}`);
      }
    }
    return parts;
  }

  function pathOf(points: readonly (number | undefined)[]): string {
    return stretches(points)
      .map((part) => `M${part.join('L')}`)
      .join('');
  }

  function areaOf(points: readonly (number | undefined)[]): string {
    return stretches(points)
      .map((part) => {
        const [first = '0'] = (part[0] ?? '').split(',');
        const [last = '0'] = (part.at(-1) ?? '').split(',');
        return `M${first},${height}L${part.join('L')}L${last},${height}Z`;
      })
      .join('');
  }

  const signOf = (dashed: boolean) => (dashed ? '┅' : '━');
  const kinds = () => lines.map(({ name, dashed }) => `${signOf(dashed === true)} ${name}`).join(' · ');

  /** The values of a moment, of all lines. */
  function textOf(all: ReturnType<typeof shown>, back: number): string {
    return all
      .map(({ name: [container = '', kind = ''], points, dashed }) => {
        const value = points[points.length - 1 - back];
        const sign = lines.length === 1 ? '' : signOf(dashed);
        const label = [sign, names.length > 1 ? container : '', kind].filter(Boolean).join(' ');
        const text = value === undefined ? '–' : unit(value);
        return label ? t('{0}: {1}', label, text) : text;
      })
      .join(' · ');
  }

  function showTip(all: ReturnType<typeof shown>): void {
    tip.hidden = looked === undefined;
    if (looked === undefined) {
      return;
    }
    const moments = times();
    const time = moments[moments.length - 1 - looked];
    const rows = textOf(all, looked).split(' · ');
    tip.replaceChildren(
      el('div', { class: 'quiet' }, time === undefined ? '' : new Date(time).toLocaleTimeString()),
      ...rows.map((row) => el('div', {}, row)),
    );
    const left = (x(looked) / width) * frame.clientWidth;
    const room = frame.clientWidth - tip.offsetWidth;
    tip.style.left = `${Math.max(0, left + 12 > room ? left - tip.offsetWidth - 12 : left + 12)}px`;
  }

  function look(back: number | undefined): void {
    looked = back === undefined ? undefined : Math.min(samples - 1, Math.max(0, Math.round(back)));
    draw();
  }

  frame.addEventListener('pointermove', ({ clientX }) => {
    const { left, width: wide } = frame.getBoundingClientRect();
    look((1 - (clientX - left) / wide) * (samples - 1));
  });
  frame.addEventListener('pointerleave', () => look(undefined));
  plot.addEventListener('keydown', (event) => {
    const steps: Record<string, number | undefined> = { ArrowLeft: 1, ArrowRight: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      look((looked ?? 0) + (looked === undefined ? 0 : step));
      event.preventDefault();
    } else if (event.key === 'Escape') {
      look(undefined);
    }
  });
  plot.addEventListener('blur', () => look(undefined));
  return { element, draw };
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
