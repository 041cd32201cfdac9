// What is known of an image that a Dockerfile names: whether it is here, what is newer, what it does when it runs.
import { formatAge, formatSize, shortId } from '../../model/format.ts';
import type { Translate } from '../../model/l10n.ts';
import { parseReference } from '../../model/reference.ts';
import { escapeMarkdown } from '../../model/text.ts';
import type { HoverContext, ImageFacts, ImageNews } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { expand } from '../meaning/expand.ts';
import { stateAt } from '../meaning/scope.ts';
import { lookupIn } from '../meaning/values.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Span } from '../syntax/nodes.ts';
import { fullName, lookUp, newsOf } from './imageLookup.ts';
import { code, codes, inOneLine, link, listed } from './markdown.ts';

/** Docker is of 2013: builds that are to be the same each time give an earlier date, which tells no age. */
const firstImages = Date.UTC(2013, 0);

/** Sentences about an image name: whether it is here, what it means in full, and what an engine or a registry tells of it. */
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
  const [facts, news] = await Promise.all([lookUp(text, context), newsOf(whole, context)]);
  const pull = context.pull ? [link(t('Pull'), context.pull(whole))] : [];
  return [
    ...(facts ? placeSentences(facts, pull, t) : []),
    ...(whole === subject.text ? [] : [t('In full: {0}', code(whole))]),
    ...newsSentences(whole, facts, news, pull, t),
    ...(facts ? [...settingSentences(facts, t), ...hashSentences(facts, t)] : []),
  ];
}

/** "On this engine, 7.8 MB, 3 weeks ago, linux/amd64" */
function placeSentences(facts: ImageFacts, pull: readonly string[], t: Translate): string[] {
  const sentences = facts.onEngine === false ? inOneLine([t('Not on this engine'), ...pull]) : [];
  const { size, created, platforms = [] } = facts;
  const details = [
    ...(size === undefined ? [] : [formatSize(size)]),
    ...(created === undefined || created < firstImages ? [] : [formatAge(created, Date.now(), t)]),
    ...(platforms.length === 1 ? platforms.map((platform) => escapeMarkdown(platform, 100)) : []),
  ];
  if (facts.onEngine || details.length > 0) {
    const place = facts.onEngine ? t('On this engine') : t('In its registry');
    sentences.push(listed([place, ...details], t));
  }
  if (platforms.length > 1) {
    sentences.push(t('Platforms {0}', codes(platforms)));
  }
  return sentences;
}

function newsSentences(
  whole: string,
  facts: ImageFacts | undefined,
  news: ImageNews | undefined,
  pull: readonly string[],
  t: Translate,
): string[] {
  const sentences: string[] = [];
  const { digest } = parseReference(whole);
  const here = digest === undefined ? (facts?.onEngine && facts.digests) || [] : [digest];
  if (news?.digest !== undefined && here.length > 0 && !here.includes(news.digest)) {
    const other = t('Its registry has another image under this tag now: {0}', code(shortId(news.digest)));
    // What is pinned by its digest stays what it is, whatever is pulled.
    sentences.push(...inOneLine(digest === undefined ? [other, ...pull] : [other]));
  }
  if (news?.newerTag !== undefined) {
    sentences.push(t('Its registry has a newer tag: {0}', code(news.newerTag)));
  }
  return sentences;
}

/** What containers of the image start with. */
function settingSentences(facts: ImageFacts, t: Translate): string[] {
  const { user, workdir, ports, entrypoint, command, env } = facts;
  return [
    ...inOneLine([
      ...(user ? [t('User {0}', code(user))] : []),
      ...(workdir ? [t('Working directory {0}', code(workdir))] : []),
      ...(ports?.length ? [t('Exposed ports {0}', codes(ports))] : []),
    ]),
    ...inOneLine([
      ...(entrypoint?.length ? [t('Entrypoint {0}', code(entrypoint.join(' ')))] : []),
      ...(command?.length ? [t('Command {0}', code(command.join(' ')))] : []),
    ]),
    ...(env?.length ? [t('Environment {0}', codes(env))] : []),
  ];
}

function hashSentences({ digests, id }: ImageFacts, t: Translate): string[] {
  return [...(digests?.length ? [t('Digest {0}', codes(digests))] : []), ...(id ? [t('Image id {0}', code(id))] : [])];
}
