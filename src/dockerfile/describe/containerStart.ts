// How an instruction's program is run, and what a container starts in the end.
import type { Translate } from '../../model/l10n.ts';
import { lastOfItsName, type Program, type Start, shellAt, startOf } from '../meaning/outcome.ts';
import { lineOf } from '../meaning/places.ts';
import { stageAt } from '../meaning/stages.ts';
import { bottomFactsOf } from './imageLookup.ts';
import { code } from './markdown.ts';
import type { Site } from './site.ts';

/** How the instruction's program is run: by which shell, or by none. */
export function formSentences({ document, placed, command, context: { t } }: Site): string[] {
  if (command.name === 'shell') {
    return [t('From here to the end of the stage it runs the shell form of RUN, CMD and ENTRYPOINT.')];
  }
  if (command.json) {
    const words = command.json.items.map((item) => item.value);
    return words.length > 0 ? [t('JSON form: runs {0} directly, without a shell.', code(words.join(' ')))] : [];
  }
  return [t('Shell form: run by {0}', code(shellAt(document, placed).join(' ')))];
}

/** What a container runs, and what CMD or ENTRYPOINT contributes to it. */
export async function startSentences(site: Site): Promise<string[]> {
  const { document, placed, command, context } = site;
  const { t } = context;
  const stage = stageAt(document, placed.index);
  if (!stage) {
    return [];
  }
  const form = formSentences(site);
  const last = lastOfItsName(document, placed);
  if (last && last.index !== placed.index) {
    const keyword = placed.instruction.name.toUpperCase();
    return [t('Without effect: {0} on line {1} takes its place.', keyword, lineOf(document, last)), ...form];
  }
  const base = await bottomFactsOf(stage, context);
  const start = startOf(document, stage, base?.env && base);
  const { entrypoint } = start;
  if (command.name === 'entrypoint' || entrypoint === undefined || entrypoint === 'unknown') {
    return [...startSentence(start, t), ...form];
  }
  const given = code(entrypoint.words.join(' '));
  return [
    ...startSentence(start, t),
    takesArguments(entrypoint)
      ? t('Its words are arguments of the entrypoint {0}', given)
      : t('Without effect: the entrypoint {0} is in shell form, which takes no arguments.', given),
  ];
}

function startSentence({ entrypoint, command }: Start, t: Translate): string[] {
  if (command === 'unknown') {
    return [];
  }
  const further = command?.words ?? [];
  if (entrypoint === 'unknown') {
    return further.length > 0
      ? [t('A container runs {0}, or gives it to the entrypoint of the base image.', code(further.join(' ')))]
      : [];
  }
  const words = entrypoint ? [...entrypoint.words, ...(takesArguments(entrypoint) ? further : [])] : further;
  return words.length > 0 ? [t('A container runs {0}', code(words.join(' ')))] : [];
}

/** The shell of a shell form is given one command line, and does nothing with further words. */
function takesArguments(entrypoint: Program): boolean {
  return entrypoint.form === 'exec';
}
