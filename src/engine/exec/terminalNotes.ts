// What windows note of their open terminals, so that a later window finds those of one that went without a word.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { isAlive } from '../../local/process.ts';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { messageOf } from '../../model/errors.ts';
import type { TerminalProcess } from './types.ts';

export type NotedTerminal = TerminalProcess & { engine: string };

/** What a window notes. Engines are named by a hash, because an address may tell more than a file should. */
interface Note {
  host: string;
  pid: number;
  terminals: NotedTerminal[];
}

export interface TerminalNotes {
  /** Writes down what is open, after what is being written down already. Never rejects: what fails is in the log. */
  update(): Promise<void>;
  /** Resolves when what is being written down is there. */
  written(): Promise<void>;
  /** Gives what windows of this machine have noted whose process is gone, to be hung up. */
  leftBehind(): Promise<LeftNote[]>;
}

export interface LeftNote {
  readonly terminals: readonly NotedTerminal[];
  /** Those that are still to be hung up; without any, the note goes. */
  keep(terminals: readonly NotedTerminal[]): Promise<void>;
}

interface Options {
  /** Nothing is noted, and nothing found, without a folder. */
  folder: string | undefined;
  /** What is open when it is written down. */
  open(): NotedTerminal[];
  log: (message: string) => void;
}

/** Gives this window's note and those of others. Nothing is read or written before it is asked to. */
export function createTerminalNotes({ folder, open, log }: Options): TerminalNotes {
  if (folder === undefined) {
    return { update: async () => {}, written: async () => {}, leftBehind: async () => [] };
  }
  const file = join(folder, `${randomUUID()}.json`);
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    try {
      const terminals = open();
      await (terminals.length === 0
        ? rm(file, { force: true })
        : writeNote(file, { host: hostname(), pid: process.pid, terminals }));
    } catch (error) {
      log(`The open terminals were not noted: ${messageOf(error)}`);
    }
  }

  return {
    update() {
      writing = writing.then(write);
      return writing;
    },
    written: () => writing,
    leftBehind: () => notesOfGone(folder),
  };
}

/** The name of an engine in notes. */
export function engineKey({ url }: Endpoint): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

async function writeNote(file: string, note: Note): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}.tmp`;
  await writeFile(unfinished, JSON.stringify(note), { mode: 0o600 });
  await rename(unfinished, file);
}

async function notesOfGone(folder: string): Promise<LeftNote[]> {
  const names = await readdir(folder).catch(() => []);
  const notes = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const file = join(folder, name);
        const note = await readNote(file);
        return note && note.host === hostname() && !isAlive(note.pid) ? [leftNote(file, note)] : [];
      }),
  );
  return notes.flat();
}

function leftNote(file: string, note: Note): LeftNote {
  return {
    terminals: note.terminals,
    keep: (terminals) =>
      terminals.length === 0 ? rm(file, { force: true }) : writeNote(file, { ...note, terminals: [...terminals] }),
  };
}

/** Undefined for what is no note: anybody may write into the folder. */
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
