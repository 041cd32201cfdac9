// Processes whose output a person sees in a terminal of the editor.
import type { Session } from '../engine/types.ts';

export interface Terminals {
  /** Opens a terminal on a process of an engine. */
  terminal(options: TerminalOptions): void;
  /** A program of this machine in a terminal, with its arguments as they are. */
  program(options: { name: string; icon: string; command: readonly string[] }): void;
  /** The control groups of a process of this machine, and whether we are root; undefined where there is no such process. */
  hostProcess(pid: number): Promise<{ groups: string; root: boolean } | undefined>;
}

export interface TerminalOptions {
  name: string;
  /** Name of a codicon. */
  icon: string;
  /** Starts the process; its output fills the terminal. Rejects with what is shown instead. */
  open(size: { columns: number; rows: number } | undefined, signal: AbortSignal): Promise<Session>;
  /** Said when the process has ended; the exit code is undefined where the engine cannot tell. */
  ended?(exitCode: number | undefined): string | Promise<string>;
  /** False where the process has no terminal: lone line feeds are mended, and what is typed goes nowhere … */
  interactive: boolean;
  /** … unless this is set: then it is echoed, and sent line by line. */
  input?: boolean;
}
