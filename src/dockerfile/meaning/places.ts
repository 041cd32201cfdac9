// Line numbers as people count them.
import type { Dockerfile, Placed } from '../document.ts';
import { logicalOf, toText } from '../syntax/logical.ts';
import type { Span } from '../syntax/nodes.ts';
import { countLines } from '../syntax/scan.ts';

/** The line, counted from 1, on which a span of an instruction's logical line begins. */
export function lineOf(document: Dockerfile, placed: Placed, span: Span = { start: 0, end: 1 }): number {
  const { start } = toText(logicalOf(placed.instruction), span);
  return (document.lines[placed.index] ?? 0) + countLines(placed.instruction.text, 0, start) + 1;
}
