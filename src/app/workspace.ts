// What is kept with the workspace, and what running a container takes from this machine.
import type { ExecOptions } from '../engine/types.ts';
import type { FilteredView } from '../model/elements.ts';
import type { Event } from '../model/event.ts';
import type { Remembered } from '../model/run/form/lastRun.ts';
import type { RunLineContext } from '../model/run/line.ts';
import type { RunOptions } from '../model/run/options.ts';

/** What each view is filtered by; kept with the workspace. */
export interface Filters {
  /** Empty when the view shows everything. */
  get(view: FilteredView): string;
  set(view: FilteredView, text: string): void;
  readonly onChange: Event<FilteredView>;
}

/** What running a container takes from this machine, and what is remembered of earlier runs in this workspace. */
export interface Runs {
  /** What lines are read with: the environment and the folders. */
  context(): Omit<RunLineContext, 'readFile'>;
  /** The text of a file that a line names; rejects with a sentence that says why it cannot be read. */
  readFile(path: string): Promise<string>;
  /** What was last used with an image. */
  last(image: string): Remembered | undefined;
  /** Remembers it, but no secrets. */
  keep(options: RunOptions): void;
  /** Where a path of this machine leads once its links are followed; the path itself where that cannot be known. */
  realPath(path: string): Promise<string>;
  /** Whether a program could listen at this port of this machine now. */
  isPortFree(port: number): Promise<boolean>;
}

/** How shells were opened in the containers of an image; kept with the workspace, without secrets. */
export interface Shells {
  /** `forgot` names the variables whose values were not kept; `incomplete` tells that words of the command were not. */
  last(
    image: string,
  ):
    | (Pick<ExecOptions, 'user' | 'workdir' | 'env'> & { command?: string[]; forgot?: string[]; incomplete?: boolean })
    | undefined;
  keep(image: string, choice: Pick<ExecOptions, 'user' | 'workdir' | 'env'> & { command?: string[] }): void;
}
