// Asks for the rule of a clean-up, and writes down what it takes away, before and after.
import type { App } from '../app.ts';
import { formatAge } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { escapeMarkdown } from '../model/text.ts';
import { shortDigest } from './deletion.ts';

export type Plan = Awaited<ReturnType<App['editing']['plan']>>;
export type Rule = Parameters<App['editing']['plan']>[1];
export type Outcome = Awaited<ReturnType<App['editing']['cleanUp']>>;

/** Four questions, each of which can be left empty or as it is. */
export async function askRule(app: App, name: string): Promise<Rule> {
  const title = t('Clean Up {0}', name);
  const number = (value: string) =>
    value.trim() === '' || /^\d{1,6}$/.test(value.trim()) ? undefined : t('Type a number, or nothing for no limit.');
  const keep = await app.ui.input({
    title,
    prompt: t('Keep the newest how many tags? Nothing for no limit.'),
    value: '10',
    check: number,
  });
  const days = await app.ui.input({
    title,
    prompt: t('Delete only what is older than how many days? Nothing for any age.'),
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
export function limits({ keep, olderThanDays, match }: Rule): boolean {
  return keep !== undefined || olderThanDays !== undefined || (match !== undefined && !/^\**$/.test(match));
}

/** Every tag and digest that goes, as a page. */
export function planPage(name: string, plan: Plan): string {
  const ages = new Map(plan.tags.map(({ tag, created }) => [tag, created]));
  const age = (tag: string) => {
    const created = ages.get(tag);
    return created === undefined ? t('no date') : formatAge(created);
  };
  return [
    `# ${escapeMarkdown(t('What goes from {0}', name))}`,
    escapeMarkdown(t('{0} tags go, {1} stay. Nothing has been deleted yet.', plan.tags.length, plan.kept)),
    ...(plan.digests.length > 0
      ? [
          `## ${escapeMarkdown(t('Images that go with all their tags'))}`,
          plan.digests
            .map(
              ({ digest, tags, attached }) =>
                `- \`${shortDigest(digest)}\`\n${[
                  ...tags.map((tag) => `  - ${escapeMarkdown(tag)} (${escapeMarkdown(age(tag))})`),
                  ...attached.map((tag) => `  - ${escapeMarkdown(tag)} (${escapeMarkdown(t('belongs to it'))})`),
                ].join('\n')}`,
            )
            .join('\n'),
        ]
      : []),
    ...(plan.untagged.length > 0
      ? [
          `## ${escapeMarkdown(t('Tags that go alone'))}`,
          plan.untagged
            .map(({ tag, digest, because }) => {
              const why = t('{0} stays because of {1}', shortDigest(digest), because.join(', '));
              return `- ${escapeMarkdown(tag)} (${escapeMarkdown(age(tag))}): ${escapeMarkdown(why)}`;
            })
            .join('\n'),
        ]
      : []),
    ...(plan.undated.length > 0
      ? [
          `## ${escapeMarkdown(t('Tags that stay because nothing says how old they are'))}`,
          plan.undated.map((tag) => `- ${escapeMarkdown(tag)}`).join('\n'),
        ]
      : []),
  ].join('\n\n');
}

/** What was done, and what could not be. */
export function outcomePage(name: string, outcome: Outcome): string {
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
