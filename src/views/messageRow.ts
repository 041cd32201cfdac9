// Rows that say something in the place of objects: why they are missing, or that there are more.
import { type Element, keyOf, type MessageElement } from '../model/elements.ts';
import { plain } from '../model/text.ts';
import type { Row } from './types.ts';

export const warningIcon = { name: 'warning', color: 'problemsWarningIcon.foreground' };

/** A sentence below a row; there is one at most for each row. */
export function messageUnder(row: Element, text: string, failed = false): MessageElement {
  return { type: 'message', under: keyOf(row), text, failed };
}

export function messageRow({ text, failed, opens }: MessageElement): Row {
  return {
    label: plain(text, 1000),
    kind: 'message',
    ...(failed && { icon: warningIcon }),
    ...(opens !== undefined && { opens }),
  };
}
