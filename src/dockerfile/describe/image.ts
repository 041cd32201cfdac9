// What is known of an image that a Dockerfile names.
import { formatSize } from '../../model/format.ts';
import type { Translate } from '../../model/l10n.ts';
import { parseReference } from '../../model/reference.ts';
import { escapeMarkdown } from '../../model/text.ts';
import type { HoverContext, ImageFacts } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { expand } from '../meaning/expand.ts';
import { stateAt } from '../meaning/scope.ts';
import { lookupIn } from '../meaning/values.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Span } from '../syntax/nodes.ts';
import { fullName, lookUp } from './imageLookup.ts';
import { code, codes } from './markdown.ts';

/** Sentences about an image name: what it means in full, and what an engine or a registry tells of it. */
export async function describeImage(
  document: Dockerfile,
  placed: Placed,
  subject: { text: string; span: Span },
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const state = stateAt(document, placed);
  const line = logicalOf(placed.instruction).text;
  const { text } = expand(line, subject.span, placed.instruction.escape, lookupIn(state));
  if (text === undefined) {
    return [t('The file alone does not tell which image this is: a variable in it has no value here.')];
  }
  const whole = fullName(text);
  if (whole === undefined) {
    return [t('{0} is not a valid image name.', code(text))];
  }
  const { host, path, tag, digest } = parseReference(whole);
  const sentences = [t('In full: {0}', code(whole))];
  sentences.push(t('Registry {0}, repository {1}', code(host), code(path)));
  if (tag !== undefined) {
    sentences.push(t('Tag {0}', code(tag)));
  }
  if (digest !== undefined) {
    sentences.push(t('Digest {0}', code(digest)));
  }
  const facts = await lookUp(text, context);
  return facts ? [...sentences, ...imageFactSentences(facts, t)] : sentences;
}

function imageFactSentences(facts: ImageFacts, t: Translate): string[] {
  const sentences: string[] = [];
  const add = (value: string | undefined, sentence: (value: string) => string): void => {
    if (value) {
      sentences.push(sentence(value));
    }
  };
  add(facts.source, (value) => t('According to {0}:', escapeMarkdown(value)));
  add(facts.digest, (value) => t('Digest {0}', code(value)));
  add(facts.id, (value) => t('Image id {0}', code(value)));
  add(facts.size === undefined ? '' : formatSize(facts.size), (value) => t('Size {0}', value));
  add(dateOf(facts.created), (value) => t('Created {0}', value));
  add(list(facts.platforms), (value) => t('Platforms {0}', value));
  add(list(facts.ports), (value) => t('Exposed ports {0}', value));
  add(facts.user && code(facts.user), (value) => t('User {0}', value));
  add(facts.workdir && code(facts.workdir), (value) => t('Working directory {0}', value));
  add(words(facts.entrypoint), (value) => t('Entrypoint {0}', value));
  add(words(facts.command), (value) => t('Command {0}', value));
  add(list(facts.env), (value) => t('Environment {0}', value));
  return sentences;
}

function dateOf(created: number | undefined): string | undefined {
  const date = created === undefined ? undefined : new Date(created);
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().slice(0, 10) : undefined;
}

function list(values: readonly string[] | undefined): string | undefined {
  return values && values.length > 0 ? codes(values) : undefined;
}

function words(values: readonly string[] | undefined): string | undefined {
  return values && values.length > 0 ? code(values.join(' ')) : undefined;
}
