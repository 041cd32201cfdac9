// Where the lessons of the notes come from. Their files name the sources by number, which tells readers nothing: a hover
// leaves the numbers out, and the page of a note says what they stand for.
import type { Translate } from '../l10n.ts';

/** `[002]`, or several in a row, with the blanks before them. */
const numbers = /(?<![ \t])[ \t]*(?:\[00\d\])+/g;

/** What a source is strong on; the same as the table in media/notes/README.md. */
const sources: Readonly<Record<string, (t: Translate) => string>> = {
  '000': (t) =>
    t('Set 0, in Chinese: `docker run`, restart policies, private registries with TLS, foreground processes'),
  '001': (t) => t('Set 1, in Chinese: ports, volumes, images in levels, several processes under a supervisor'),
  '002': (t) => t('Set 2, in English: commands, Dockerfile instructions, proxies, errors and their way out'),
  '003': (t) => t("Set 3, in Chinese: volumes and data containers, links, image ids, watching the engine's API"),
  '004': (t) => t('Set 4, in Chinese: how containers work, bridges and networks, the first registry'),
};

/** Whether a text names a source. */
export function hasSources(markdown: string): boolean {
  return /\[00\d\]/.test(markdown);
}

/** The text without the numbers of its sources. */
export function withoutSources(markdown: string): string {
  return markdown.replace(numbers, '');
}

/** A whole note with its sources written out once, at its end, in place of their numbers. */
export function withSourcesWritten(markdown: string, t: Translate): string {
  const named = [...new Set([...markdown.matchAll(/\[(00\d)\]/g)].map(([, number = '']) => number))].sort();
  const lines = named.flatMap((number) => sources[number]?.(t) ?? []).map((text) => `- ${text}`);
  if (lines.length === 0) {
    return markdown;
  }
  const intro = t('The lessons come from field notes that practitioners wrote between 2014 and 2016:');
  return `${withoutSources(markdown).trimEnd()}\n\n## ${t('Sources')}\n\n${intro}\n\n${lines.join('\n')}\n`;
}
