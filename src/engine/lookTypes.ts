// What one may see of a running container from outside. Types only.

export interface Processes {
  /** Names of the columns, as the host's `ps` gives them. */
  titles: string[];
  /** One row for each process, a value for each column. */
  rows: string[][];
}

/** A path that differs from the image. */
export interface PathChange {
  path: string;
  kind: 'changed' | 'added' | 'deleted';
}

export interface Look {
  /** The processes of a running container (GET …/top). */
  processes(container: string): Promise<Processes>;
  /** What was changed since the container was created, in the engine's order (GET …/changes). */
  pathChanges(container: string, signal?: AbortSignal): Promise<PathChange[]>;
  /**
   * About one sample a second, each as the engine gives it (`readStats` of `model/stats.ts` knows its form). Settles when
   * the stream ends; rejects with `Cancelled` once the signal is aborted.
   */
  stats(container: string, onSample: (raw: unknown) => void, signal: AbortSignal): Promise<void>;
}
