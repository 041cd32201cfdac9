// Colours and styles in the output of programs (SGR sequences, ECMA-48 8.3.117); everything else that terminals act upon goes.
import { hidden } from '../hidden.ts';

export interface Style {
  /** 0 to 15 are the colours of the theme; `#rrggbb` is a colour of its own. */
  color?: number | string;
  background?: number | string;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
  inverse?: true;
}

/** A stretch of a text with one style. */
export interface Run {
  from: number;
  to: number;
  style: Style;
}

export interface Styled {
  /** Without any escape; control characters are shown by their pictures. */
  text: string;
  runs: Run[];
  /** The style that holds at the end, as a sequence that sets it again; empty when there is none. */
  open: string;
}

const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for.
  /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~])|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
const controls = String.raw`\u0000-\u0008\u000a-\u001f\u007f-\u009f`;
const unseen = new RegExp(`[${controls}${hidden}]`, 'gu');
/** The quick way for the many lines that hold none. */
const remarkable = new RegExp(`[${controls}${hidden}]`, 'u');

/** Whether a line must be looked at by `readStyles` at all. */
export function hasControls(line: string): boolean {
  return remarkable.test(line);
}

/** Reads one line. */
export function readStyles(line: string): Styled {
  let text = '';
  let style: Style = {};
  let from = 0;
  let at = 0;
  const runs: Run[] = [];
  const endRun = () => {
    if (text.length > from && Object.keys(style).length > 0) {
      runs.push({ from, to: text.length, style });
    }
    from = text.length;
  };
  for (const match of line.matchAll(sequences)) {
    text += visible(line.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === 'm') {
      endRun();
      style = apply(style, match[1] ?? '');
    }
  }
  text += visible(line.slice(at));
  endRun();
  return { text, runs, open: sequenceOf(style) };
}

/** Control characters as their pictures (U+2400 …); characters that reorder text or are not seen as U+FFFD. */
function visible(part: string): string {
  return part.replace(unseen, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

function apply(before: Style, parameters: string): Style {
  // A colon separates the parts of one parameter, and is used like a semicolon for colours.
  const codes = parameters.split(/[;:]/).map((part) => (part === '' ? 0 : Number(part)));
  let style = { ...before };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extended(codes.slice(index + 1, index + 5));
      index += used;
      if (color !== undefined) {
        style[code === 38 ? 'color' : 'background'] = color;
      }
    } else {
      style = simple(style, code);
    }
  }
  return style;
}

function simple(style: Style, code: number): Style {
  switch (code) {
    case 0:
      return {};
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 22:
      return without(style, 'bold', 'dim');
    case 23:
      return without(style, 'italic');
    case 24:
      return without(style, 'underline');
    case 27:
      return without(style, 'inverse');
    case 39:
      return without(style, 'color');
    case 49:
      return without(style, 'background');
  }
  const bright = code >= 90;
  const base = bright ? code - 60 : code;
  if (base >= 30 && base <= 37) {
    return { ...style, color: base - 30 + (bright ? 8 : 0) };
  }
  return base >= 40 && base <= 47 ? { ...style, background: base - 40 + (bright ? 8 : 0) } : style;
}

function without(style: Style, ...names: (keyof Style)[]): Style {
  const rest = { ...style };
  for (const name of names) {
    delete rest[name];
  }
  return rest;
}

/** `5;n` is one of 256 colours, `2;r;g;b` any colour. */
function extended([kind, first = 0, second = 0, third = 0]: number[]): { color?: number | string; used: number } {
  if (kind === 5) {
    return { color: indexed(Math.min(255, Math.max(0, first))), used: 2 };
  }
  return kind === 2 ? { color: hex(first, second, third), used: 4 } : { used: 0 };
}

/** The usual palette of 256: 16 of the theme, a cube of 6×6×6, 24 greys. */
function indexed(index: number): number | string {
  if (index < 16) {
    return index;
  }
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return hex(grey, grey, grey);
  }
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
  const cube = index - 16;
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function hex(...parts: number[]): string {
  return `#${parts.map((part) => (Math.min(255, Math.max(0, part)) | 0).toString(16).padStart(2, '0')).join('')}`;
}

function sequenceOf(style: Style): string {
  const codes: string[] = [];
  for (const [name, code] of [
    ['bold', '1'],
    ['dim', '2'],
    ['italic', '3'],
    ['underline', '4'],
    ['inverse', '7'],
  ] as const) {
    if (style[name]) {
      codes.push(code);
    }
  }
  codes.push(...colorCodes(style.color, 38), ...colorCodes(style.background, 48));
  return codes.length === 0 ? '' : `\u001b[${codes.join(';')}m`;
}

function colorCodes(color: number | string | undefined, code: number): string[] {
  if (color === undefined) {
    return [];
  }
  if (typeof color === 'number') {
    return [`${code};5;${color}`];
  }
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [`${code};2;${parts.join(';')}`];
}
