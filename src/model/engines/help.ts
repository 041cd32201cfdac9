// What a failure of the engine means, and the way out: from the field notes, for people.

import { messageOf, UserError } from '../errors.ts';
import { t } from '../l10n.ts';
import { plain } from '../text.ts';
import { EngineError } from './error.ts';
import { knownFailure } from './knownFailures.ts';
import { engineHelp } from './problems.ts';

/** The sentence for any failure of a request to the engine, with a stable code; unknown ones keep their own words. */
export function explain(error: unknown): UserError {
  if (error instanceof UserError) {
    return error;
  }
  if (error instanceof EngineError && error.problem !== undefined) {
    const { sentence, actions } = engineHelp(error.problem, error.endpoint, error.message);
    return new UserError(`engine-${error.problem}`, sentence, { actions, cause: error });
  }
  const words = plain(messageOf(error), 1000);
  const match = knownFailure(words);
  if (!match) {
    return new UserError(
      'engine',
      words || t('The engine failed without saying why. Look into the log of the engine, or try again.'),
      { cause: error },
    );
  }
  const { code, sentence, note } = match;
  return new UserError(code, sentence, {
    actions: note === undefined ? [] : [{ label: t('Show Note'), note }],
    cause: error,
  });
}

/**
 * Why a process could not be started in a container: the engine then writes the reason as its output and ends
 * with 126 or 127. Undefined when the process did run.
 */
export function explainExec(exitCode: number | undefined, output: string): UserError | undefined {
  if (exitCode !== 126 && exitCode !== 127) {
    return undefined;
  }
  const words = plain(output, 1000);
  if (!/OCI runtime exec failed|executable file not found|no such file or directory/i.test(words)) {
    return undefined;
  }
  return explain(new EngineError(words));
}
