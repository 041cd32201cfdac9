// What the process of a copy and the one that asked for it say to each other, over a channel that nobody else reads.
import type { Bundle } from '../../../model/l10n.ts';
import type { RegistryErrorCode } from '../../../model/registries/error.ts';
import type { Connection } from '../../types.ts';
import type { CopyProgress, CopyResult } from './types.ts';

export interface CopyJob {
  from: { connection: Connection; repository: string; reference: string };
  to: { connection: Connection; registry: string; repository: string; tag: string };
  referrers: boolean;
  /** Where open uploads are noted. */
  folder: string;
  /** The messages in the editor's language. */
  bundle: Bundle | undefined;
}

export interface CopyFailure {
  name: string;
  message: string;
  code?: string | RegistryErrorCode;
  host?: string;
  status?: number;
  /** Nothing had been sent yet, so that another way may be tried. */
  atOnce: boolean;
}

export type FromParent = { job: CopyJob } | { cancel: true };
export type FromChild =
  | { log: string }
  | { progress: CopyProgress }
  | { result: CopyResult }
  | { failure: CopyFailure };
