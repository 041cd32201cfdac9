// The text of a log line in pieces that look alike: its colours, and what was searched for.
import { readStyles, type Style } from '../../model/logs/ansi.ts';
import { marksIn } from '../../model/logs/match.ts';

export interface Piece {
  text: string;
  /** It is what was searched for. */
  marked: boolean;
  look: Look;
}

/** As CSS: two colours, and names of classes. */
export interface Look {
  color?: string;
  background?: string;
  classes: string[];
}

export interface Search {
  text: string;
  exact: boolean;
}

const plainLook: Look = { classes: [] };

/** The pieces of a line from left to right; `raw` holds escapes for its colours when `colored`. */
export function piecesOf(raw: string, colored: boolean, search: Search): Piece[] {
  const { text, runs } = colored ? readStyles(raw) : { text: raw, runs: [] };
  const marks = marksIn(text, search.text, search.exact);
  const ends = [...runs, ...marks].flatMap(({ from, to }) => [from, to]);
  const cuts = [...new Set([0, ...ends, text.length])].sort((a, b) => a - b);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? 0;
    const run = runs.find((each) => each.from <= from && to <= each.to);
    return {
      text: text.slice(from, to),
      marked: marks.some((mark) => mark.from <= from && to <= mark.to),
      look: run ? lookOf(run.style) : plainLook,
    };
  });
}

/** How a terminal's style looks on the editor's background. */
export function lookOf({ color, background, bold, dim, italic, underline, inverse }: Style): Look {
  const [front, back] = inverse
    ? [background ?? 'var(--vscode-editor-background)', color ?? 'var(--vscode-editor-foreground)']
    : [color, background];
  const switches = { bold, dim, italic, underline };
  return {
    ...(front !== undefined && { color: frontOf(front, back) }),
    ...(back !== undefined && { background: colorOf(back) }),
    classes: Object.entries(switches).flatMap(([name, on]) => (on ? [name] : [])),
  };
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
