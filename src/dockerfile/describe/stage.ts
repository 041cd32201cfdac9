// What is known of a stage: its number, what it is built from, who uses it, what its comment says.
import type { Translate } from '../../model/l10n.ts';
import { escapeMarkdown } from '../../model/text.ts';
import type { Dockerfile } from '../document.ts';
import { docComment } from '../meaning/docComment.ts';
import { lineOf } from '../meaning/places.ts';
import { baseChain, type Stage, type StageUse, stagesOf, usesOf } from '../meaning/stages.ts';
import { code } from './markdown.ts';

const MOST_USES = 8;

/** Sentences about a stage. */
export function describeStage(document: Dockerfile, stage: Stage, t: Translate): string[] {
  const sentences: string[] = [];
  const doc = stage.name ? docComment(document, stage.from, stage.name) : undefined;
  if (doc) {
    sentences.push(escapeMarkdown(doc));
  }
  const count = stagesOf(document).length;
  sentences.push(
    t('Stage {0} of {1}, counted from 0, from line {2}', stage.number, count, lineOf(document, stage.from)),
  );
  sentences.push(t('Built from {0}', chainText(stage)));
  const uses = usesOf(document, stage);
  const isLast = stage.number === count - 1;
  if (uses.length > 0) {
    const shown = uses.slice(0, MOST_USES).map((use) => useText(document, use, t));
    sentences.push(t('Used by {0}', shown.join(', ') + (uses.length > MOST_USES ? ', …' : '')));
  } else if (!isLast) {
    sentences.push(t('No later instruction uses it. A build skips it unless it is the target.'));
  }
  if (isLast) {
    sentences.push(t('The last stage: what a build gives when no other target is named.'));
  }
  return sentences;
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
