// Deletes old tags of a repository by rule: shows exactly what goes, asks, deletes, and reports.
import type { App } from '../../app/index.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { CleanupPlan, CleanupRule } from '../../registry/change/cleanup.ts';
import type { RevisablePlan } from '../../registry/change/editing.ts';
import { chooseRepository } from '../../steps/registries/choose.ts';
import { askRule, choicesOf, limits, outcomePage } from '../../steps/registries/cleanup.ts';
import { countReport, linesOf } from '../../steps/registries/deletion.ts';
import type { Target } from '../../steps/target.ts';

export interface CleanUpOptions {
  /** The newest so many of the tags that match stay. */
  keep?: number;
  olderThanDays?: number;
  /** Pattern with `*` and `?` of the tags that are looked at; all when absent. */
  match?: string;
  /** Patterns of tags that never go. */
  protect?: string | readonly string[];
  /** Resolves with what would go; nothing is deleted. */
  preview?: boolean;
}

/** Resolves with the tags and digests that are gone (or would be), and what could not be deleted. */
export async function cleanUpRepository(
  app: Pick<App, 'registries' | 'catalog' | 'editing' | 'ui'>,
  target?: Target,
  options?: CleanUpOptions,
): Promise<{ tags: string[]; digests: string[]; kept: number; failed: { what: string; why: string }[] }> {
  const place = await chooseRepository(app, target, t('Clean Up Repository'));
  const name = `${place.registry}/${place.repository}`;
  const rule = options ? ruleOf(options) : await askRule(app, name);
  if (!limits(rule)) {
    throw new UserError(
      'no-rule',
      t('The rule would delete every tag. Say how many to keep, how old they must be, or which pattern they match.'),
    );
  }
  const plan = await app.ui.progress(t('Examining {0}', name), (report, signal) =>
    app.editing.plan(
      place,
      rule,
      signal,
      countReport(report, (done, total) => t('{0} of {1}', done, total)),
    ),
  );
  const { kept } = plan;
  if (plan.tags.length === 0 || options?.preview) {
    if (!options) {
      app.ui.say(t('Nothing is deleted: all {0} tags of {1} stay.', kept, name));
    }
    return { tags: tagsOf(plan), digests: plan.digests.map(({ digest }) => digest), kept, failed: [] };
  }
  const going = options ? plan : await review(app, name, plan);
  const outcome = await app.ui
    .progress(t('Cleaning up {0}', name), (report, signal) =>
      app.editing.cleanUp(
        place,
        going,
        signal,
        countReport(report, (done, total) => t('{0} of {1}', done, total)),
      ),
    )
    .finally(() => app.registries.touch(place));
  if (!options) {
    await app.ui.page(t('Clean-up of {0}', place.repository), outcomePage(name, outcome));
  }
  return { ...outcome, kept: going.kept };
}

function ruleOf({ keep, olderThanDays, match, protect }: CleanUpOptions): CleanupRule {
  for (const value of [keep, olderThanDays]) {
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
      throw new UserError('bad-rule', t('{0} is not a number of tags or days.', String(value)));
    }
  }
  return {
    ...(keep === undefined ? {} : { keep }),
    ...(olderThanDays === undefined ? {} : { olderThanDays }),
    ...(match === undefined ? {} : { match }),
    ...(protect === undefined ? {} : { protect: typeof protect === 'string' ? [protect] : protect }),
  };
}

function tagsOf(plan: CleanupPlan): string[] {
  return [...plan.untagged.map(({ tag }) => tag), ...plan.digests.flatMap((gone) => [...gone.tags, ...gone.attached])];
}

/** Every tag that goes is in a list, from which a person may take some; what is left is asked about once more. */
async function review(app: Pick<App, 'ui'>, name: string, plan: RevisablePlan): Promise<CleanupPlan> {
  const all = plan.tags.map(({ tag }) => tag);
  const chosen = await app.ui.pickMany(choicesOf(plan), {
    title: t('What goes from {0}: {1} tags, {2} stay', name, all.length, plan.kept),
    placeholder: t('Clear the check mark of what is to stay'),
    chosen: all,
  });
  const revised = plan.without(all.filter((tag) => !chosen.includes(tag)));
  await app.ui.confirm(
    t('Delete {0} tags of {1}?', revised.tags.length, name),
    [
      linesOf(tagsOf(revised)),
      t('{0} images go with them, {1} tags stay. This cannot be undone.', revised.digests.length, revised.kept),
    ].join('\n\n'),
    t('Delete'),
  );
  return revised;
}
