// Plain data that is kept between sessions and shared by all windows.
import type { Event } from './event.ts';

export interface SharedState {
  /** What is kept under a key, whichever window has changed it; undefined when nothing is. Not to be changed in place. */
  get(key: string): unknown;
  /**
   * Puts what `change` makes of it in the place of what is kept now. No other change of the key, in any window, comes
   * between. Rejects when it cannot be kept; then nothing has changed.
   */
  change(key: string, change: (now: unknown) => unknown): Promise<void>;
  /** Runs `work` while nobody else, in any window, runs any under this name. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** The key of what another window has changed. */
  readonly onElsewhere: Event<string>;
}
