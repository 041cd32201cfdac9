// The terminals that are open in containers: their processes are told when they close, also when a window went without a word.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../local/process.ts';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { messageOf } from '../../model/errors.ts';
import type { EngineClient, ExecOptions, Session, TerminalProcess } from '../types.ts';
import { markerVariable } from './hangUp.ts';

export interface Terminals {
  /** Starts a process with a terminal, which is hung up when its session is disposed of. */
  open(client: EngineClient, container: string, options: ExecOptions): Promise<Session>;
  /** Hangs up what lost connections, and windows that are gone, have left at this engine. Never rejects. */
  sweep(client: EngineClient): Promise<void>;
  /** Hangs up all that is open, over connections of its own: those that it had may be closed by now. Never rejects. */
  end(): Promise<void>;
}

interface TerminalsHost {
  /** Where a window notes what it has open, so that a later one finds it; nothing is noted without. */
  folder?: string | undefined;
  /** Reaches an engine for a moment. */
  reach(endpoint: Endpoint): Promise<{ client: EngineClient; dispose(): void }>;
  log: (message: string) => void;
}

/** A process that runs, as far as is known. */
interface Open {
  process: TerminalProcess;
  endpoint: Endpoint;
  /** Its connection was lost, or it could not be told. */
  left: boolean;
}

/** What a window notes. Engines are named by a hash, because an address may tell more than a file should. */
interface Note {
  host: string;
  pid: number;
  terminals: (TerminalProcess & { engine: string })[];
}

/** Milliseconds that terminals have to close together, so that one shell tells them all. */
const together = 20;
/** Milliseconds for a process without a shell beside it to act on the keys that it is sent. */
const afterKeys = 500;
/** Ctrl-C ends what runs in the foreground, Ctrl-D what reads. */
const keys = ['\u0003', '\u0004'];

export function createTerminals({ folder, reach, log }: TerminalsHost): Terminals {
  const known = new Map<string, Open>();
  /** Sessions that are being closed. */
  const closing = new Set<Promise<void>>();
  /** What is to be told next, by the client that it was opened with. */
  const next = new Map<EngineClient, { processes: TerminalProcess[]; told: Promise<ReadonlySet<string>> }>();
  const file = folder === undefined ? undefined : join(folder, `${randomUUID()}.json`);
  let noted: Promise<void> = Promise.resolve();

  function note(): Promise<void> {
    noted = noted.then(async () => {
      if (folder === undefined || file === undefined) {
        return;
      }
      try {
        if (known.size === 0) {
          await rm(file, { force: true });
          return;
        }
        const terminals = [...known.values()].map(({ process, endpoint }) => ({ ...process, engine: keyOf(endpoint) }));
        await writeNote(folder, file, { host: hostname(), pid: process.pid, terminals });
      } catch (error) {
        log(`The open terminals were not noted: ${messageOf(error)}`);
      }
    });
    return noted;
  }

  function forget({ marker }: TerminalProcess): Promise<void> {
    return known.delete(marker) ? note() : noted;
  }

  /** Rejects where the engine does not answer; then they stay known. */
  async function tell(client: EngineClient, processes: readonly TerminalProcess[]): Promise<void> {
    const told = await client.containers.hangUp(processes);
    for (const { container } of processes.filter(({ marker }) => !told.has(marker))) {
      log(
        `A process of a closed terminal goes on in the container ${container}: it could not be found with a shell there.`,
      );
    }
    for (const { marker } of processes) {
      known.delete(marker);
    }
    await note();
  }

  /** Tells it with what else closes at this moment. */
  async function tellTogether(client: EngineClient, process: TerminalProcess): Promise<boolean> {
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
  }

  async function close(client: EngineClient, session: Session, open: Open): Promise<void> {
    try {
      // What it still writes is for nobody, but must not keep it from ending.
      session.resume();
      if (!(await tellTogether(client, open.process))) {
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

  return {
    async open(client, container, options) {
      const marker = randomUUID().replaceAll('-', '');
      const env = [...(options.env ?? []), markerVariable(marker)];
      const session = await client.containers.exec(container, { ...options, env, terminal: true, input: true });
      const { exec = '' } = session;
      const { user } = options;
      const open: Open = {
        process: { container, exec, marker, ...(user !== undefined && { user }) },
        endpoint: client.endpoint,
        left: false,
      };
      known.set(marker, open);
      void note();
      let closed = false;
      let over = false;
      void session.ended.then((exitCode) => {
        over = true;
        if (closed) {
          return;
        }
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
            if (!closed) {
              listener(data, stream);
            }
          }),
        dispose() {
          if (over || closed) {
            return;
          }
          closed = true;
          const work = close(client, session, open).finally(() => closing.delete(work));
          closing.add(work);
        },
      };
    },

    async sweep(client) {
      const engine = keyOf(client.endpoint);
      const failed = (error: unknown) => log(`Terminals that were left could not be hung up: ${messageOf(error)}`);
      const own = [...known.values()].filter(({ endpoint, left }) => left && keyOf(endpoint) === engine);
      if (own.length > 0) {
        await tell(
          client,
          own.map(({ process }) => process),
        ).catch(failed);
      }
      for (const other of await notesOfGone(folder)) {
        const here = other.note.terminals.filter((terminal) => terminal.engine === engine);
        const elsewhere = other.note.terminals.filter((terminal) => terminal.engine !== engine);
        if (here.length > 0) {
          await tell(client, here)
            .then(() =>
              elsewhere.length === 0
                ? rm(other.file, { force: true })
                : writeNote(folder ?? '', other.file, { ...other.note, terminals: elsewhere }),
            )
            .catch(failed);
        }
      }
    },

    async end() {
      const engines = new Map<string, Open[]>();
      for (const open of known.values()) {
        open.left = true;
        const key = keyOf(open.endpoint);
        engines.set(key, [...(engines.get(key) ?? []), open]);
      }
      const hangUpAll = async (all: readonly Open[]) => {
        const [first] = all;
        if (!first) {
          return;
        }
        const { client, dispose } = await reach(first.endpoint);
        try {
          await tell(
            client,
            all.map(({ process }) => process),
          );
        } finally {
          dispose();
        }
      };
      const outcomes = await Promise.allSettled([...[...engines.values()].map(hangUpAll), ...closing]);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          log(`A terminal could not be hung up: ${messageOf(outcome.reason)}`);
        }
      }
      await noted;
    },
  };
}

function keyOf({ url }: Endpoint): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

async function writeNote(folder: string, file: string, note: Note): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.${randomUUID()}.tmp`;
  await writeFile(unfinished, JSON.stringify(note), { mode: 0o600 });
  await rename(unfinished, file);
}

/** The notes of windows on this machine whose process is gone. */
async function notesOfGone(folder: string | undefined): Promise<{ file: string; note: Note }[]> {
  const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
  const notes = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const file = join(folder ?? '', name);
        const note = await readNote(file);
        return note && note.host === hostname() && !isAlive(note.pid) ? [{ file, note }] : [];
      }),
  );
  return notes.flat();
}

async function readNote(file: string): Promise<Note | undefined> {
  try {
    const note = JSON.parse(await readFile(file, 'utf8')) as Note;
    const whole =
      typeof note.host === 'string' &&
      Number.isSafeInteger(note.pid) &&
      note.pid > 0 &&
      note.terminals.every(({ engine, container, exec, marker, user = '' }) =>
        [engine, container, exec, marker, user].every((value) => typeof value === 'string'),
      );
    return whole ? note : undefined;
  } catch {
    return undefined;
  }
}
