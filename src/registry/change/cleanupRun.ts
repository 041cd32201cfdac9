// Does what the plan of a clean-up says, and reports what came of it.
import { Cancelled, messageOf, UserError } from '../../model/errors.ts';
import type { RegistryClient } from '../types.ts';
import type { CleanupPlan } from './cleanup.ts';
import { deleteDigest } from './deletion.ts';
import type { Counted } from './imagePlace.ts';

export interface CleanupReport {
  /** Tags and digests that are gone. */
  tags: string[];
  digests: string[];
  failed: { what: string; why: string }[];
}

/** Refusals that hold for everything else in the repository, too. */
const general = new Set(['deletion-disabled', 'forbidden', 'unauthorized', 'login-failed', 'unsupported']);

/** One deletion of a plan: the tags and digests that are gone once it has run. */
interface Task {
  what: string;
  digest: string;
  gone: { tags: string[]; digests: string[] };
  run(): Promise<void>;
}

/** Rejects when the registry lets nothing be deleted, and when it is cancelled; other failures are in the report. */
export async function runCleanup(
  client: RegistryClient,
  repository: string,
  plan: CleanupPlan,
  signal: AbortSignal,
  log: (line: string) => void,
  done?: Counted,
): Promise<CleanupReport> {
  const report: CleanupReport = { tags: [], digests: [], failed: [] };
  const tasks = tasksOf(client, repository, plan, signal);
  for (const [index, { what, digest, gone, run }] of tasks.entries()) {
    if (signal.aborted) {
      throw new Cancelled();
    }
    try {
      await run();
      report.tags = report.tags.concat(gone.tags);
      report.digests = report.digests.concat(gone.digests);
      log(`deleted ${what} (${digest})`);
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
}

function tasksOf(client: RegistryClient, repository: string, plan: CleanupPlan, signal: AbortSignal): Task[] {
  return [
    ...plan.untagged.map(({ tag, digest }) => ({
      what: tag,
      digest,
      gone: { tags: [tag], digests: [] },
      run: () => client.untag(repository, tag, signal),
    })),
    ...plan.digests.map(({ digest, tags, attached }) => ({
      what: tags.join(', '),
      digest,
      gone: { tags: [...tags, ...attached], digests: [digest] },
      run: () => deleteDigest(client, repository, { digest, attached }, signal),
    })),
  ];
}
