// Containers as the rest of the product uses them. Types only.
import type { PathChange } from '../../../model/files/changes.ts';
import type { RunOptions } from '../../../model/run/options.ts';
import type { ExecOptions, Session, TerminalProcess } from '../../exec/types.ts';
import type { TransferOptions } from '../../files/types.ts';
import type { ContainerDetails } from '../inspections.ts';

/** What can be changed while a container is there; each has the form of the flag of the same name. */
export interface ContainerUpdate {
  /** `no`, `always`, `unless-stopped`, `on-failure[:max]`. */
  restart?: string;
  /** `512m`. No engine takes this limit away: `0` is refused with a `UserError` `limit-stays`. */
  memory?: string;
  /** Memory and swap together; `-1` takes the limit away. Where only `memory` is given, swap follows it. */
  memorySwap?: string;
  /** A decimal number of processors; `0` takes a limit of time (`--cpu-quota`) away, and is refused for one of processors. */
  cpus?: string;
  /** 0 or -1 takes the limit away. */
  pidsLimit?: number;
}

export interface CommitOptions {
  /** `repository[:tag]`; without it the image has no name. */
  ref?: string;
  message?: string;
  author?: string;
  /** Whether the container stands still while its files are read; true when absent. */
  pause?: boolean;
  /** Dockerfile instructions, as `CMD ["sh"]`. */
  changes?: string[];
}

/** The processes of a container. */
export interface Processes {
  /** Names of the columns, as the host's `ps` gives them. */
  titles: string[];
  /** One row for each process, a value for each column. */
  rows: string[][];
}

export interface LogOptions {
  follow: boolean;
  /** Lines from the end; all when absent. */
  tail?: number;
  /** Seconds since 1970, fractions allowed. */
  since?: number;
  timestamps?: boolean;
}

/** A container is named by its id or its name. */
export interface Containers extends Lifecycle, Insight, Execution {}

export interface Lifecycle {
  create(options: RunOptions): Promise<{ id: string; warnings: string[] }>;
  start(container: string): Promise<void>;
  /** `timeout` in seconds before the engine kills it, -1 for never; the container's own values where absent. */
  stop(container: string, options?: { timeout?: number; signal?: string }): Promise<void>;
  restart(container: string, options?: { timeout?: number }): Promise<void>;
  remove(container: string, options?: { force?: boolean; volumes?: boolean }): Promise<void>;
  /** SIGKILL when no signal is given: a name with or without SIG, or a number. */
  kill(container: string, signal?: string): Promise<void>;
  pause(container: string): Promise<void>;
  unpause(container: string): Promise<void>;
  rename(container: string, name: string): Promise<void>;
  update(container: string, options: ContainerUpdate): Promise<{ warnings: string[] }>;
  /** Resolves with the exit code when it has ended; at once when it does not run. */
  wait(container: string, signal: AbortSignal): Promise<number>;
  commit(container: string, options: CommitOptions): Promise<{ id: string }>;
  /** Writes all files of a container to a local tar file, compressed when its name ends in `.gz` or `.tgz`. */
  export(container: string, to: string, options: TransferOptions): Promise<{ bytes: number }>;
}

/** What one may know of a container without changing it. */
export interface Insight {
  inspect(container: string): Promise<ContainerDetails>;
  /** The processes of a running container (GET …/top); `columns` are arguments for the host's `ps` in the place of `-ef`. */
  top(container: string, options?: { columns?: string; signal?: AbortSignal }): Promise<Processes>;
  /** What was changed in its files since it was created, in the engine's order (GET …/changes). */
  changes(container: string, signal?: AbortSignal): Promise<PathChange[]>;
  /**
   * About one sample a second, each as the engine gives it (`readStats` of `model/containers/stats.ts` knows its form). Settles when
   * the stream ends; rejects with `Cancelled` once the signal is aborted.
   */
  stats(container: string, onSample: (raw: unknown) => void, signal: AbortSignal): Promise<void>;
  /** Ends when the container does (with `follow`) or with the last line. */
  logs(container: string, options: LogOptions, signal: AbortSignal): Promise<Session>;
  /** Whether a file or link is there, running or not (HEAD …/archive); works without a shell in the image. */
  pathExists(container: string, path: string): Promise<boolean>;
}

/** Processes in a container. */
export interface Execution {
  exec(container: string, options: ExecOptions): Promise<Session>;
  /**
   * Ends processes as a terminal that closes does. Gives the markers of those that were told or have ended before; the
   * others run and cannot be told, because the container has no shell, or they are not known again.
   */
  hangUp(processes: readonly TerminalProcess[]): Promise<ReadonlySet<string>>;
  /** Joins the container's main process; call before `start` to miss no output. */
  attach(container: string, options: { terminal: boolean; input: boolean }): Promise<Session>;
  /** Writes small files, owned by root, with the folders that they are in; the container need not run (PUT …/archive). */
  putFiles(container: string, files: readonly { path: string; content: string; mode: number }[]): Promise<void>;
}
