// What is known of a stage: what it is built from, what it ends with, who uses it, its number, what its comment says.
import type { Translate } from '../../model/l10n.ts';
import { escapeMarkdown } from '../../model/text.ts';
import type { HoverContext, ImageFacts } from '../context.ts';
import type { Dockerfile } from '../document.ts';
import { docComment } from '../meaning/docComment.ts';
import { expand } from '../meaning/expand.ts';
import { exposedPorts, stateAtEnd } from '../meaning/outcome.ts';
import { lineOf } from '../meaning/places.ts';
import { stateAt } from '../meaning/scope.ts';
import { baseChain, type Stage, type StageUse, stagesOf, usesOf } from '../meaning/stages.ts';
import { lookupIn } from '../meaning/values.ts';
import { commandOf } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import { bottomFactsOf } from './imageLookup.ts';
import { code, codes, inOneLine, listed } from './markdown.ts';

const MAX_USES = 8;

/** Sentences about a stage. */
export async function describeStage(document: Dockerfile, stage: Stage, context: HoverContext): Promise<string[]> {
  const { t } = context;
  const sentences = [t('Built from {0}', chainText(stage))];
  sentences.push(...inOneLine(settings(document, stage, await bottomFactsOf(stage, context), t)));
  const uses = usesOf(document, stage);
  const count = stagesOf(document).length;
  const isLast = stage.number === count - 1;
  if (uses.length > 0) {
    const shown = uses.slice(0, MAX_USES).map((use) => useText(document, use, t));
    sentences.push(t('Used by {0}', listed(uses.length > MAX_USES ? [...shown, '…'] : shown, t)));
  } else if (!isLast) {
    sentences.push(t('No later instruction uses it. A build skips it unless it is the target.'));
  }
  if (isLast) {
    sentences.push(t('The last stage: what a build gives when no other target is named.'));
  }
  sentences.push(
    t('Stage {0} of {1}, counted from 0, from line {2}', stage.number, count, lineOf(document, stage.from)),
  );
  const doc = stage.name ? docComment(document, stage.from, stage.name) : undefined;
  return doc ? [...sentences, escapeMarkdown(doc)] : sentences;
}

/** What a container of the stage would start with, as far as it is certain. */
function settings(document: Dockerfile, stage: Stage, base: ImageFacts | undefined, t: Translate): string[] {
  const { user, workdir } = stateAtEnd(document, stage, base);
  const ports = [...new Set([...(base?.ports ?? []), ...exposedPorts(document, stage)])];
  const platform = platformOf(document, stage);
  return [
    ...(platform === undefined ? [] : [t('Platform {0}', code(platform))]),
    ...(user === undefined ? [] : [t('User {0}', code(user))]),
    ...(workdir === undefined ? [] : [t('Working directory {0}', code(workdir))]),
    ...(ports.length === 0 ? [] : [t('Exposed ports {0}', codes(ports))]),
  ];
}

/** The `--platform` of the FROM at the bottom, with its variables filled in as far as the file tells. */
function platformOf(document: Dockerfile, stage: Stage): string | undefined {
  const from = baseChain(stage).at(-1)?.from;
  const flag = from && commandOf(from.instruction).flags.find(({ name }) => name === 'platform');
  if (!from || !flag?.valueSpan) {
    return undefined;
  }
  const line = logicalOf(from.instruction).text;
  return expand(line, flag.valueSpan, from.instruction.escape, lookupIn(stateAt(document, from))).text ?? flag.value;
}

/** `a` ← `b` ← `alpine:3`: from what the stage names down to the image. */
function chainText(stage: Stage): string {
  const bases = baseChain(stage).map((one) => one.resolvedBase ?? one.base?.text ?? '');
  const shown = bases.slice(0, 10).map((base) => code(base));
  return shown.join(' ← ') + (bases.length > shown.length ? ' ← …' : '');
}

function useText(document: Dockerfile, { how, placed }: StageUse, t: Translate): string {
  const line = lineOf(document, placed);
  switch (how) {
    case 'from':
      return t('FROM on line {0}', line);
    case 'copy':
      return t('COPY on line {0}', line);
    case 'mount':
      return t('a mount on line {0}', line);
  }
}
