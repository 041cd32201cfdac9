// Asks for facts about the image at the bottom of a stage.
import { formatReference, parseReference, withDefaultTag } from '../../model/reference.ts';
import type { HoverContext, ImageFacts, ImageNews } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { baseChain, type Stage, stageAt } from '../meaning/stages.ts';

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
  const facts = name === undefined ? undefined : await answerOf(() => context.image?.(name));
  return facts && !facts.user && runsAsRoot(facts) ? { ...facts, user: 'root' } : facts;
}

/** What the registry of an image has now; the name is a whole one. */
export function newsOf(name: string, context: HoverContext): Promise<ImageNews | undefined> {
  return answerOf(() => context.news?.(name));
}

/** What is known of the image that an instruction's stage is built on in the end. */
export async function baseFactsOf(
  document: Dockerfile,
  placed: Placed,
  context: HoverContext,
): Promise<ImageFacts | undefined> {
  return placed.instruction.name === 'from' ? undefined : bottomFactsOf(stageAt(document, placed.index), context);
}

/** What is known of the image that a stage is built on in the end. */
export async function bottomFactsOf(stage: Stage | undefined, context: HoverContext): Promise<ImageFacts | undefined> {
  const bottom = stage && baseChain(stage).at(-1);
  return bottom?.resolvedBase === 'scratch' ? NOTHING : lookUp(bottom?.resolvedBase, context);
}

/** The empty image, `scratch`. */
const NOTHING: ImageFacts = { user: 'root', env: [] };

/** Images for Linux run as root unless they say otherwise; on Windows there are several answers. */
function runsAsRoot({ platforms = [], env }: ImageFacts): boolean {
  return env !== undefined && platforms.length > 0 && platforms.every((platform) => platform.startsWith('linux/'));
}

/** Without the answer the rest of the hover still stands. */
async function answerOf<T>(ask: () => Promise<T | undefined> | undefined): Promise<T | undefined> {
  try {
    return (await ask()) ?? undefined;
  } catch {
    return undefined;
  }
}
