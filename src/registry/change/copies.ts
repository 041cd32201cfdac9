// Copies between registries, in a process of their own where that can reach them.
import type { Disposable } from '../../model/event.ts';
import type { Bundle } from '../../model/l10n.ts';
import type { RegistryReading } from '../known/registries.ts';
import type { CopyProgress, CopyResult } from './copy/types.ts';
import type { ImagePlace, TagPlace } from './imagePlace.ts';

export interface CopyOptions {
  /** Signatures, SBOMs and attestations go along. */
  referrers?: boolean;
  onProgress?: (progress: CopyProgress) => void;
}

export interface Copies extends Disposable {
  /** Copies an image with all its platforms. Resolves once the target gives the same digest. */
  copy(from: ImagePlace, to: TagPlace, options: CopyOptions, signal: AbortSignal): Promise<CopyResult>;
  /** Resolves when the copies that `dispose` has stopped have taken their uploads away. */
  ended(): Promise<void>;
}

export interface CopiesHost {
  registries: Pick<RegistryReading, 'client' | 'connection'>;
  /** A folder of our own, for notes on open uploads. */
  folder: string;
  /** The program of `copy/child.ts`; undefined while the editor reaches the network in a way that other processes do not. */
  copier?: () => string | undefined;
  /** The messages in the editor's language, for that program. */
  bundle?: Bundle | undefined;
  log: { info(message: string): void };
}

/**
 * Works at once; what copies is loaded with the first copy. A copy rejects as `copyImage` does; one that cannot be made in a
 * process of its own is made in this one.
 */
export function createCopies({ registries, folder, copier, bundle, log }: CopiesHost): Copies {
  const stop = new AbortController();
  const running = new Set<Promise<unknown>>();

  async function copyApart(program: string, ...[from, to, options, signal]: Parameters<Copies['copy']>) {
    const { copyApart, NotApart } = await import('./deferred.ts');
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
        return copyHere(from, to, options, signal);
      }
      throw error;
    }
  }

  async function copyHere(...[from, to, options, signal]: Parameters<Copies['copy']>): Promise<CopyResult> {
    const [source, target] = await Promise.all([registries.client(from.registry), registries.client(to.registry)]);
    const { copyImage, createUploadNotes } = await import('./deferred.ts');
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

  return {
    copy(...args) {
      const program = copier?.();
      const copying = program === undefined ? copyHere(...args) : copyApart(program, ...args);
      const ended = copying.catch(() => undefined).finally(() => running.delete(ended));
      running.add(ended);
      return copying;
    },
    async ended() {
      await Promise.all(running);
    },
    dispose: () => stop.abort(),
  };
}
