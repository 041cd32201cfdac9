// Options and labels that are typed as name=value.
import type { App } from '../app/index.ts';
import { t } from '../model/l10n.ts';
import { mapOf } from '../model/pairs.ts';
import { joinWords, splitWords } from '../model/run/shell/split.ts';
import type { Field } from './askFields.ts';

/** What is typed so far, word by word. */
export interface Pairs {
  options: string[];
  labels: string[];
}

/** The pairs as the engine is given them; those that nobody typed are left out. */
export function pairsOf({ options, labels }: Pairs): {
  options?: Record<string, string>;
  labels?: Record<string, string>;
} {
  return {
    ...(options.length > 0 && { options: mapOf(options) }),
    ...(labels.length > 0 && { labels: mapOf(labels) }),
  };
}

/** The options of a driver and the labels of what is created, as rows for `askFields`; they are kept in `made`. */
export function pairFields(
  { ui }: Pick<App, 'ui'>,
  title: string,
  made: Pairs,
  examples: { options: string },
): Field[] {
  const field = (label: string, key: keyof Pairs, prompt: string, placeholder: string): Field => ({
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
