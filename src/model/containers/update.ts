// What an update asks of the engine: it changes limits, and takes some of them away.

import { UserError } from '../errors.ts';
import { t } from '../l10n.ts';
import { createBody } from '../run/create/body.ts';
import { nanoCpusOf } from '../run/parse.ts';
import { type Fields, fields, number } from '../untyped.ts';
import { defaultCpuPeriod } from './details.ts';

/** The flags of `docker update` that are known here, as in a run line. */
export interface UpdateOptions {
  restart?: string;
  memory?: string;
  memorySwap?: string;
  cpus?: string;
  pidsLimit?: number;
}

/**
 * The bodies for POST /containers/{id}/update, one after the other; `now` is the container's HostConfig. For the engine
 * 0 means "as it was", so that only swap (-1), processes (0) and processor time (-1) can lose their limits. A limit of
 * memory or of processors stays for as long as the container is there (moby/moby#22516): asked to take it away, this throws
 * a `UserError` with the code `limit-stays`.
 */
export function updateBodies(options: UpdateOptions, now: Fields, apiVersion: string): Fields[] {
  const { restart, memory, memorySwap, cpus, pidsLimit } = options;
  // The same words as in a run line, read by the same code; only what was named is sent.
  const { HostConfig } = fields(createBody({ image: '-', ...options }, { apiVersion }).body);
  const wanted = fields(HostConfig);
  if (memory !== undefined && wanted.Memory === 0) {
    throw limitStays('memory');
  }
  const swap = memorySwap === undefined ? swapFor(wanted.Memory, now) : number(wanted.MemorySwap);
  // The engine sets "without a limit" when the container starts next, and until then refuses more memory than swap has.
  const later = swap === -1 && memory !== undefined;
  const first = {
    ...(restart !== undefined && { RestartPolicy: wanted.RestartPolicy }),
    ...(memory !== undefined && { Memory: wanted.Memory, MemorySwap: later ? 2 * number(wanted.Memory) : swap }),
    ...(memory === undefined && memorySwap !== undefined && { MemorySwap: swap }),
    ...(cpus !== undefined && processorsFor(cpus, now)),
    ...(pidsLimit !== undefined && { PidsLimit: wanted.PidsLimit }),
  };
  return later ? [first, { MemorySwap: -1 }] : [first];
}

/** Which limits of a container an update can take away, and which stay. */
export function removableLimits(hostConfig: unknown): {
  removable: (keyof UpdateOptions)[];
  fixed: ('memory' | 'cpus')[];
} {
  const now = fields(hostConfig);
  const removable: (keyof UpdateOptions)[] = [];
  if (number(now.MemorySwap) > 0) {
    removable.push('memorySwap');
  }
  if (number(now.NanoCpus) === 0 && number(now.CpuQuota) > 0) {
    removable.push('cpus');
  }
  if (number(now.PidsLimit) > 0) {
    removable.push('pidsLimit');
  }
  return {
    removable,
    fixed: [
      ...(number(now.Memory) > 0 ? (['memory'] as const) : []),
      ...(number(now.NanoCpus) > 0 ? (['cpus'] as const) : []),
    ],
  };
}

/** Why such a limit stays, and the way out. */
export function limitStays(limit: 'memory' | 'cpus'): UserError {
  const message =
    limit === 'memory'
      ? t(
          'The engine cannot take a limit of memory away from a container that is there. Set it higher, or create the container again without it: Edit and Run Again opens its options.',
        )
      : t(
          'The engine cannot take a limit of processors away from a container that is there. Set it higher, or create the container again without it: Edit and Run Again opens its options.',
        );
  return new UserError('limit-stays', message);
}

/** Memory and swap together for a new limit of memory. No swap, and swap without a limit, stay; else it is twice the memory, the engine's default. */
function swapFor(memory: unknown, now: Fields): number {
  const before = number(now.MemorySwap);
  if (before === -1) {
    return -1;
  }
  return before > 0 && before === number(now.Memory) ? number(memory) : 2 * number(memory);
}

/** A limit of processors and one of processor time exclude each other, so that a limit keeps the form that it has. */
function processorsFor(cpus: string, now: Fields): Fields {
  const nano = nanoCpusOf(cpus);
  const timed = number(now.NanoCpus) === 0 && number(now.CpuQuota) !== 0;
  if (nano > 0) {
    const period = number(now.CpuPeriod) || defaultCpuPeriod;
    return timed ? { CpuQuota: Math.round((nano / 1e9) * period) } : { NanoCpus: nano };
  }
  if (number(now.NanoCpus) > 0) {
    throw limitStays('cpus');
  }
  return timed ? { CpuQuota: -1 } : {};
}
