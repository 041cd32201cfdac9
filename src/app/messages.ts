// What is said while and after something happens.

/** Reports a progress: a text, and how far it is (0 to 1), where that is known. */
export type Report = (text: string, fraction?: number) => void;

export interface Messages {
  /** Says a sentence that needs no answer. */
  say(message: string): void;
  /**
   * Shows that something goes on, under a title, until `run` has settled; resolves and rejects as `run` does. Where the
   * person cancels it, the signal is aborted and it rejects with Cancelled at once.
   */
  progress<T>(title: string, run: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T>;
}
