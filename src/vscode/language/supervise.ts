// Keeps the language server running: starts it again when it ends, unless it ends too often.
import type * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { Log } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import { createMutex } from '../mutex.ts';
import { showFailure } from '../register.ts';
import { serverFailure } from './running.ts';

/** So many ends of the server within this time, in milliseconds, are mended by starting it; a person decides about more. */
const maxEnds = 4;
const period = 180_000;

export interface SupervisedServer extends vscode.Disposable {
  /** Starts it for the first time. */
  start(): Promise<void>;
  /** Ends it where it runs, and starts it. */
  restart(): Promise<void>;
  /** The client of the server that runs or is being started. */
  client(): LanguageClient | undefined;
}

/**
 * `create` gives the client of one start. Each start has a client of its own: one whose server ends while it starts can
 * leave requests without an answer.
 */
export function superviseServer(create: () => Promise<LanguageClient>, log: Log): SupervisedServer {
  let client: LanguageClient | undefined;
  let ends: readonly number[] = [];
  let disposed = false;
  const mutex = createMutex();
  /** One start or end after the other: a person can ask for a restart while the server is being started. */
  const inTurn = (job: () => Promise<void>) => mutex('', job);

  async function launch(): Promise<void> {
    const starting = await create();
    client = starting;
    await starting.start();
    starting.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && starting === client) {
        void inTurn(revive);
      }
    });
  }

  async function revive(): Promise<void> {
    while (!disposed) {
      ends = lately(ends, Date.now());
      if (ends.length > maxEnds) {
        giveUp(ends.length, log);
        return;
      }
      try {
        return await launch();
      } catch (error) {
        log.error('language server', error);
      }
    }
  }

  async function end(): Promise<void> {
    const ending = client;
    client = undefined;
    // One that never came to run says so, and there is nothing to end.
    await ending?.dispose().catch(() => {});
  }

  return {
    start: () => inTurn(launch),
    restart: () =>
      inTurn(async () => {
        await end();
        ends = [];
        await launch();
      }),
    client: () => client,
    dispose() {
      disposed = true;
      void inTurn(end);
    },
  };
}

/** The ends within the last period, with one that is now. */
function lately(ends: readonly number[], now: number): number[] {
  return [...ends.filter((at) => now - at < period), now];
}

function giveUp(count: number, log: Log): void {
  const message = t(
    'The Dockerfile language server ended {0} times within three minutes, so Dockerfiles are not explained until it is restarted. The log says more.',
    count,
  );
  log.error(message);
  void showFailure(serverFailure(message), log);
}
