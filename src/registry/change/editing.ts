// Changes what is in registries: copies, retags, deletes, and cleans up by rule. The work is loaded when it is first used.
import { Cancelled, messageOf, UserError } from '../../model/errors.ts';
import type { Disposable } from '../../model/event.ts';
import { type Bundle, t } from '../../model/l10n.ts';
import type { Registries } from '../known/registries.ts';
import type { CleanupPlan, CleanupRule } from './cleanup.ts';
import type { CopyProgress, CopyResult } from './copy/algorithm.ts';
import type { Survey } from './survey.ts';

export interface RepositoryPlace {
  registry: string;
  repository: string;
}

/** A tag or a digest. */
export interface ImagePlace extends RepositoryPlace {
  reference: string;
}

export interface TagPlace extends RepositoryPlace {
  tag: string;
}

/** A digest that is to be deleted, with everything that its deletion concerns. */
export interface Doomed {
  digest: string;
  /** All tags that name it; they go with it. */
  tags: string[];
  /** Tags of signatures and the like that belong to it; they go, too. */
  attached: string[];
  /** Tags (or the digest, without one) of the indexes that need it: they would be left with a hole. */
  heldBy: string[];
}

export interface CleanupReport {
  /** `tag`s and digests that are gone. */
  tags: string[];
  digests: string[];
  failed: { what: string; why: string }[];
}

export interface RevisablePlan extends CleanupPlan {
  /** The same plan without these tags, which stay; what depends on them stays, too. */
  without(tags: readonly string[]): CleanupPlan;
}

type Counted = (done: number, total: number) => void;

export interface Editing extends Disposable {
  /** Copies an image with all its platforms. Resolves once the target gives the same digest. */
  copy(
    from: ImagePlace,
    to: TagPlace,
    options: { referrers?: boolean; onProgress?: (progress: CopyProgress) => void },
    signal: AbortSignal,
  ): Promise<CopyResult>;
  /** Gives an image one more tag in its repository, without moving any of it. */
  retag(from: ImagePlace, tag: string, signal: AbortSignal): Promise<{ digest: string }>;
  /** Looks the repository over for everything that goes with these tags or digests; each digest once. */
  doomed(place: RepositoryPlace, references: readonly string[], signal: AbortSignal, done?: Counted): Promise<Doomed[]>;
  untag(place: TagPlace, signal: AbortSignal): Promise<void>;
  /** Deletes a digest with its tags and what is attached to it. */
  remove(place: RepositoryPlace, doomed: Doomed, signal: AbortSignal): Promise<void>;
  /** What a rule would take away. Nothing is changed. */
  plan(place: RepositoryPlace, rule: CleanupRule, signal: AbortSignal, done?: Counted): Promise<RevisablePlan>;
  /** Does what a plan says. Rejects when the registry lets nothing be deleted; other failures are in the report. */
  cleanUp(place: RepositoryPlace, plan: CleanupPlan, signal: AbortSignal, done?: Counted): Promise<CleanupReport>;
  /** Resolves when the copies that `dispose` has stopped have taken their uploads away. */
  ended(): Promise<void>;
}

export interface EditingHost {
  registries: Pick<Registries, 'client' | 'connection'>;
  /** A folder of our own, for notes on open uploads. */
  folder: string;
  /** The program of `copyProcess.ts`; undefined while the editor reaches the network in a way that other processes do not. */
  copier?: () => string | undefined;
  /** The messages in the editor's language, for that program. */
  bundle?: Bundle | undefined;
  log: { info(message: string): void };
}

/** Refusals that hold for everything else in the repository, too. */
const general = new Set(['deletion-disabled', 'forbidden', 'unauthorized', 'login-failed', 'unsupported']);

export function createEditing({ registries, folder, copier, bundle, log }: EditingHost): Editing {
  const stop = new AbortController();
  const running = new Set<Promise<unknown>>();
  const load = () => import('./deferred.ts');

  async function copy(...args: Parameters<Editing['copy']>): Promise<CopyResult> {
    const program = copier?.();
    if (program === undefined) {
      return copyHere(...args);
    }
    const { copyApart, NotApart } = await load();
    const [from, to, options, signal] = args;
    const [source, target] = await Promise.all([
      registries.connection(from.registry, from.repository),
      registries.connection(to.registry, to.repository),
    ]);
    const job = {
      from: { connection: source, repository: from.repository, reference: from.reference },
      to: { connection: target, ...to },
      referrers: options.referrers === true,
      folder,
      bundle,
    };
    try {
      return await copyApart(program, job, { ...options, log: log.info }, AbortSignal.any([signal, stop.signal]));
    } catch (error) {
      if (error instanceof NotApart) {
        log.info(`the copy goes on in this process: ${error.message}`);
        return copyHere(...args);
      }
      throw error;
    }
  }

  async function copyHere(...[from, to, options, signal]: Parameters<Editing['copy']>): Promise<CopyResult> {
    const [source, target] = await Promise.all([registries.client(from.registry), registries.client(to.registry)]);
    const { copyImage, createUploadNotes } = await load();
    const notes = createUploadNotes(folder, log.info);
    await notes.sweep(to.registry, target);
    return copyImage(
      {
        from: { client: source, repository: from.repository, reference: from.reference },
        to: { client: target, repository: to.repository, tag: to.tag },
        sameRegistry: source.address.host === target.address.host,
        referrers: options.referrers === true,
        journal: notes.journalOf(to.registry),
        ...(options.onProgress ? { onProgress: options.onProgress } : {}),
      },
      AbortSignal.any([signal, stop.signal]),
    );
  }

  async function remove(place: RepositoryPlace, doomed: Doomed, signal: AbortSignal): Promise<void> {
    const client = await registries.client(place.registry);
    await client.deleteManifest(place.repository, doomed.digest, signal);
    for (const tag of doomed.attached) {
      const { digest } = await client.head(place.repository, tag, signal);
      await client.deleteManifest(place.repository, digest, signal);
    }
  }

  async function untag({ registry, repository, tag }: TagPlace, signal: AbortSignal): Promise<void> {
    await (await registries.client(registry)).untag(repository, tag, signal);
  }

  return {
    copy(...args) {
      const copying = copy(...args);
      const ended = copying.catch(() => undefined).finally(() => running.delete(ended));
      running.add(ended);
      return copying;
    },

    async retag({ registry, repository, reference }, tag, signal) {
      const client = await registries.client(registry);
      const manifest = await client.manifest(repository, reference, signal);
      await client.putManifest(repository, tag, manifest, signal);
      const { digest } = await client.head(repository, tag, signal);
      if (digest !== manifest.digest) {
        throw new UserError(
          'digest-mismatch',
          t('{0} gives the new tag the digest {1} instead of {2}.', registry, digest, manifest.digest),
        );
      }
      return { digest };
    },

    async doomed({ registry, repository }, references, signal, done) {
      const client = await registries.client(registry);
      const named = await Promise.all(references.map((reference) => client.head(repository, reference, signal)));
      const { surveyRepository, indexesWith } = await load();
      const survey = await surveyRepository(client, repository, signal, done);
      const digests = [...new Set(named.map(({ digest }) => digest))];
      return digests.map((digest) => ({
        digest,
        tags: survey.tagsOf.get(digest) ?? [],
        attached: attachedTo(survey, digest),
        heldBy: indexesWith(survey, digest)
          .filter((index) => !digests.includes(index.digest))
          .flatMap((index) => (index.tags.length > 0 ? index.tags : [index.digest])),
      }));
    },

    untag,
    remove,

    async plan({ registry, repository }, rule, signal, done) {
      const client = await registries.client(registry);
      const { datesOf, planCleanup, surveyRepository } = await load();
      const survey = await surveyRepository(client, repository, signal, done);
      const dates = await datesOf(client, repository, survey, signal, done);
      const now = Date.now();
      return {
        ...planCleanup(survey, dates, rule, now),
        without: (tags) => planCleanup(survey, dates, rule, now, new Set(tags)),
      };
    },

    async cleanUp(place, plan, signal, done) {
      const report: CleanupReport = { tags: [], digests: [], failed: [] };
      const tasks = [
        ...plan.untagged.map(({ tag, digest }) => ({
          what: tag,
          run: () => untag({ ...place, tag }, signal),
          gone: { tags: [tag], digests: [] as string[] },
          digest,
        })),
        ...plan.digests.map(({ digest, tags, attached }) => ({
          what: tags.join(', '),
          run: () => remove(place, { digest, tags, attached, heldBy: [] }, signal),
          gone: { tags: [...tags, ...attached], digests: [digest] },
          digest,
        })),
      ];
      for (const [index, { what, run, gone, digest }] of tasks.entries()) {
        if (signal.aborted) {
          throw new Cancelled();
        }
        try {
          await run();
          report.tags = report.tags.concat(gone.tags);
          report.digests = report.digests.concat(gone.digests);
          log.info(`${place.registry}/${place.repository}: deleted ${what} (${digest})`);
        } catch (error) {
          const nothingYet = report.tags.length === 0;
          if (signal.aborted || (nothingYet && error instanceof UserError && general.has(error.code))) {
            throw error;
          }
          report.failed.push({ what, why: messageOf(error) });
        }
        done?.(index + 1, tasks.length);
      }
      return report;
    },

    async ended() {
      await Promise.all(running);
    },
    dispose: () => stop.abort(),
  };
}

/** Cosign's tags of a digest, and the fallback list of its referrers. */
function attachedTo(survey: Survey, digest: string): string[] {
  const prefix = digest.replace(':', '-');
  return survey.tags
    .map(({ tag }) => tag)
    .filter((tag) => tag === prefix || tag.startsWith(`${prefix}.`))
    .sort();
}
