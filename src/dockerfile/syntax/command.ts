// What an instruction consists of: keyword, flags, arguments; for ONBUILD the instruction that it triggers.
import { isBlank, skipSpace, trimEnd } from './chars.ts';
import { type Flag, readFlags } from './flags.ts';
import { type JsonArray, parseJson } from './json.ts';
import { logicalOf } from './logical.ts';
import { memo } from './memo.ts';
import type { Escape, Instruction, Span } from './nodes.ts';

/** The parts of an instruction; all spans are within its logical line. */
export interface Command {
  /** The keyword in lower case. */
  readonly name: string;
  readonly keyword: Span;
  readonly flags: readonly Flag[];
  /** What follows the flags, without white space at the ends; for HEALTHCHECK without NONE or CMD. */
  readonly args: Span;
  /** The arguments as a JSON array of strings, where the instruction takes that form and they are one. */
  readonly json?: JsonArray;
  /** NONE or CMD of a HEALTHCHECK, or whatever stands there. */
  readonly subject?: Span;
  /** The instruction that ONBUILD triggers; BuildKit reads one within another, and refuses the file later. */
  readonly trigger?: Command;
}

const JSON_FORMS = new Set(['add', 'cmd', 'copy', 'entrypoint', 'healthcheck', 'run', 'shell', 'volume']);

/** The parts of an instruction. */
export const commandOf: (instruction: Instruction) => Command = memo((instruction) => {
  const line = logicalOf(instruction).text;
  const outer: Command[] = [];
  let command = readCommand(line, 0, instruction.escape);
  // One within another is built from the inside out, so that a hundred thousand of them cost no call frames.
  while (command.name === 'onbuild' && command.args.end > command.args.start) {
    outer.push(command);
    command = readCommand(line, command.args.start, instruction.escape);
  }
  return outer.reduceRight((trigger, each) => ({ ...each, trigger }), command);
});

function readCommand(line: string, from: number, escapeSign: Escape): Command {
  const start = skipSpace(line, from, line.length);
  const lineEnd = trimEnd(line, start, line.length);
  let keywordEnd = start;
  while (keywordEnd < lineEnd && !isBlank(line.charCodeAt(keywordEnd))) {
    keywordEnd++;
  }
  const name = line.slice(start, keywordEnd).toLowerCase();
  const keyword = { start, end: keywordEnd };
  const { flags, end } = readFlags(line, keywordEnd, escapeSign);
  const args = { start: Math.min(end, lineEnd), end: lineEnd };
  if (name === 'healthcheck') {
    return { name, keyword, flags, ...readHealthcheck(line, args) };
  }
  const json = JSON_FORMS.has(name) ? parseJson(line, args.start, args.end) : undefined;
  return { name, keyword, flags, args, ...(json && { json }) };
}

function readHealthcheck(line: string, args: Span): Pick<Command, 'args' | 'json' | 'subject'> {
  let end = args.start;
  while (end < args.end && !isBlank(line.charCodeAt(end))) {
    end++;
  }
  const rest = { start: skipSpace(line, end, args.end), end: args.end };
  const json = parseJson(line, rest.start, rest.end);
  return { subject: { start: args.start, end }, args: rest, ...(json && { json }) };
}

/** The command that does the work: what ONBUILD triggers in the end, else the instruction itself. */
export function effectiveCommand(command: Command): Command {
  let at = command;
  while (at.trigger) {
    at = at.trigger;
  }
  return at;
}
