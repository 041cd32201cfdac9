// What the parts of a copy share: what is to be copied, how far it is, and what came of it.
import type { RegistryClient } from '../../types.ts';

export interface CopyPlace {
  client: RegistryClient;
  repository: string;
}

export interface CopyRequest {
  from: CopyPlace & { reference: string };
  to: CopyPlace & { tag: string };
  /** Both are the same registry, so that blobs can be mounted. */
  sameRegistry: boolean;
  /** Signatures, SBOMs and attestations that refer to the image go along. */
  referrers: boolean;
  onProgress?: (progress: CopyProgress) => void;
  /** Keeps note of uploads while they are open, for the case that this process does not live to end them. */
  journal?: UploadJournal;
}

/** Bytes of the blobs that are in place or on their way; `total` grows while manifests are read. */
export interface CopyProgress {
  done: number;
  total: number;
}

export interface UploadJournal {
  opened(repository: string, location: string): Promise<void>;
  closed(location: string): Promise<void>;
}

export interface CopyResult {
  digest: string;
  /** Blobs that were sent, taken over inside the registry, and there already. */
  blobs: { sent: number; mounted: number; present: number };
  /** Bytes that were sent. */
  bytes: number;
  /** Digests of the referrers that went along. */
  referrers: string[];
}

/** What a copy knows while it runs. */
export interface Copying extends CopyRequest {
  signal: AbortSignal;
  progress: CopyProgress;
  result: CopyResult;
  /** One transfer for each blob by its digest, since platforms share layers. */
  blobs: Map<string, Promise<void>>;
  /** Ends everything that still runs; the first reason is what the person hears. */
  fail(reason: unknown): void;
}
