// Users that a stage creates before it switches to them.

import { type Dockerfile, instructionsOf, type Placed } from '../document.ts';
import { commandOf } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Span } from '../syntax/nodes.ts';
import { baseChain, stageAt } from './stages.ts';

export interface Creation {
  readonly placed: Placed;
  /** The command in the logical line. */
  readonly span: Span;
  readonly text: string;
}

/** The `useradd` or `adduser` above an instruction, in its stage or one below it, that creates the user. */
export function createdBy(document: Dockerfile, placed: Placed, user: string): Creation | undefined {
  const stage = stageAt(document, placed.index);
  const chain = new Set(stage ? baseChain(stage) : []);
  let found: Creation | undefined;
  for (const other of instructionsOf(document)) {
    if (other.index >= placed.index) {
      break;
    }
    const within = other.instruction.name === 'run' ? stageAt(document, other.index) : undefined;
    if (within && chain.has(within)) {
      found = creationIn(other, user) ?? found;
    }
  }
  return found;
}

function creationIn(placed: Placed, user: string): Creation | undefined {
  const line = logicalOf(placed.instruction).text;
  const from = commandOf(placed.instruction).args.start;
  for (const match of line.slice(from).matchAll(/\b(?:useradd|adduser)\b[^;&|\n]*/g)) {
    if (match[0].split(/\s+/).slice(1).includes(user)) {
      const start = from + match.index;
      const text = match[0].trim();
      return { placed, span: { start, end: start + text.length }, text };
    }
  }
  return undefined;
}
