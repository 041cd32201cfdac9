// The logical line of an instruction: what BuildKit is left with once line continuations are joined.
import { memo } from './memo.ts';
import type { Instruction, Span } from './nodes.ts';

export interface Logical {
  readonly text: string;
  /** Where each stretch of the instruction's text begins in `text`, in order. */
  readonly starts: readonly number[];
  /** The stretches: start and end in turn, as in `Instruction.segments`. */
  readonly segments: readonly number[];
}

/** The logical line of an instruction, without its heredoc bodies. */
export const logicalOf: (instruction: Instruction) => Logical = memo((instruction) =>
  joinSegments(instruction.text, instruction.segments),
);

/** Joins stretches of a text. */
export function joinSegments(text: string, segments: readonly number[]): Logical {
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (let i = 0; i < segments.length; i += 2) {
    const start = segments[i] ?? 0;
    const end = segments[i + 1] ?? start;
    starts.push(length);
    parts.push(text.slice(start, end));
    length += end - start;
  }
  return { text: parts.length === 1 ? (parts[0] ?? '') : parts.join(''), starts, segments };
}

/** Where a span of the logical line stands in the instruction's text; from its first to its last character. */
export function toText(logical: Logical, span: Span): Span {
  const start = mapStart(logical, span.start);
  if (span.end <= span.start) {
    return { start, end: start };
  }
  return { start, end: mapStart(logical, span.end - 1) + 1 };
}

/**
 * Where an offset of the instruction's text stands in the logical line; undefined inside comments, blank lines,
 * continuation characters, line ends and heredoc bodies.
 */
export function toLogical(logical: Logical, offset: number): number | undefined {
  let low = 0;
  let high = logical.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((logical.segments[2 * middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const start = logical.segments[2 * low] ?? 0;
  const end = logical.segments[2 * low + 1] ?? 0;
  return offset < start || offset >= end ? undefined : (logical.starts[low] ?? 0) + offset - start;
}

function mapStart(logical: Logical, offset: number): number {
  let low = 0;
  let high = logical.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((logical.starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return (logical.segments[2 * low] ?? 0) + offset - (logical.starts[low] ?? 0);
}
