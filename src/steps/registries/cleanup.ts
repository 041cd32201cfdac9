// Asks for the rule of a clean-up, and shows what it takes away, before and after.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import { formatAge } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { escapeMarkdown } from '../../model/text.ts';
import type { CleanupPlan, CleanupRule } from '../../registry/change/cleanup.ts';
import type { CleanupReport } from '../../registry/change/editing.ts';
import { shortDigest } from './deletion.ts';

/** Four questions, each of which can be left empty or as it is. */
export async function askRule(app: Pick<App, 'ui'>, name: string): Promise<CleanupRule> {
  const title = t('Clean Up {0}', name);
  const number = (value: string) =>
    value.trim() === '' || /^\d{1,6}$/.test(value.trim()) ? undefined : t('Type a number, or nothing for no limit.');
  const keep = await app.ui.input({
    title,
    prompt: t('How many of the newest tags to keep? Leave it empty for no limit.'),
    value: '10',
    check: number,
  });
  const days = await app.ui.input({
    title,
    prompt: t('Delete only tags older than how many days? Leave it empty for any age.'),
    value: '30',
    check: number,
  });
  const match = await app.ui.input({
    title,
    prompt: t('Which tags to look at? A pattern with * and ?, such as build-*'),
    value: '*',
    check: (value) => (value.trim() ? undefined : t('Type a pattern; * stands for all tags.')),
  });
  const protect = await app.ui.input({
    title,
    prompt: t('Which tags never to delete? Names or patterns with commas between them.'),
    value: 'latest',
  });
  return {
    ...(keep.trim() === '' ? {} : { keep: Number(keep) }),
    ...(days.trim() === '' ? {} : { olderThanDays: Number(days) }),
    match: match.trim(),
    protect: protect
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  };
}

/** Whether the rule says anything at all: without a limit, everything would go. */
export function limits({ keep, olderThanDays, match }: CleanupRule): boolean {
  return keep !== undefined || olderThanDays !== undefined || (match !== undefined && !/^\**$/.test(match));
}

/** Every tag that goes, with its age, its digest, and what goes or stays because of it. */
export function choicesOf(plan: CleanupPlan): Choice<string>[] {
  const wholly = new Map(plan.digests.flatMap((gone) => gone.tags.map((tag) => [tag, gone] as const)));
  const alone = new Map(plan.untagged.map((gone) => [gone.tag, gone]));
  return plan.tags.map(({ tag, digest, created }) => {
    const { attached = [] } = wholly.get(tag) ?? {};
    const because = alone.get(tag)?.because.join(', ');
    return {
      label: tag,
      description: [created === undefined ? t('no date') : formatAge(created), shortDigest(digest)].join(' · '),
      icon: 'tag',
      value: tag,
      ...(because === undefined ? {} : { detail: t('Only the tag goes: the image stays because of {0}', because) }),
      ...(attached.length > 0
        ? { detail: t('With {0} signatures and the like that belong to it', attached.length) }
        : {}),
    };
  });
}

/** What was done, and what could not be. */
export function outcomePage(name: string, outcome: CleanupReport): string {
  return [
    `# ${escapeMarkdown(t('Cleaned up {0}', name))}`,
    escapeMarkdown(t('{0} tags and {1} images were deleted.', outcome.tags.length, outcome.digests.length)),
    escapeMarkdown(
      t(
        'The registry frees the space when it collects its garbage: its owner runs registry garbage-collect, with --delete-untagged for platforms that no tag leads to any more.',
      ),
    ),
    ...(outcome.failed.length > 0
      ? [
          `## ${escapeMarkdown(t('What could not be deleted'))}`,
          outcome.failed.map(({ what, why }) => `- ${escapeMarkdown(what)}: ${escapeMarkdown(why)}`).join('\n'),
        ]
      : []),
    ...(outcome.tags.length > 0
      ? [`## ${escapeMarkdown(t('Deleted tags'))}`, outcome.tags.map((tag) => `- ${escapeMarkdown(tag)}`).join('\n')]
      : []),
  ].join('\n\n');
}
