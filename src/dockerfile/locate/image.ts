// Finds names of stages and images: behind FROM, in `--from` and in the `from` of a mount.

import { findStage, stageAt, stagesOf } from '../meaning/stages.ts';
import type { Span } from '../syntax/nodes.ts';
import { atQuotes, type Found, holds, insideQuotes, PLAIN, type Spot } from './subject.ts';

/** The stage or the image that a word names; `copied` where files are taken from it, which a number may name too. */
export function findImageOrStage(spot: Spot, word: Span, copied: boolean): Found | undefined {
  const inside = insideQuotes(spot.line, word);
  const span = atQuotes(spot, word);
  const text = spot.line.slice(inside.start, inside.end);
  if (text === '') {
    return undefined;
  }
  const within = stageAt(spot.document, spot.placed.index);
  const stage = copied || !/^\d+$/.test(text) ? findStage(spot.document, text, within) : undefined;
  if (stage) {
    return { key: copied ? 'topic.multi-stage' : 'topic.stage', span, subject: { kind: 'stage', stage } };
  }
  if (text.toLowerCase() === 'scratch') {
    return { key: 'word.scratch', span, subject: PLAIN };
  }
  const at = text.indexOf('@');
  if (at >= 0 && spot.at > inside.start + at) {
    const digest = { start: inside.start + at + 1, end: span.end };
    return { key: 'topic.digest', span: digest, subject: { kind: 'image', text, span: inside } };
  }
  return { key: 'topic.base-image', span, subject: { kind: 'image', text, span: inside } };
}

/** The name that a FROM gives to its stage. */
export function findStageName(spot: Spot, span: Span): Found | undefined {
  const stage = stagesOf(spot.document).find((one) => one.from.index === spot.placed.index);
  return stage && holds(span, spot.at) ? { key: 'topic.stage', span, subject: { kind: 'stage', stage } } : undefined;
}
