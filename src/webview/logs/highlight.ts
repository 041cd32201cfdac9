// The text of a log line with its colours and with what was searched for marked.
import { type Run, readStyles, type Style } from '../../model/logs/ansi.ts';
import { el } from '../host.ts';

/** Puts the text into the element, as text nodes and spans. */
export function styledText(into: HTMLElement, raw: string, colored: boolean, wanted: string, exact: boolean): void {
  const { text, runs } = colored ? readStyles(raw) : { text: raw, runs: [] };
  const marks = marksIn(text, wanted, exact);
  if (runs.length === 0 && marks.length === 0) {
    into.textContent = text;
    return;
  }
  const ends = [...runs, ...marks].flatMap(({ from, to }) => [from, to]);
  const cuts = [...new Set([0, ...ends, text.length])].sort((a, b) => a - b);
  const parts: Node[] = [];
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) {
      break;
    }
    const marked = marks.some((mark) => mark.from <= from && to <= mark.to);
    const run = runs.find((each) => each.from <= from && to <= each.to);
    const part = el(marked ? 'mark' : 'span', {}, text.slice(from, to));
    if (run) {
      dress(part, run.style);
    }
    parts.push(part);
  }
  into.replaceChildren(...parts);
}

function marksIn(text: string, wanted: string, exact: boolean): Pick<Run, 'from' | 'to'>[] {
  if (wanted === '') {
    return [];
  }
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), exact ? 'gu' : 'giu');
  const marks: Pick<Run, 'from' | 'to'>[] = [];
  for (const match of text.matchAll(pattern)) {
    marks.push({ from: match.index, to: match.index + match[0].length });
    if (marks.length === 100) {
      break;
    }
  }
  return marks;
}

function dress(element: HTMLElement, { color, background, bold, dim, italic, underline, inverse }: Style): void {
  const [front, back] = inverse
    ? [background ?? 'var(--vscode-editor-background)', color ?? 'var(--vscode-editor-foreground)']
    : [color, background];
  const { style } = element;
  if (front !== undefined) {
    style.color = frontOf(front, back);
  }
  if (back !== undefined) {
    style.backgroundColor = colorOf(back);
  }
  element.classList.toggle('bold', bold === true);
  element.classList.toggle('dim', dim === true);
  element.classList.toggle('italic', italic === true);
  element.classList.toggle('underline', underline === true);
}

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];

function colorOf(color: number | string): string {
  return typeof color === 'string'
    ? color
    : `var(--vscode-terminal-ansi${color >= 8 ? 'Bright' : ''}${names[color % 8]})`;
}

/** Colours of a theme's terminal are not all seen on the editor's background, or on one another, which a terminal makes up for, too. */
function frontOf(front: number | string, back: number | string | undefined): string {
  const color = colorOf(front);
  if (back === undefined) {
    return `color-mix(in srgb, ${color} 75%, var(--vscode-editor-foreground))`;
  }
  // Light themes have a grey for white; on another colour it is to be white.
  return isWhite(front) && !isWhite(back) ? `color-mix(in srgb, ${color} 30%, white)` : color;
}

function isWhite(color: number | string): boolean {
  return color === 7 || color === 15;
}

/** The time of day of a stamp, as the person's clock shows it. */
export function timeOf(stamp: string): string {
  const time = new Date(stamp);
  if (Number.isNaN(time.getTime())) {
    return stamp;
  }
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, seconds] = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two);
  return `${hours}:${minutes}:${seconds}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
