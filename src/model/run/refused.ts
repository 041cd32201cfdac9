// The refusal of a run line: whatever part of it is at fault, the failure has one code.
import { UserError } from '../errors.ts';

/** `sentence` is translated and says what is refused, and what to write instead. */
export function refused(sentence: string): UserError {
  return new UserError('run-line', sentence);
}
