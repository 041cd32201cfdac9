// What an inspection tells of a container beyond the list: health, restarts, limits, addresses.
import { sizeText } from '../byteSize.ts';
import { fields, list, number, text } from '../untyped.ts';

export interface ContainerFacts {
  health?: { status: string; failing: number; output: string };
  restartCount: number;
  /** `on-failure:3`; `no` when there is none. */
  restart: string;
  /** `512m`; absent without a limit. */
  memory?: string;
  /** Memory and swap together; absent without a limit. */
  memorySwap?: string;
  /** Processors as a decimal number; absent without a limit. */
  cpus?: string;
  pids?: number;
  addresses: { network: string; ip: string; ip6: string }[];
  /** Milliseconds since 1970. */
  started?: number;
  /** The engine's words when it could not start, or was ended for its memory. */
  error: string;
  outOfMemory: boolean;
  /** Names of the containers whose volumes it mounts. */
  volumesFrom: string[];
}

/** Microseconds that a limit of processor time counts in, where the container has no value of its own. */
export const defaultCpuPeriod = 100_000;

/** Reads the answer of `GET /containers/<id>/json`. */
export function containerFacts(raw: unknown): ContainerFacts {
  const answer = fields(raw);
  const state = fields(answer.State);
  const host = fields(answer.HostConfig);
  const health = fields(state.Health);
  const probe = fields(list(health.Log).at(-1));
  const policy = fields(host.RestartPolicy);
  const maxRetries = number(policy.MaximumRetryCount);
  const memory = number(host.Memory);
  const swap = number(host.MemorySwap);
  const quota = number(host.CpuQuota);
  // A limit of time is one of processors in another form, and goes before it; -1 is none.
  const cpus = quota === 0 ? number(host.NanoCpus) / 1e9 : quota / (number(host.CpuPeriod) || defaultCpuPeriod);
  const started = Date.parse(text(state.StartedAt));
  return {
    ...(text(health.Status) &&
      text(health.Status) !== 'none' && {
        health: { status: text(health.Status), failing: number(health.FailingStreak), output: text(probe.Output) },
      }),
    restartCount: number(answer.RestartCount),
    restart: (text(policy.Name) || 'no') + (maxRetries > 0 ? `:${maxRetries}` : ''),
    ...(memory > 0 && { memory: sizeText(memory) }),
    ...(swap > 0 && { memorySwap: sizeText(swap) }),
    ...(cpus > 0 && { cpus: String(cpus) }),
    ...(number(host.PidsLimit) > 0 && { pids: number(host.PidsLimit) }),
    addresses: Object.entries(fields(fields(answer.NetworkSettings).Networks)).map(([network, value]) => ({
      network,
      ip: text(fields(value).IPAddress),
      ip6: text(fields(value).GlobalIPv6Address),
    })),
    ...(started > 0 && { started }),
    error: text(state.Error),
    outOfMemory: state.OOMKilled === true,
    volumesFrom: list(host.VolumesFrom).map((entry) => text(entry).split(':')[0] ?? ''),
  };
}
