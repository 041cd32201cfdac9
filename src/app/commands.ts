// The table of commands as types: what can be run by name, with which arguments, and what it gives.
import type * as commands from '../commands/index.ts';

type CommandTable = typeof commands;

/** The name of a command, without the `docknotes.` prefix. */
export type CommandName = keyof CommandTable;

/** The name as the editor knows it. */
export type CommandId = `docknotes.${CommandName}`;

/** What a command is given after the app. */
export type CommandArguments<Name extends CommandName> = CommandTable[Name] extends (
  app: never,
  ...args: infer Args
) => unknown
  ? Args
  : never;

export type CommandResult<Name extends CommandName> = Awaited<ReturnType<CommandTable[Name]>>;
