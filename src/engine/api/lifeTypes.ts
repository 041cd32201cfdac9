// The life of containers, images, volumes and networks as the rest of the product uses it. Types only.
import type { DiskUsage, PruneKind } from '../../model/engines/diskUse.ts';
import type { TransferOptions } from '../files/types.ts';

/** What can be changed while a container is there; each has the form of the flag of the same name. */
export interface ContainerUpdate {
  /** `no`, `always`, `unless-stopped`, `on-failure[:max]`. */
  restart?: string;
  /** `512m`. No engine takes this limit away: `0` is refused with a `UserError` `limit-stays`. */
  memory?: string;
  /** Memory and swap together; `-1` takes the limit away. Where only `memory` is given, swap follows it. */
  memorySwap?: string;
  /** A decimal number of processors; `0` takes a limit of time (`--cpu-quota`) away, and is refused for one of processors. */
  cpus?: string;
  /** 0 or -1 takes the limit away. */
  pidsLimit?: number;
}

export interface CommitOptions {
  /** `repository[:tag]`; without it the image has no name. */
  ref?: string;
  message?: string;
  author?: string;
  /** Whether the container stands still while its files are read; true when absent. */
  pause?: boolean;
  /** Dockerfile instructions, as `CMD ["sh"]`. */
  changes?: string[];
}

export interface VolumeOptions {
  /** The engine makes a name up when absent. */
  name?: string;
  /** `local` when absent. */
  driver?: string;
  options?: Record<string, string>;
  labels?: Record<string, string>;
}

export interface NetworkOptions {
  name: string;
  /** `bridge` when absent. */
  driver?: string;
  /** Subnets in CIDR form; the engine chooses when there are none. */
  subnets?: string[];
  /** One for each subnet, in the same order. */
  gateways?: string[];
  /** Without a way out of the host. */
  internal?: boolean;
  /** Containers that run may join by themselves; for overlay networks. */
  attachable?: boolean;
  ipv6?: boolean;
  options?: Record<string, string>;
  labels?: Record<string, string>;
}

export interface JoinOptions {
  aliases?: string[];
  ip?: string;
  ip6?: string;
}

/** One line of an image's history, the newest first. */
export interface HistoryLine {
  /** Id of the image, where the engine has it. */
  id?: string;
  /** Milliseconds since 1970. */
  created: number;
  createdBy: string;
  comment: string;
  size: number;
  tags: string[];
}

export interface Life {
  /** SIGKILL when no signal is given: a name with or without SIG, or a number. */
  killContainer(container: string, signal?: string): Promise<void>;
  pauseContainer(container: string): Promise<void>;
  unpauseContainer(container: string): Promise<void>;
  renameContainer(container: string, name: string): Promise<void>;
  updateContainer(container: string, options: ContainerUpdate): Promise<{ warnings: string[] }>;
  /** Resolves with the exit code when it has ended; at once when it does not run. */
  waitContainer(container: string, signal: AbortSignal): Promise<number>;
  commitContainer(container: string, options: CommitOptions): Promise<{ id: string }>;
  /** Writes all files of a container to a local tar file, compressed when its name ends in `.gz` or `.tgz`. */
  exportContainer(container: string, to: string, options: TransferOptions): Promise<{ bytes: number }>;

  /** Writes images with their layers and tags to a local tar file, as `exportContainer` does. */
  saveImages(refs: readonly string[], to: string, options: TransferOptions): Promise<{ bytes: number }>;
  /** Reads such a file; resolves with the references or ids that came. */
  loadImages(from: string, options: TransferOptions): Promise<{ refs: string[] }>;
  imageHistory(image: string): Promise<HistoryLine[]>;

  /** The engine may take seconds to measure. */
  diskUsage(signal?: AbortSignal): Promise<DiskUsage>;
  /** Removes what `model/engines/diskUse.ts` names for the kind. */
  prune(kind: PruneKind): Promise<{ removed: string[]; bytes: number }>;

  createVolume(options: VolumeOptions): Promise<{ name: string }>;
  removeVolume(volume: string, options?: { force?: boolean }): Promise<void>;
  /** The engine's whole answer. */
  inspectVolume(volume: string): Promise<unknown>;
  createNetwork(options: NetworkOptions): Promise<{ id: string; warning: string }>;
  removeNetwork(network: string): Promise<void>;
  /** The engine's whole answer. */
  inspectNetwork(network: string): Promise<unknown>;
  connectNetwork(network: string, container: string, options?: JoinOptions): Promise<void>;
  /** `force` also where the container does not answer any more. */
  disconnectNetwork(network: string, container: string, options?: { force?: boolean }): Promise<void>;
}
