// The failure of a request to the engine: with the engine's own words, or with why there was no answer.

import { plain } from '../text.ts';
import type { Endpoint, EngineProblem } from './endpoint.ts';

export class EngineError extends Error {
  override name = 'EngineError';
  /** HTTP status, where the engine answered. */
  readonly status?: number;
  /** Why there was no answer. */
  readonly problem?: EngineProblem;
  /** The endpoint that was asked, where there was no answer. */
  readonly endpoint?: Endpoint;

  /** `words` are the engine's or the system's own, not translated; they are made plain and bounded here. */
  constructor(
    words: string,
    details: { status?: number; problem?: EngineProblem; endpoint?: Endpoint | undefined; cause?: unknown } = {},
  ) {
    super(plain(words, 2000), details.cause === undefined ? undefined : { cause: details.cause });
    if (details.status !== undefined) {
      this.status = details.status;
    }
    if (details.problem !== undefined) {
      this.problem = details.problem;
    }
    if (details.endpoint !== undefined) {
      this.endpoint = details.endpoint;
    }
  }
}
