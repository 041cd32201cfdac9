// A parsed Dockerfile: its nodes, where they stand, and how an edit makes the next version of it.

import type { Change, Position, Range } from './lsp.ts';
import { NEWLINE, RETURN } from './syntax/chars.ts';
import { memo } from './syntax/memo.ts';
import type { Escape, Instruction, Node, Span } from './syntax/nodes.ts';
import { partitionPoint } from './syntax/partitionPoint.ts';
import { scanBody, scanPrologue } from './syntax/scan.ts';

/**
 * The longest text of an editor that is parsed, in UTF-16 units: hovers take up to half a second at this length, and more
 * than half a minute at the 50 MB beyond which VS Code tells no language server of a document.
 */
export const MAX_LENGTH = 2_000_000;

/** One version of a Dockerfile. It never changes; `update` makes the next one and keeps the nodes that are the same. */
export interface Dockerfile {
  readonly text: string;
  /** All of the text, in order. */
  readonly nodes: readonly Node[];
  /** Where each node begins in the text. */
  readonly offsets: Int32Array;
  /** The line on which each node begins, as the editor counts. */
  readonly lines: Int32Array;
  readonly escape: Escape;
  /** How many of the nodes stand before the part where directives are no longer looked for. */
  readonly prologue: number;
  /** The text is too long to be parsed: a single node holds it, and nothing in it is known. */
  readonly unread?: true;
}

/** An instruction and its place among the nodes. */
export interface Placed {
  readonly index: number;
  readonly instruction: Instruction;
}

/** Parses a Dockerfile. Takes any text whatever, never throws, and takes time in proportion to its length. */
export function parseDockerfile(text: string): Dockerfile {
  const { nodes, end, escape: sign } = scanPrologue(text);
  const prologue = nodes.length;
  scanBody(text, end, sign, (node) => nodes.push(node) > 0);
  return place(text, nodes, sign, prologue);
}

/** Parses a Dockerfile of an editor, unless its text is longer than `MAX_LENGTH`. */
export function openDockerfile(text: string): Dockerfile {
  if (text.length <= MAX_LENGTH) {
    return parseDockerfile(text);
  }
  return { ...place(text, [{ kind: 'blank', text, lines: 0 }], '\\', 0), unread: true };
}

/** The document after some changes, each of which is made to the outcome of the one before it. */
export function update(document: Dockerfile, changes: readonly Change[]): Dockerfile {
  return changes.reduce(applyChange, document);
}

/** The offset of a position; positions beyond a line or the text are drawn back to its end. */
export function offsetAt(document: Dockerfile, position: Position): number {
  const { text, lines, offsets } = document;
  if (position.line < 0) {
    return 0;
  }
  const index = lineOwner(document, lastAtMost(lines, position.line));
  let at = offsets[index] ?? 0;
  for (let line = lines[index] ?? 0; line < position.line; line++) {
    const next = nextLine(text, at);
    if (next === undefined) {
      return text.length;
    }
    at = next;
  }
  let end = nextLine(text, at) ?? text.length;
  while (end > at && (text.charCodeAt(end - 1) === NEWLINE || text.charCodeAt(end - 1) === RETURN)) {
    end--;
  }
  return Math.min(at + Math.max(0, position.character), end);
}

/** The position of an offset. */
export function positionAt(document: Dockerfile, offset: number): Position {
  const { text, lines, offsets } = document;
  const wanted = Math.max(0, Math.min(offset, text.length));
  const index = lineOwner(document, lastAtMost(offsets, wanted));
  let at = offsets[index] ?? 0;
  let line = lines[index] ?? 0;
  for (;;) {
    const next = nextLine(text, at, wanted);
    if (next === undefined || next > wanted) {
      return { line, character: wanted - at };
    }
    at = next;
    line++;
  }
}

/** The range of a stretch of the text. */
export function rangeOf(document: Dockerfile, span: Span): Range {
  return { start: positionAt(document, span.start), end: positionAt(document, span.end) };
}

/** The index of the node that holds an offset: the one that ends there at the end of the text; -1 without nodes. */
export function nodeIndexAt(document: Dockerfile, offset: number): number {
  return document.nodes.length === 0 ? -1 : lastAtMost(document.offsets, offset);
}

/** The instructions in order, with their place. */
export const instructionsOf: (document: Dockerfile) => readonly Placed[] = memo((document) => {
  const found: Placed[] = [];
  document.nodes.forEach((instruction, index) => {
    if (instruction.kind === 'instruction') {
      found.push({ index, instruction });
    }
  });
  return found;
});

function applyChange(document: Dockerfile, change: Change): Dockerfile {
  if (!change.range) {
    return openDockerfile(change.text);
  }
  const from = offsetAt(document, change.range.start);
  const to = Math.max(from, offsetAt(document, change.range.end));
  const text = document.text.slice(0, from) + change.text + document.text.slice(to);
  if (document.unread || text.length > MAX_LENGTH) {
    return openDockerfile(text);
  }
  const first = firstTouched(document, from);
  // The first node after the directives can become one, so it is read again with them.
  if (first <= document.prologue) {
    return parseDockerfile(text);
  }
  const shift = text.length - document.text.length;
  const nodes = document.nodes.slice(0, first);
  let next = first;
  scanBody(text, document.offsets[first] ?? 0, document.escape, (node, end) => {
    nodes.push(detached(node));
    while (next < document.nodes.length && (document.offsets[next] ?? 0) + shift < end) {
      next++;
    }
    const untouched = end - shift >= to && document.offsets[next] === end - shift;
    if (untouched) {
      for (let index = next; index < document.nodes.length; index++) {
        nodes.push(document.nodes[index] as Node);
      }
    }
    return !untouched;
  });
  return place(text, nodes, document.escape, document.prologue);
}

/** The first node that a change from this offset on can alter: the one that holds it, or the one that ends there. */
function firstTouched(document: Dockerfile, offset: number): number {
  const index = nodeIndexAt(document, offset);
  const before = document.nodes[index - 1];
  const openEnded = document.offsets[index] === offset && before !== undefined && !before.text.endsWith('\n');
  return openEnded ? index - 1 : index;
}

/** The node with a text of its own: a slice would keep the whole version that it was read from in memory. */
function detached(node: Node): Node {
  return { ...node, text: ` ${node.text}`.slice(1) };
}

function place(text: string, nodes: Node[], sign: Escape, prologue: number): Dockerfile {
  const offsets = new Int32Array(nodes.length);
  const lines = new Int32Array(nodes.length);
  let offset = 0;
  let line = 0;
  nodes.forEach((node, index) => {
    offsets[index] = offset;
    lines[index] = line;
    offset += node.text.length;
    line += node.lines;
  });
  return { text, nodes, offsets, lines, escape: sign, prologue };
}

/** The node in which the line of this node begins: a byte order mark shares its line with the node after it. */
function lineOwner(document: Dockerfile, index: number): number {
  return index === 1 && document.nodes[0]?.kind === 'bom' ? 0 : index;
}

/** The index of the last entry that is not greater; 0 when all are. */
function lastAtMost(sorted: Int32Array, wanted: number): number {
  return Math.max(0, partitionPoint(sorted.length, (index) => (sorted[index] ?? 0) <= wanted) - 1);
}

/** Where the next line begins; undefined when there is none, or none that begins at `limit` or before. */
function nextLine(text: string, from: number, limit = text.length): number | undefined {
  // Looking up the next one of either line end would search the rest of a long text for the one that is not in it.
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      return at + 1;
    }
    if (code === RETURN) {
      return text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1;
    }
  }
  return undefined;
}
