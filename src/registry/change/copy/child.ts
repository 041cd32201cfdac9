// The process of one copy: it outlives the editor until its uploads are sent or taken away.
import { messageOf, UserError } from '../../../model/errors.ts';
import { setBundle } from '../../../model/l10n.ts';
import { RegistryError } from '../../../model/registries/error.ts';
import { createRegistryClient } from '../../api/client.ts';
import { fixedCredentials } from '../../auth/credentials.ts';
import type { Connection, RegistryClient } from '../../types.ts';
import { createUploadNotes } from './journal.ts';
import type { CopyFailure, CopyJob, FromChild, FromParent } from './messages.ts';
import { copyImage } from './oneImage.ts';
import type { CopyProgress } from './types.ts';

/** Milliseconds between two reports; pieces come by the thousand. */
const reportEvery = 100;

const stop = new AbortController();
// The channel closes when the process at its other end has ended, however that came about.
process.on('disconnect', () => stop.abort());
// Ctrl-C in a terminal and the end of a session reach every process: the copy still ends in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort());
}
process.on('message', (message: FromParent) => {
  if ('job' in message) {
    void run(message.job).finally(() => process.exit());
  } else {
    stop.abort();
  }
});

async function run({ from, to, referrers, folder, bundle }: CopyJob): Promise<void> {
  setBundle(bundle);
  const clients = [clientOf(from.connection), clientOf(to.connection)] as const;
  const notes = createUploadNotes(folder, log);
  let sent = false;
  let last = 0;
  const onProgress = (progress: CopyProgress) => {
    sent ||= progress.done > 0;
    const now = performance.now();
    if (now - last >= reportEvery || progress.done === progress.total) {
      last = now;
      void say({ progress });
    }
  };
  try {
    await notes.sweep(to.registry, clients[1]);
    const result = await copyImage(
      {
        from: { client: clients[0], repository: from.repository, reference: from.reference },
        to: { client: clients[1], repository: to.repository, tag: to.tag },
        sameRegistry: from.connection.address.host === to.connection.address.host,
        referrers,
        journal: notes.journalOf(to.registry),
        onProgress,
      },
      stop.signal,
    );
    await say({ result });
  } catch (error) {
    await say({ failure: failureOf(error, !sent) });
  }
}

function clientOf({ address, trustedCa, credentials }: Connection): RegistryClient {
  return createRegistryClient({
    address,
    credentials: fixedCredentials(credentials),
    log,
    systemTrust: true,
    ...(trustedCa ? { trustedCa } : {}),
  });
}

function log(line: string): void {
  void say({ log: line });
}

/** Resolves when it is out, also when nobody is there to hear it. */
function say(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) {
      resolve();
      return;
    }
    process.send(message, undefined, undefined, () => resolve());
  });
}

function failureOf(error: unknown, atOnce: boolean): CopyFailure {
  return {
    name: error instanceof Error ? error.name : 'Error',
    message: messageOf(error),
    atOnce,
    ...(error instanceof UserError ? { code: error.code } : {}),
    ...(error instanceof RegistryError
      ? { host: error.host, ...(error.status === undefined ? {} : { status: error.status }) }
      : {}),
  };
}
