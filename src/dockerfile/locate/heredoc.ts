// What becomes of a heredoc: a script, input for a program, or a file.
import type { Command } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Instruction, Span } from '../syntax/nodes.ts';

/**
 * `file`: COPY or ADD writes it. `script`: a POSIX shell runs it. `foreign`: a program that its shebang line names
 * runs it. `input`: a program reads it, after the shell that runs the instruction has replaced variables.
 */
export type HeredocUse = 'file' | 'script' | 'foreign' | 'input';

/** What becomes of the heredocs of an instruction. */
export function heredocUse(instruction: Instruction, command: Command): HeredocUse {
  if (command.name !== 'run') {
    return 'file';
  }
  const line = logicalOf(instruction).text;
  const first = instruction.heredocs[0];
  if (first && command.args.start === first.marker.start) {
    const after = line.slice(first.marker.end, command.args.end).trim();
    if (after === '') {
      const program = shebang(instruction.text, first.body);
      return program === undefined || isShell(program) ? 'script' : 'foreign';
    }
    return isShell(after) ? 'script' : 'input';
  }
  return isShell(line.slice(command.args.start, command.args.end)) ? 'script' : 'input';
}

/** The command line of the shebang line that a script begins with. */
export function shebangLine(text: string, body: Span): string | undefined {
  return /^#![ \t]*([^\r\n]*)/.exec(text.slice(body.start, Math.min(body.end, body.start + 300)))?.[1];
}

/** Whether a heredoc is all that its RUN has: its text is the command then. */
export function standsAlone(instruction: Instruction, command: Command): boolean {
  const marker = instruction.heredocs[0]?.marker;
  return marker !== undefined && marker.start === command.args.start && marker.end === command.args.end;
}

function shebang(text: string, body: Span): string | undefined {
  return shebangLine(text, body)?.replace(/^\/usr\/bin\/env[ \t]+(?:-S[ \t]+)?/, '');
}

function isShell(program: string): boolean {
  return /^(?:\S*\/)?(?:sh|bash|ash|dash|zsh|ksh)(?:\s|$)/.test(program);
}
