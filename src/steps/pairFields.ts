// Options and labels that are typed as name=value.
import type { Ui } from '../app/ui.ts';
import { t } from '../model/l10n.ts';
import { mapOf } from '../model/pairs.ts';
import { joinWords, splitWords } from '../model/run/shell/split.ts';
import type { Field } from './askFields.ts';

/** Pairs as an object; undefined where there are none. */
export function pairsOf(words: readonly string[]): Record<string, string> | undefined {
  return words.length > 0 ? mapOf(words) : undefined;
}

/** The options of a driver and the labels of what is created, as rows for `askFields`; they are kept in `made`. */
export function pairFields(
  { ui }: { ui: Pick<Ui, 'input'> },
  title: string,
  made: { options: string[]; labels: string[] },
  examples: { options: string },
): Field[] {
  const field = (label: string, key: keyof typeof made, prompt: string, placeholder: string): Field => ({
    label,
    description: joinWords(made[key]) || t('none'),
    async change() {
      const text = await ui.input({ title, prompt, value: joinWords(made[key]), placeholder, check: checkPairs });
      made[key] = splitWords(text);
    },
  });
  return [
    field(
      t('Driver options'),
      'options',
      t('Options of the driver as name=value, separated by spaces; put a value with spaces in quotes'),
      examples.options,
    ),
    field(
      t('Labels'),
      'labels',
      t('Labels as name=value, separated by spaces; put a value with spaces in quotes'),
      'team=shop',
    ),
  ];
}

/** The sentence that says why the text is none, or undefined. */
function checkPairs(text: string): string | undefined {
  return splitWords(text).every((word) => /^[^=]+(=|$)/.test(word))
    ? undefined
    : t('Write each as name=value, with spaces between them.');
}
