// Finds variables and says who replaces them.

import { AUTOMATIC_ARGS, NAMED_VARIABLES, own, PREDEFINED_ARGS } from '../catalog.ts';
import { BACKSLASH, type Letters } from '../syntax/chars.ts';
import { type Command, commandOf, effectiveCommand } from '../syntax/command.ts';
import { type Lexed, lex, type Variable } from '../syntax/lex.ts';
import { logicalOf } from '../syntax/logical.ts';
import { memo } from '../syntax/memo.ts';
import type { Heredoc, Instruction } from '../syntax/nodes.ts';
import { partitionPoint } from '../syntax/partitionPoint.ts';
import { heredocUse } from './heredoc.ts';
import { type Expander, type Found, holds, type Spot } from './subject.ts';

const AUTOMATIC = new Set(AUTOMATIC_ARGS);
const BUILDER = new Set([
  ...['add', 'arg', 'copy', 'env', 'expose', 'from'],
  ...['label', 'stopsignal', 'user', 'volume', 'workdir'],
]);
const SHELL_FORMS = new Set(['run', 'cmd', 'entrypoint', 'healthcheck']);

/** A logical line as the builder reads it, and as a shell does. */
const lexedForBuilder: (instruction: Instruction) => Lexed = memo((instruction) => lexLine(instruction, 'all'));
const lexedForShell: (instruction: Instruction) => Lexed = memo((instruction) => lexLine(instruction, 'ascii'));

function lexLine(instruction: Instruction, letters: Letters): Lexed {
  const line = logicalOf(instruction).text;
  return lex(line, 0, line.length, { escape: instruction.escape.charCodeAt(0), letters });
}

const lexedBodies: (instruction: Instruction) => readonly Lexed[] = memo((instruction) => {
  const letters = effectiveCommand(commandOf(instruction)).name === 'run' ? 'ascii' : 'all';
  return instruction.heredocs.map(({ body }) =>
    lex(instruction.text, body.start, body.end, { escape: BACKSLASH, quotes: false, letters }),
  );
});

/** The variable at a spot of the logical line. */
export function findVariable(spot: Spot, command: Command): Found | undefined {
  const expander = expanderOf(spot, command);
  if (!expander) {
    return undefined;
  }
  const lexed = (expander === 'builder' ? lexedForBuilder : lexedForShell)(spot.placed.instruction);
  const variable = innermost(lexed.variables, spot.at);
  if (!variable) {
    return undefined;
  }
  return {
    key: expander === 'nobody' ? 'topic.exec-form' : variableKey(variable.name, expander),
    span: variable,
    subject: { kind: 'variable', variable, text: spot.line, expander },
  };
}

/** The variable at an offset of a heredoc body; the offset is within the instruction's text. */
export function findVariableInBody(
  instruction: Instruction,
  heredoc: Heredoc,
  command: Command,
  at: number,
): Found | undefined {
  const variable = innermost(lexedBodies(instruction)[instruction.heredocs.indexOf(heredoc)]?.variables ?? [], at);
  const use = heredocUse(instruction, command);
  // A quoted word keeps the builder and the redirecting shell off, but a script that is run is a shell's all the same.
  const replaced = use === 'script' || (heredoc.expand && use !== 'foreign');
  if (!variable || !replaced) {
    return undefined;
  }
  const expander = use === 'file' ? 'builder' : 'build-shell';
  return {
    key: variableKey(variable.name, expander),
    span: variable,
    subject: { kind: 'variable', variable, text: instruction.text, expander },
  };
}

/** The key of a variable's note. */
export function variableKey(name: string, expander: Expander): string {
  if (AUTOMATIC.has(name)) {
    return `arg.${name.toLowerCase()}`;
  }
  for (const known of [PREDEFINED_ARGS, NAMED_VARIABLES]) {
    const key = own(known, name);
    if (key) {
      return key;
    }
  }
  if (name.startsWith('BUILDKIT_')) {
    return 'arg.buildkit';
  }
  return expander === 'builder' ? 'variable.builder' : 'variable.shell';
}

/** Variables are in the order in which they begin, so the last one that holds the offset is the innermost. */
function innermost(variables: readonly Variable[], at: number): Variable | undefined {
  const next = partitionPoint(variables.length, (index) => (variables[index]?.start ?? 0) <= at);
  for (let index = next - 1; index >= 0; index--) {
    const variable = variables[index];
    if (!variable || holds(variable, at)) {
      return variable && /^[\p{L}_]/u.test(variable.name) ? variable : undefined;
    }
    if (variable.depth === 0) {
      return undefined;
    }
  }
  return undefined;
}

function expanderOf(spot: Spot, command: Command): Expander | undefined {
  const flag = command.flags.find((one) => holds(one, spot.at));
  if (flag) {
    // BuildKit replaces no variables in the name of a stage to copy from, nor in a HEALTHCHECK.
    return command.name === 'healthcheck' || flag.name === 'from' ? undefined : 'builder';
  }
  if (BUILDER.has(command.name)) {
    return 'builder';
  }
  if (!SHELL_FORMS.has(command.name)) {
    return undefined;
  }
  if (command.json) {
    const [program = '', option = ''] = command.json.items.map((item) => item.value);
    const runsShell = /(?:^|\/)(?:sh|bash|ash|dash|zsh)$/.test(program) && /^-\w*c$/.test(option);
    if (!runsShell) {
      return 'nobody';
    }
  }
  return command.name === 'run' ? 'build-shell' : 'container-shell';
}
