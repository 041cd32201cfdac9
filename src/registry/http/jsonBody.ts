// Reads JSON answers.
import { isRecord } from '../../model/untyped.ts';

/** The JSON object of an answer's bytes. Throws a SyntaxError for anything else, whose message may quote the answer: it is not to be shown. */
export function parseJson(bytes: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (!isRecord(value)) {
    throw new SyntaxError('it is not a JSON object');
  }
  return value;
}
