// What one may see of a running container from outside. Types only.

import type { Disposable, Event } from '../../model/event.ts';
import type { ChangeTree, PathChange } from '../../model/files/changes.ts';
import type { ImageFile } from '../files/types.ts';

export interface Processes {
  /** Names of the columns, as the host's `ps` gives them. */
  titles: string[];
  /** One row for each process, a value for each column. */
  rows: string[][];
}

export interface Look {
  /** The processes of a running container (GET …/top); `columns` are arguments for the host's `ps` in the place of `-ef`. */
  processes(container: string, options?: { columns?: string; signal?: AbortSignal }): Promise<Processes>;
  /** What was changed since the container was created, in the engine's order (GET …/changes). */
  pathChanges(container: string, signal?: AbortSignal): Promise<PathChange[]>;
  /**
   * A file of an image, read through a container that is created for it, never started, and removed before this settles.
   * Rejects with a `UserError` `file-not-found`, `not-a-file` or `file-too-large`.
   */
  imageFile(file: ImageFile): Promise<Uint8Array>;
  /**
   * About one sample a second, each as the engine gives it (`readStats` of `model/containers/stats.ts` knows its form). Settles when
   * the stream ends; rejects with `Cancelled` once the signal is aborted.
   */
  stats(container: string, onSample: (raw: unknown) => void, signal: AbortSignal): Promise<void>;
}

/** What containers changed in their files, kept as long as somebody looks. */
export interface ChangedFiles extends Disposable {
  /** From memory, unless something may have changed since. Rejects with `Cancelled` when it was forgotten meanwhile. */
  of(container: string): Promise<ChangeTree>;
  /** What was compared last. */
  peek(container: string): ChangeTree | undefined;
  /** Nobody looks at it any more: a comparison under way ends, and the next look compares afresh. Without an id: all. */
  forget(container?: string): void;
  /** Containers that have to be asked for again, where somebody looks at them. */
  readonly onStale: Event<readonly string[]>;
}

export type { PathChange };
