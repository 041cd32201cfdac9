// What stands at a place of a Dockerfile: the key of its note, its exact extent, and what is needed to tell more.

import type { Dockerfile, Placed } from '../document.ts';
import type { Stage } from '../meaning/stages.ts';
import type { Command } from '../syntax/command.ts';
import type { Flag, Option } from '../syntax/flags.ts';
import type { Variable } from '../syntax/lex.ts';
import type { Heredoc, Span } from '../syntax/nodes.ts';
import type { Property } from '../syntax/words.ts';

/** Who replaces a variable: the builder, the shell of a RUN while building or of the container, or nobody. */
export type Expander = 'builder' | 'build-shell' | 'container-shell' | 'nobody';

/** All spans are within the logical line of the instruction, unless said otherwise. */
export type Subject =
  | { kind: 'plain' }
  | { kind: 'instruction'; command: Command }
  | { kind: 'flag'; instruction: string; flag: Flag }
  | { kind: 'mount-type'; type: string }
  | { kind: 'mount-key'; key: string; type: string; option: Option }
  /** `text` is what the variable's spans count in: the logical line, or the instruction's text for a heredoc body. */
  | { kind: 'variable'; variable: Variable; text: string; expander: Expander }
  | { kind: 'definition'; name: string; property: Property }
  | { kind: 'stage'; stage: Stage }
  | { kind: 'image'; text: string; span: Span }
  | { kind: 'port'; port: string; protocol: string }
  | { kind: 'user'; user: string }
  | { kind: 'workdir'; path: Span }
  | { kind: 'label'; key: string }
  | { kind: 'form'; form: 'exec' | 'shell'; command: Command }
  | { kind: 'heredoc'; heredoc: Heredoc; command: Command }
  | { kind: 'source'; source: string; instruction: string; from?: string };

/** What a finder answers: `span` is within the logical line. */
export interface Found {
  readonly key: string;
  readonly span: Span;
  readonly subject: Subject;
}

/** Where a finder looks. */
export interface Spot {
  readonly document: Dockerfile;
  readonly placed: Placed;
  /** The logical line. */
  readonly line: string;
  /** The offset in it. */
  readonly at: number;
}

export const PLAIN: Subject = { kind: 'plain' };

/** Whether an offset stands within a span. */
export function holds(span: Span | undefined, at: number): boolean {
  return span !== undefined && span.start <= at && at < span.end;
}

/** The span of a stretch without the quotes around it. */
export function insideQuotes(line: string, span: Span): Span {
  const first = line.charAt(span.start);
  const quoted = span.end - span.start >= 2 && (first === '"' || first === "'") && line.charAt(span.end - 1) === first;
  return quoted ? { start: span.start + 1, end: span.end - 1 } : span;
}

/** The extent of a word that may be quoted, at a spot in it: without its quotes, unless the spot is on one of them. */
export function atQuotes(spot: Spot, word: Span): Span {
  const inside = insideQuotes(spot.line, word);
  return holds(inside, spot.at) ? inside : word;
}
