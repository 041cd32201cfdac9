// Processes in containers as the rest of the product uses them. Types only.
import type { Endpoint } from '../../model/engines/endpoint.ts';
import type { Disposable } from '../../model/event.ts';

export interface ExecOptions {
  command: string[];
  terminal?: boolean;
  input?: boolean;
  user?: string;
  workdir?: string;
  /** `NAME=value`. */
  env?: string[];
}

/** A process that was started in a container with a terminal, as it is found again once its connection is gone. No secrets. */
export interface TerminalProcess {
  container: string;
  /** The engine's id of it, which is told whether it still runs. */
  exec: string;
  /** Hexadecimal digits in a variable that it was given. */
  marker: string;
  /** Whose it is, where that was chosen. */
  user?: string;
}

/** A running process in a container (or the main one, when attached). */
export interface Session extends Disposable {
  /** The engine's id of what `exec` has started. */
  readonly exec?: string;
  /**
   * Output in arrival order; with a terminal everything is `stdout`.
   * Nothing is read from the engine before the first listener is there, so that none of it is lost.
   */
  readonly onOutput: (listener: (data: Uint8Array, stream: 'stdout' | 'stderr') => void) => Disposable;
  /** Settles when the output has ended (see `onOutput`) or the session is disposed; undefined when the exit code is not known. */
  readonly ended: Promise<number | undefined>;
  write(data: string | Uint8Array): void;
  /** Closes standard input. */
  end(): void;
  resize(columns: number, rows: number): Promise<void>;
  /** Lets the engine wait while a slow reader catches up. */
  pause(): void;
  resume(): void;
}

/** What scripts in a container need of the engine's containers. */
export interface ExecClient {
  exec(container: string, options: ExecOptions): Promise<Session>;
  pathExists(container: string, path: string): Promise<boolean>;
}

/** What terminals need of an engine's client. */
export interface TerminalClient {
  readonly endpoint: Endpoint;
  readonly containers: {
    exec(container: string, options: ExecOptions): Promise<Session>;
    /** Gives the markers of the processes that were told, or have ended before. */
    hangUp(processes: readonly TerminalProcess[]): Promise<ReadonlySet<string>>;
  };
}
