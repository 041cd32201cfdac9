// Asks for facts about the image at the bottom of a stage.
import { formatReference, parseReference, withDefaultTag } from '../../model/reference.ts';
import type { HoverContext, ImageFacts } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import type { BaseFacts } from '../meaning/scope.ts';
import { baseChain, stageAt } from '../meaning/stages.ts';

/** The image's whole name, `docker.io/library/alpine:3`; undefined when it is not a legal reference. */
export function fullName(reference: string): string | undefined {
  try {
    return formatReference(withDefaultTag(parseReference(reference)));
  } catch {
    return undefined;
  }
}

/** The facts about an image, or undefined where nobody has them or asking fails. */
export async function lookUp(reference: string | undefined, context: HoverContext): Promise<ImageFacts | undefined> {
  const name = reference === undefined ? undefined : fullName(reference);
  if (name === undefined) {
    return undefined;
  }
  try {
    return (await context.image?.(name)) ?? undefined;
  } catch {
    // Without the facts the rest of the hover still stands.
    return undefined;
  }
}

/** What is known of the image that an instruction's stage is built on in the end. */
export async function baseFactsOf(
  document: Dockerfile,
  placed: Placed,
  context: HoverContext,
): Promise<BaseFacts | undefined> {
  const stage = placed.instruction.name === 'from' ? undefined : stageAt(document, placed.index);
  const bottom = stage && baseChain(stage).at(-1);
  return bottom && bottom.resolvedBase !== 'scratch' ? lookUp(bottom.resolvedBase, context) : undefined;
}
