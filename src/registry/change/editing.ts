// Changes what is in registries: copies, retags, deletes, and cleans up by rule. The work is loaded when it is first used.
import type { CleanupPlan, CleanupRule } from './cleanup.ts';
import type { CleanupReport } from './cleanupRun.ts';
import { type Copies, type CopiesHost, createCopies } from './copies.ts';
import type { Deletion } from './deletion.ts';
import type { Counted, ImagePlace, RepositoryPlace, TagPlace } from './imagePlace.ts';

export type { CleanupReport, Deletion, ImagePlace, RepositoryPlace, TagPlace };

export interface RevisablePlan extends CleanupPlan {
  /** The same plan without these tags, which stay; what depends on them stays, too. */
  without(tags: readonly string[]): CleanupPlan;
}

/** Single tags and digests. */
export interface TagEditing {
  /** Gives an image one more tag in its repository, without moving any of it. Rejects with `digest-mismatch`. */
  retag(from: ImagePlace, tag: string, signal: AbortSignal): Promise<{ digest: string }>;
  /** Takes one tag away and leaves the others of its image. */
  untag(place: TagPlace, signal: AbortSignal): Promise<void>;
  /** Looks the repository over for everything that goes with these tags or digests; each digest once. Nothing is changed. */
  planDeletion(
    place: RepositoryPlace,
    references: readonly string[],
    signal: AbortSignal,
    done?: Counted,
  ): Promise<Deletion[]>;
  /** Deletes a digest with its tags and what is attached to it. */
  remove(place: RepositoryPlace, deletion: Deletion, signal: AbortSignal): Promise<void>;
}

/** A whole repository, by rule. */
export interface CleanupEditing {
  /** What a rule would take away. Nothing is changed. */
  plan(place: RepositoryPlace, rule: CleanupRule, signal: AbortSignal, done?: Counted): Promise<RevisablePlan>;
  /** Does what a plan says. Rejects when the registry lets nothing be deleted; other failures are in the report. */
  cleanUp(place: RepositoryPlace, plan: CleanupPlan, signal: AbortSignal, done?: Counted): Promise<CleanupReport>;
}

export interface Editing extends Copies, TagEditing, CleanupEditing {}

/** Works at once, and asks a registry with its first change. Each function rejects as the registry's client does. */
export function createEditing(host: CopiesHost): Editing {
  const { client: clientOf } = host.registries;
  const load = () => import('./deferred.ts');
  return {
    ...createCopies(host),
    async retag(from, tag, signal) {
      return (await load()).retag(await clientOf(from.registry), from, tag, signal);
    },
    async untag({ registry, repository, tag }, signal) {
      await (await clientOf(registry)).untag(repository, tag, signal);
    },
    async planDeletion({ registry, repository }, references, signal, done) {
      return (await load()).planDeletion(await clientOf(registry), repository, references, signal, done);
    },
    async remove({ registry, repository }, deletion, signal) {
      await (await load()).deleteDigest(await clientOf(registry), repository, deletion, signal);
    },
    async plan({ registry, repository }, rule, signal, done) {
      const client = await clientOf(registry);
      const { datesOf, planCleanup, surveyRepository } = await load();
      const survey = await surveyRepository(client, repository, signal, done);
      const dates = await datesOf(client, repository, survey, signal, done);
      const now = Date.now();
      return {
        ...planCleanup(survey, dates, rule, now),
        without: (tags) => planCleanup(survey, dates, rule, now, new Set(tags)),
      };
    },
    async cleanUp({ registry, repository }, plan, signal, done) {
      const log = (line: string) => host.log.info(`${registry}/${repository}: ${line}`);
      return (await load()).runCleanup(await clientOf(registry), repository, plan, signal, log, done);
    },
  };
}
