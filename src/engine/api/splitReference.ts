// References of images as the Engine API takes them: the repository and the tag apart.
import { EngineError } from '../../model/engines/error.ts';
import { referenceParts } from '../../model/reference.ts';

/** `repository:tag` or `repository@digest`, whose digest the API takes in the place of the tag. */
export function splitReference(ref: string): { repository: string; tag?: string } {
  const { repository, ...parts } = referenceParts(ref);
  const tag = parts.digest ?? parts.tag;
  if (repository === '' || tag === '') {
    throw new EngineError(`invalid reference format: "${ref}"`, { status: 400 });
  }
  return { repository, ...(tag !== undefined && { tag }) };
}
