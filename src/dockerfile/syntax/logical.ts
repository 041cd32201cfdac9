// The logical line of an instruction: what BuildKit is left with once line continuations are joined.

import { memo } from './memo.ts';
import type { Instruction, Span } from './nodes.ts';
import { partitionPoint } from './partitionPoint.ts';

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
  const { starts, segments } = logical;
  const last = Math.max(0, partitionPoint(starts.length, (index) => (segments[2 * index] ?? 0) <= offset) - 1);
  const start = segments[2 * last] ?? 0;
  const end = segments[2 * last + 1] ?? 0;
  return offset < start || offset >= end ? undefined : (starts[last] ?? 0) + offset - start;
}

function mapStart({ starts, segments }: Logical, offset: number): number {
  const last = Math.max(0, partitionPoint(starts.length, (index) => (starts[index] ?? 0) <= offset) - 1);
  return (segments[2 * last] ?? 0) + offset - (starts[last] ?? 0);
}
