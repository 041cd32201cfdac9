// How the words of a row and the lines of its tooltip are put together.
import { named } from '../model/format.ts';
import { escapeMarkdown } from '../model/text.ts';

type Part = string | undefined | false;

/** A description of the parts that there are. */
export const described = (parts: readonly Part[]): string => parts.filter(Boolean).join(' · ');

/** A description as a screen reader is to say it. */
export const aloud = (description: string): string => description.replaceAll(' · ', ', ');

/** Markdown of the lines that there are. */
export const linesOf = (lines: readonly Part[]): string => lines.filter(Boolean).join('  \n');

/** `name: value` as a line of a tooltip, for a value from outside; empty where there is none. `max` as in `plain`. */
export const factLine = (name: string, value: string, max = 400): string =>
  value ? named(name, escapeMarkdown(value, max)) : '';
