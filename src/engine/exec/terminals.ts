// The terminals that are open in containers: their processes are told when they close, also when a window went without a word.
import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { messageOf } from '../../model/errors.ts';
import { markerVariable } from './hangUp.ts';
import { createTerminalNotes, engineKey } from './terminalNotes.ts';
import type { ExecOptions, Session, TerminalClient, TerminalProcess } from './types.ts';

export interface Terminals {
  /** Starts a process with a terminal, which is hung up when its session is disposed of. */
  open(client: TerminalClient, container: string, options: ExecOptions): Promise<Session>;
  /** Hangs up what lost connections, and windows that are gone, have left at this engine. Never rejects. */
  sweep(client: TerminalClient): Promise<void>;
  /** Hangs up all that is open, over connections of its own: those that it had may be closed by now. Never rejects. */
  end(): Promise<void>;
}

interface TerminalsHost {
  /** Where a window notes what it has open, so that a later one finds it; nothing is noted without. */
  folder?: string | undefined;
  /** Reaches an engine for a moment. */
  reach(endpoint: Endpoint): Promise<{ client: TerminalClient; dispose(): void }>;
  log: (message: string) => void;
}

/** A process that runs, as far as is known. */
interface Open {
  process: TerminalProcess;
  endpoint: Endpoint;
  /** Its connection was lost, or it could not be told. */
  left: boolean;
}

/** Milliseconds that terminals have to close together, so that one shell tells them all. */
const together = 20;
/** Milliseconds for a process without a shell beside it to act on the keys that it is sent. */
const afterKeys = 500;
/** Ctrl-C ends what runs in the foreground, Ctrl-D what reads. */
const keys = ['\u0003', '\u0004'];

/** Gives the terminals of this window. `open` rejects as the client does. */
export function createTerminals({ folder, reach, log }: TerminalsHost): Terminals {
  /** By marker. */
  const known = new Map<string, Open>();
  /** Sessions that are being closed. */
  const closing = new Set<Promise<void>>();
  const hangUp = hangUpTogether();
  const notes = createTerminalNotes({
    folder,
    open: () => [...known.values()].map(({ process, endpoint }) => ({ ...process, engine: engineKey(endpoint) })),
    log,
  });

  function forget({ marker }: TerminalProcess): Promise<void> {
    return known.delete(marker) ? notes.update() : notes.written();
  }

  /** Rejects where the engine does not answer; then they stay known. */
  async function tell(client: TerminalClient, processes: readonly TerminalProcess[]): Promise<void> {
    const told = await client.containers.hangUp(processes);
    for (const { container } of processes.filter(({ marker }) => !told.has(marker))) {
      log(
        `A process of a closed terminal goes on in the container ${container}: it could not be found with a shell there.`,
      );
    }
    for (const { marker } of processes) {
      known.delete(marker);
    }
    await notes.update();
  }

  async function tellAll(client: TerminalClient, all: readonly Open[]): Promise<void> {
    await tell(
      client,
      all.map(({ process }) => process),
    );
  }

  /** Hangs up one process; with the keys where no shell beside it can. */
  async function close(client: TerminalClient, session: Session, open: Open): Promise<void> {
    try {
      // What it still writes is for nobody, but must not keep it from ending.
      session.resume();
      if (!(await hangUp(client, open.process))) {
        for (const key of keys) {
          session.write(key);
        }
        const late = new Promise((resolve) => setTimeout(resolve, afterKeys));
        await Promise.race([session.ended, late]);
        await tell(client, [open.process]);
      }
      await forget(open.process);
    } catch (error) {
      open.left = true;
      log(`A terminal could not be hung up: ${messageOf(error)}`);
    } finally {
      session.dispose();
    }
  }

  /** The session, whose disposal hangs up its process. */
  function closable(client: TerminalClient, session: Session, open: Open): Session {
    let state: 'open' | 'closed' | 'over' = 'open';
    void session.ended.then((exitCode) => {
      if (state === 'closed') {
        return;
      }
      state = 'over';
      if (exitCode === undefined) {
        // The engine cannot be asked: it may be gone, or only the way to it.
        open.left = true;
      } else {
        void forget(open.process);
      }
    });
    return {
      ...session,
      onOutput: (listener) =>
        session.onOutput((data, stream) => {
          if (state !== 'closed') {
            listener(data, stream);
          }
        }),
      dispose() {
        if (state === 'open') {
          state = 'closed';
          const work = close(client, session, open).finally(() => closing.delete(work));
          closing.add(work);
        }
      },
    };
  }

  return {
    async open(client, container, options) {
      const marker = randomUUID().replaceAll('-', '');
      const env = [...(options.env ?? []), markerVariable(marker)];
      const session = await client.containers.exec(container, { ...options, env, terminal: true, input: true });
      const { exec = '' } = session;
      const { user } = options;
      const process = { container, exec, marker, ...(user !== undefined && { user }) };
      const open: Open = { process, endpoint: client.endpoint, left: false };
      known.set(marker, open);
      void notes.update();
      return closable(client, session, open);
    },

    async sweep(client) {
      const engine = engineKey(client.endpoint);
      const failed = (error: unknown) => log(`Terminals that were left could not be hung up: ${messageOf(error)}`);
      const own = [...known.values()].filter(({ endpoint, left }) => left && engineKey(endpoint) === engine);
      if (own.length > 0) {
        await tellAll(client, own).catch(failed);
      }
      for (const note of await notes.leftBehind()) {
        const here = note.terminals.filter((terminal) => terminal.engine === engine);
        const elsewhere = note.terminals.filter((terminal) => terminal.engine !== engine);
        if (here.length > 0) {
          await tell(client, here)
            .then(() => note.keep(elsewhere))
            .catch(failed);
        }
      }
    },

    async end() {
      const engines = new Map<string, { endpoint: Endpoint; all: Open[] }>();
      for (const open of known.values()) {
        open.left = true;
        const { endpoint } = open;
        const group = engines.get(engineKey(endpoint)) ?? { endpoint, all: [] };
        group.all.push(open);
        engines.set(engineKey(endpoint), group);
      }
      const hangUps = [...engines.values()].map(async ({ endpoint, all }) => {
        const { client, dispose } = await reach(endpoint);
        await tellAll(client, all).finally(dispose);
      });
      for (const outcome of await Promise.allSettled([...hangUps, ...closing])) {
        if (outcome.status === 'rejected') {
          log(`A terminal could not be hung up: ${messageOf(outcome.reason)}`);
        }
      }
      await notes.written();
    },
  };
}

/** Gives what hangs up a process with those that close at the same moment. Resolves with whether it was told; rejects as the client does. */
function hangUpTogether(): (client: TerminalClient, process: TerminalProcess) => Promise<boolean> {
  const next = new Map<TerminalClient, { processes: TerminalProcess[]; told: Promise<ReadonlySet<string>> }>();
  return async (client, process) => {
    let group = next.get(client);
    if (!group) {
      const processes: TerminalProcess[] = [];
      const told = new Promise((resolve) => setTimeout(resolve, together)).then(() => {
        next.delete(client);
        return client.containers.hangUp(processes);
      });
      group = { processes, told };
      next.set(client, group);
    }
    group.processes.push(process);
    return (await group.told).has(process.marker);
  };
}
