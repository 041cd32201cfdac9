// What the commands that delete from registries share: which tags they are about, and how they say what goes.

import type { App } from '../../app/index.ts';
import type { Report } from '../../app/messages.ts';
import type { TagElement } from '../../model/elements.ts';
import { shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { rowsOf, type Target } from '../target.ts';
import { type ChosenTag, chooseTag } from './choose.ts';

/** Tags and digests of one repository. */
export interface ChosenTags {
  registry: string;
  repository: string;
  references: string[];
}

/** A modal box holds about this many lines; the rest is counted. */
const maxLines = 20;

/** All tags that a command is about, by repository: the selected rows, or the one that was named or picked. */
export async function chooseTags(
  app: Pick<App, 'registries' | 'catalog' | 'ui'>,
  target: Target,
  title: string,
): Promise<ChosenTags[]> {
  const tags = rowsOf(target).filter((row): row is TagElement => row.type === 'tag');
  const chosen: ChosenTag[] =
    tags.length > 0
      ? tags.map(({ registry, repository, name }) => ({ registry, repository, reference: name }))
      : [await chooseTag(app, target, title)];
  const byRepository = new Map<string, ChosenTags>();
  for (const { registry, repository, reference } of chosen) {
    const key = `${registry}/${repository}`;
    const group = byRepository.get(key) ?? { registry, repository, references: [] };
    group.references.push(reference);
    byRepository.set(key, group);
  }
  return [...byRepository.values()];
}

/** One line for each, and how many more there are. */
export function linesOf(lines: readonly string[]): string {
  const shown = lines.slice(0, maxLines).map((line) => plain(line, 200));
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [t('and {0} more', more)] : [])].join('\n');
}

/** `sha256:0123456789ab…`, which is enough for a person to tell digests apart. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, digest.indexOf(':'))}:${shortId(digest)}…`;
}

/** Reports how many of a number of things are done. */
export function countReport(
  report: Report,
  sentence: (done: number, total: number) => string,
): (done: number, total: number) => void {
  return (done: number, total: number) => report(sentence(done, total), total > 0 ? done / total : undefined);
}
