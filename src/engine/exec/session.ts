// A process in a container, as its output, its input and its end.
import type { Duplex, Readable } from 'node:stream';
import { demultiplex, type Output } from '../connection/demux.ts';
import type { Session } from './types.ts';

interface SessionParts {
  /** A duplex where there is an input; a readable for logs. */
  stream: Duplex | Readable;
  /** With a terminal, output is raw; without, it comes in frames. */
  terminal: boolean;
  /** The engine's id of an exec. */
  exec?: string;
  /** Asked once the output has ended. */
  exitCode?: () => Promise<number | undefined>;
  resize?: (columns: number, rows: number) => Promise<void>;
}

/**
 * Gives the session over a stream that is open. It works until the stream ends or it is disposed of, and throws nothing: a
 * stream that fails has ended, and what is written after that is dropped. Only `resize` rejects, as the engine's call does.
 */
export function createSession({ stream, terminal, exec, exitCode, resize }: SessionParts): Session {
  const listeners = new Set<Output>();
  const output: Output = (data, name) => {
    for (const listener of [...listeners]) {
      listener(data, name);
    }
  };
  const read = terminal ? (data: Uint8Array) => output(data, 'stdout') : demultiplex(output);
  const input = 'write' in stream ? stream : undefined;
  let over = false;
  let disposed = false;

  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      input?.destroy();
      resolve();
    };
    stream.once('end', end).once('close', end);
    // An input that the process no longer reads, or an engine that dies, is an end like any other.
    stream.on('error', end);
  }).then(() => (disposed ? undefined : exitCode?.().catch(() => undefined)));

  return {
    ...(exec !== undefined && { exec }),
    onOutput(listener) {
      // An entry of its own, so that one function can listen twice.
      const entry: Output = (data, name) => listener(data, name);
      const first = listeners.size === 0 && stream.listenerCount('data') === 0;
      listeners.add(entry);
      if (first) {
        stream.on('data', read);
      }
      return { dispose: () => listeners.delete(entry) };
    },
    ended,
    write(data) {
      if (input && !over && !input.writableEnded) {
        input.write(data);
      }
    },
    end() {
      input?.end();
    },
    async resize(columns, rows) {
      if (!over && columns > 0 && rows > 0) {
        await resize?.(columns, rows);
      }
    },
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    dispose() {
      disposed = true;
      listeners.clear();
      stream.destroy();
    },
  };
}
