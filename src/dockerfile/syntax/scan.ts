// Cuts a Dockerfile into its nodes in one pass, where BuildKit's parser begins and ends them.
//
// Source of the rules: BuildKit, frontend/dockerfile/parser (parser.go, directives.go, split_command.go).
import { BACKSLASH, BYTE_ORDER_MARK, HASH, isBlank, isSpace, NEWLINE, RETURN, SPACE, skipSpace, TAB } from './chars.ts';
import { flagsEnd } from './flags.ts';
import { parseJson } from './json.ts';
import { lex, unquote } from './lex.ts';
import { joinSegments, type Logical } from './logical.ts';
import type { Escape, Heredoc, Instruction, Node, Span } from './nodes.ts';

/** What the beginning of the file decides for the rest of it. */
export interface Prologue {
  nodes: Node[];
  /** Offset where the part without directives begins. */
  end: number;
  escape: Escape;
}

const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)([\t\n\f\r ]*=[\t\n\f\r ]*)/;
const DIRECTIVES = new Set(['syntax', 'escape', 'check']);
const HEREDOC_INSTRUCTIONS = new Set(['run', 'copy', 'add']);

const NO_HEREDOCS: readonly Heredoc[] = [];

/** Reads the byte order mark, a shebang line and the parser directives. */
export function scanPrologue(text: string): Prologue {
  const nodes: Node[] = [];
  let sign: Escape = '\\';
  let at = 0;
  let shebang = false;
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) {
    nodes.push({ kind: 'bom', text: text.slice(0, 1), lines: 0 });
    at = 1;
  }
  if (text.startsWith('#!', at)) {
    const end = lineEnd(text, at);
    nodes.push({ kind: 'comment', text: text.slice(at, end), lines: countLines(text, at, end) });
    at = end;
    shebang = true;
  }
  const seen = new Set<string>();
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const found = readDirective(line);
    if (!found) {
      break;
    }
    // BuildKit looks for syntax and check below a shebang line, but for escape only where there is none.
    const value = line.slice(found.valueSpan.start, found.valueSpan.end);
    const legal = found.name !== 'escape' || (!shebang && (value === '\\' || value === '`'));
    const effective = legal && !seen.has(found.name);
    seen.add(found.name);
    if (found.name === 'escape' && effective) {
      sign = value === '`' ? '`' : '\\';
    }
    nodes.push({ kind: 'directive', text: line, lines: countLines(line, 0, line.length), ...found, effective });
    at = end;
  }
  return { nodes, end: at, escape: sign };
}

/**
 * Cuts the text from `from` on, which must be where a node begins, into nodes and hands each to `accept`
 * with its end; stops when `accept` answers false.
 */
export function scanBody(
  text: string,
  from: number,
  escapeSign: Escape,
  accept: (node: Node, end: number) => boolean,
): void {
  const scanner = new Scanner(text, from, escapeSign);
  while (scanner.at < text.length) {
    const node = scanner.next();
    if (!accept(node, scanner.at)) {
      return;
    }
  }
}

/** How many line ends the editor counts: `\n`, `\r\n` and a lone `\r`. */
export function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) !== NEWLINE)) {
      count++;
    }
  }
  return count;
}

/** The heredocs that a logical line of RUN, COPY or ADD opens; none when the line is not closed properly. */
export function findHeredocs(line: string): Omit<Heredoc, 'body'>[] {
  const { words, broken } = lex(line, 0, line.length, { escape: BACKSLASH, words: true });
  if (broken) {
    return [];
  }
  const found: Omit<Heredoc, 'body'>[] = [];
  for (const marker of words) {
    const opening = /^\d*<<(-?)/.exec(line.slice(marker.start, Math.min(marker.end, marker.start + 30)));
    if (!opening) {
      continue;
    }
    const rest = line.slice(skipSpace(line, marker.start + opening[0].length, marker.end), marker.end);
    const word = rest.includes('<') ? undefined : unquote(rest);
    if (word) {
      found.push({ name: word.value, expand: !word.quoted, chomp: opening[1] === '-', marker });
    }
  }
  return found;
}

function readDirective(line: string): { name: string; nameSpan: Span; valueSpan: Span } | undefined {
  const hash = skipSpace(line, 0, line.length);
  if (line.charCodeAt(hash) !== HASH) {
    return undefined;
  }
  const start = skipSpace(line, hash + 1, line.length);
  const match = DIRECTIVE.exec(line.slice(start));
  const name = match?.[1]?.toLowerCase();
  if (!match || !name || !DIRECTIVES.has(name)) {
    return undefined;
  }
  const valueStart = start + match[0].length;
  let valueEnd = line.length;
  while (valueEnd > valueStart && isSpace(line.charCodeAt(valueEnd - 1))) {
    valueEnd--;
  }
  if (valueEnd === valueStart) {
    return undefined;
  }
  return {
    name,
    nameSpan: { start, end: start + name.length },
    valueSpan: { start: valueStart, end: valueEnd },
  };
}

/** The offset after the line's `\n`, or the end of the text. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

/** Reads node after node; remembers what it has looked up ahead, so that no stretch is searched twice. */
class Scanner {
  at: number;
  private readonly text: string;
  private readonly escapeSign: Escape;
  private nextReturn = -1;
  private nextHeredoc = -1;
  private lines = 0;
  /** The end of the line's content, without line end. */
  private contentEnd = 0;

  constructor(text: string, from: number, escapeSign: Escape) {
    this.text = text;
    this.at = from;
    this.escapeSign = escapeSign;
  }

  next(): Node {
    const start = this.at;
    this.lines = 0;
    const first = skipSpace(this.text, start, this.readLine());
    if (first >= this.contentEnd) {
      return { kind: 'blank', text: this.text.slice(start, this.at), lines: this.lines };
    }
    if (this.text.charCodeAt(first) === HASH) {
      return { kind: 'comment', text: this.text.slice(start, this.at), lines: this.lines };
    }
    return this.instruction(start, first);
  }

  private instruction(start: number, first: number): Instruction {
    const { text } = this;
    let emptyContinuation = false;
    let end = this.continuation(first);
    // A list that begins empty takes room for 17 numbers at its first one; most instructions have two.
    const segments = [first - start, (end < 0 ? this.contentEnd : end) - start];
    while (end >= 0 && this.at < text.length) {
      const lineStart = this.at;
      const content = skipSpace(text, lineStart, this.readLine());
      if (content >= this.contentEnd) {
        emptyContinuation = true;
        continue;
      }
      if (text.charCodeAt(content) === HASH) {
        continue;
      }
      end = this.continuation(lineStart);
      segments.push(lineStart - start, (end < 0 ? this.contentEnd : end) - start);
    }
    const headEnd = this.at;
    const head = this.mayHoldHeredoc(first, headEnd) ? text.slice(start, headEnd) : undefined;
    const logical = head === undefined ? undefined : joinSegments(head, segments);
    const name = logical ? keywordOf(logical.text, 0, logical.text.length) : this.keyword(start, segments);
    const heredocs = logical ? this.heredocs(start, logical, name) : NO_HEREDOCS;
    return {
      kind: 'instruction',
      text: text.slice(start, this.at),
      lines: this.lines,
      name,
      escape: this.escapeSign,
      segments,
      heredocs,
      emptyContinuation,
    };
  }

  /** The keyword in lower case; joins the line only where the keyword itself may be continued. */
  private keyword(start: number, segments: number[]): string {
    const from = start + (segments[0] ?? 0);
    const to = start + (segments[1] ?? 0);
    let at = from;
    while (at < to && !isBlank(this.text.charCodeAt(at))) {
      at++;
    }
    if (at < to || segments.length === 2) {
      return this.text.slice(from, at).toLowerCase();
    }
    const line = joinSegments(this.text.slice(start, this.at), segments).text;
    const first = skipSpace(line, 0, line.length);
    return keywordOf(line, first, line.length);
  }

  private heredocs(start: number, logical: Logical, name: string): Heredoc[] {
    if (!mayOpenHeredoc(logical.text, name, this.escapeSign)) {
      return [];
    }
    return findHeredocs(logical.text).map((found) => {
      const bodyStart = this.at - start;
      while (this.at < this.text.length) {
        const lineStart = this.at;
        this.readLine();
        if (this.isTerminator(lineStart, found.name, found.chomp)) {
          const terminator = { start: this.contentEnd - found.name.length - start, end: this.contentEnd - start };
          return { ...found, body: { start: bodyStart, end: lineStart - start }, terminator };
        }
      }
      return { ...found, body: { start: bodyStart, end: this.at - start } };
    });
  }

  private isTerminator(lineStart: number, name: string, chomp: boolean): boolean {
    let from = lineStart;
    while (chomp && this.text.charCodeAt(from) === TAB && from < this.contentEnd) {
      from++;
    }
    return this.contentEnd - from === name.length && this.text.startsWith(name, from);
  }

  private mayHoldHeredoc(from: number, to: number): boolean {
    if (this.nextHeredoc < from) {
      const found = this.text.indexOf('<<', from);
      this.nextHeredoc = found < 0 ? this.text.length : found;
    }
    return this.nextHeredoc < to;
  }

  /** The offset of the escape character that continues the line which was just read, or -1. */
  private continuation(lineStart: number): number {
    const { text } = this;
    const sign = this.escapeSign.charCodeAt(0);
    let last = this.contentEnd - 1;
    while (last >= lineStart && (text.charCodeAt(last) === SPACE || text.charCodeAt(last) === TAB)) {
      last--;
    }
    if (last < lineStart || text.charCodeAt(last) !== sign) {
      return -1;
    }
    return last > lineStart && text.charCodeAt(last - 1) === sign ? -1 : last;
  }

  /** Moves past the next `\n`, counts the line ends on the way and answers the end of the content. */
  private readLine(): number {
    const { text } = this;
    const start = this.at;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    this.at = newline < 0 ? end : end + 1;
    this.lines += newline < 0 ? 0 : 1;
    if (this.nextReturn < start) {
      const found = text.indexOf('\r', start);
      this.nextReturn = found < 0 ? text.length : found;
    }
    this.contentEnd = end;
    if (this.nextReturn < end) {
      while (this.contentEnd > start && text.charCodeAt(this.contentEnd - 1) === RETURN) {
        this.contentEnd--;
      }
      this.lines += countLines(text, start, end);
      this.nextReturn = -1;
    }
    return this.contentEnd;
  }
}

/** The keyword that a stretch of a logical line begins with, in lower case. */
function keywordOf(line: string, from: number, to: number): string {
  let at = skipSpace(line, from, to);
  const start = at;
  while (at < to && !isBlank(line.charCodeAt(at))) {
    at++;
  }
  return line.slice(start, at).toLowerCase();
}

/** RUN, COPY and ADD open heredocs, also as a trigger of one ONBUILD, unless their arguments are a JSON array. */
function mayOpenHeredoc(line: string, name: string, escapeSign: Escape): boolean {
  let from = skipSpace(line, 0, line.length) + name.length;
  let command = name;
  if (name === 'onbuild') {
    from = flagsEnd(line, from, escapeSign);
    command = keywordOf(line, from, line.length);
    from += command.length;
  }
  return HEREDOC_INSTRUCTIONS.has(command) && !parseJson(line, flagsEnd(line, from, escapeSign), line.length);
}
