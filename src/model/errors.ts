// The errors that the product itself throws; everything else is shown with its message and a way to the log.

/** The person closed a prompt or cancelled a progress: nothing is shown, nothing is logged. */
export class Cancelled extends Error {
  override name = 'Cancelled';
  constructor() {
    super('Cancelled');
  }
}

/** What a button under an error does: run a command of ours, open a page, or open a note by its key. */
export type ErrorAction =
  | { label: string; command: string; args?: unknown[] }
  | { label: string; url: string }
  | { label: string; note: string };

/**
 * A failure that a person can act on.
 * `message` is one or two whole sentences, translated: what went wrong and the way out.
 * `code` is stable and never translated, for tests and for callers of the API.
 */
export class UserError extends Error {
  override name = 'UserError';
  readonly code: string;
  readonly actions: readonly ErrorAction[];

  constructor(code: string, message: string, options: { actions?: readonly ErrorAction[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.actions = options.actions ?? [];
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
