// Image references as commands take them: checked while they are typed, and with nothing left open.
import { messageOf } from '../../model/errors.ts';
import { familiarName, parseReference, withDefaultTag } from '../../model/reference.ts';

/** The sentence that says why the text is no image reference, or undefined. */
export function checkReference(text: string): string | undefined {
  try {
    parseReference(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** The reference as people write it, with its tag: `busybox` -> `busybox:latest`. Throws a UserError `bad-reference`. */
export function fullReference(text: string): string {
  return familiarName(withDefaultTag(parseReference(text)));
}

/** `localhost:5000/team/box:1` -> its registry, repository (`team/box`) and tag. Throws a UserError `bad-reference`. */
export function partsOf(ref: string): { registry: string; repository: string; tag: string } {
  const { host, path, tag } = parseReference(ref);
  return { registry: host, repository: path, tag: tag ?? 'latest' };
}
