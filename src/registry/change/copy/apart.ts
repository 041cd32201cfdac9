// Runs a copy in a process of its own, so that the end of this one cannot leave uploads behind.
import { fork } from 'node:child_process';
import { Cancelled, UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { RegistryError, type RegistryErrorCode } from '../../../model/registries/error.ts';
import type { CopyFailure, CopyJob, FromChild, FromParent } from './messages.ts';
import type { CopyProgress, CopyResult } from './types.ts';

/** The process could not reach a registry, or not be started: the copy may still succeed in this one. */
export class NotApart extends Error {
  override name = 'NotApart';
}

/** Failures of a connection that the editor's own way to the network may not have. */
const unreached = new Set(['name-not-found', 'refused', 'unreachable', 'timeout', 'unknown-ca']);

/** Resolves and rejects as `copyImage` does. `file` is the program of the process. */
export function copyApart(
  file: string,
  job: CopyJob,
  options: { onProgress?: (progress: CopyProgress) => void; log(line: string): void },
  signal: AbortSignal,
): Promise<CopyResult> {
  return new Promise((resolve, reject) => {
    // In a group of its own, what ends the editor's processes does not end it; the closing of the channel does, in order.
    const child = fork(file, [], {
      detached: process.platform !== 'win32',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const tell = (message: FromParent) => {
      if (child.connected) {
        // A process that is gone has said so by its exit.
        child.send(message, () => {});
      }
    };
    const cancel = () => tell({ cancel: true });
    let outcome: (() => void) | undefined;

    signal.addEventListener('abort', cancel, { once: true });
    child.on('message', (message: FromChild) => {
      if ('log' in message) {
        options.log(message.log);
      } else if ('progress' in message) {
        options.onProgress?.(message.progress);
      } else if ('result' in message) {
        outcome = () => resolve(message.result);
      } else {
        outcome = () => reject(signal.aborted ? new Cancelled() : errorOf(message.failure));
      }
    });
    child.on('error', (error) => {
      outcome ??= () => reject(new NotApart(error.message));
      end();
    });
    child.on('exit', () => {
      outcome ??= () =>
        reject(
          new UserError(
            'copy-ended',
            t('The process of the copy was ended. Copy again: what has arrived is not sent twice.'),
          ),
        );
      end();
    });
    tell({ job });
    if (signal.aborted) {
      cancel();
    }

    function end() {
      signal.removeEventListener('abort', cancel);
      outcome?.();
    }
  });
}

function errorOf({ name, message, code, host, status, atOnce }: CopyFailure): Error {
  if (name === 'Cancelled') {
    return new Cancelled();
  }
  if (atOnce && code !== undefined && unreached.has(code)) {
    return new NotApart(message);
  }
  if (host !== undefined && code !== undefined) {
    return new RegistryError(code as RegistryErrorCode, message, { host, ...(status === undefined ? {} : { status }) });
  }
  return code === undefined ? new Error(message) : new UserError(code, message);
}
