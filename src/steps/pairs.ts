// Options and labels that are typed as name=value.
import { t } from '../model/l10n.ts';
import { splitWords } from '../model/run/shell/split.ts';

export function pairsOf(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** The sentence that says why the text is none, or undefined. */
export function checkPairs(text: string): string | undefined {
  return splitWords(text).every((word) => /^[^=]+(=|$)/.test(word))
    ? undefined
    : t('Write each as name=value, with spaces between them.');
}
