// What is known of a source of COPY or ADD.
import { formatSize } from '../../model/format.ts';
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { expand } from '../meaning/expand.ts';
import { stateAt } from '../meaning/scope.ts';
import { lookupIn } from '../meaning/values.ts';
import { code } from './markdown.ts';

/** Sentences about a source: whether it exists in the build context, how large it is, what leaves it out. */
export async function describeSource(
  document: Dockerfile,
  placed: Placed,
  subject: { source: string; instruction: string; from?: string },
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const { source, from } = subject;
  if (from !== undefined) {
    return [t('A path in {0}, not in the build context.', code(from))];
  }
  if (isRemote(source)) {
    return [t('Fetched from the network by the builder.')];
  }
  const span = { start: 0, end: source.length };
  const { text } = expand(source, span, placed.instruction.escape, lookupIn(stateAt(document, placed)));
  return text === undefined ? [t('A path within the build context.')] : sourceSentences(text, context);
}

/** Sentences about a path in the build context, with nothing left to fill in. */
export async function sourceSentences(
  path: string,
  { t, files }: Pick<HoverContext, 't' | 'files'>,
): Promise<string[]> {
  if (isRemote(path)) {
    return [t('Fetched from the network by the builder.')];
  }
  const facts = await sourceFacts(path, files);
  if (!facts) {
    return [t('A path within the build context.')];
  }
  const sentences: string[] = [];
  if (facts.ignoredBy) {
    const { file, line, pattern } = facts.ignoredBy;
    sentences.push(t('Left out of the build context by line {0} of {1}: {2}', line, code(file), code(pattern)));
  }
  if (!facts.exists) {
    return [...sentences, t('Nothing in the build context has this name.')];
  }
  if (facts.count !== undefined) {
    const size = formatSize(facts.bytes ?? 0);
    sentences.push(facts.count === 1 ? t('1 file, {0}', size) : t('{0} files, {1}', facts.count, size));
  }
  return sentences;
}

function isRemote(source: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^git@/.test(source);
}

async function sourceFacts(
  path: string,
  files: HoverContext['files'],
): ReturnType<NonNullable<typeof files>['source']> {
  try {
    return (await files?.source(path)) ?? undefined;
  } catch {
    // Without the facts the rest of the hover still stands.
    return undefined;
  }
}
