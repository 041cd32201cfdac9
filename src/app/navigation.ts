// Where a person is taken: rows, commands, pages of the browser, the log and the settings.
import type { Element } from '../model/elements.ts';
import type { ErrorAction } from '../model/errors.ts';
import type { CommandArguments, CommandName, CommandResult } from './commands.ts';

export interface Navigation {
  /** Shows a row of a view (its id without the `docknotes.` prefix), with what is above it opened. */
  reveal(view: string, element: Element): Promise<void>;
  /**
   * Runs a command of ours as if a person had called it. Called with options it rejects as the command does; without,
   * a failure is shown, and it resolves with undefined.
   */
  command<Name extends CommandName>(
    name: Name,
    ...args: CommandArguments<Name>
  ): Promise<CommandResult<Name> | undefined>;
  /** Does what a failure offers. */
  follow(action: ErrorAction): Promise<void>;
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Opens a page in the browser. Rejects with a UserError for what is not the address of one. */
  browse(url: string): Promise<void>;
  showLog(): void;
  settings(): Promise<void>;
}
