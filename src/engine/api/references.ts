// References of images as the Engine API takes them: the repository and the tag apart.
import { EngineError } from '../../model/engines/error.ts';

/** `repository:tag` or `repository@digest`, whose digest the API takes in the place of the tag. */
export function splitReference(ref: string): { repository: string; tag?: string } {
  const at = ref.indexOf('@');
  const name = at < 0 ? ref : ref.slice(0, at);
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = hasTag ? name.slice(0, colon) : name;
  const tag = at < 0 ? (hasTag ? name.slice(colon + 1) : undefined) : ref.slice(at + 1);
  if (repository === '' || tag === '') {
    throw new EngineError(`invalid reference format: "${ref}"`, { status: 400 });
  }
  return { repository, ...(tag !== undefined && { tag }) };
}
