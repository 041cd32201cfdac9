// What sentences about an instruction are made from.
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import type { Command } from '../syntax/command.ts';

/** An instruction, what it does, and what may be asked about it. */
export interface Site {
  readonly document: Dockerfile;
  readonly placed: Placed;
  readonly command: Command;
  readonly context: HoverContext;
}
