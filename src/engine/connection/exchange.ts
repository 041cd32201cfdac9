// One request and its answer: what ends it early, which answers are failures, and bodies within bounds.
import type { Duplex, Readable } from 'node:stream';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled } from '../../model/errors.ts';
import { fields, text } from '../../model/untyped.ts';
import type { Answer, Modem } from './dockerode.ts';
import { jsonElements } from './jsonElements.ts';
import type { Request, Transport } from './transport.ts';
import { engineFailure } from './unreachable.ts';

/** Bytes of an answer; 10,000 containers with many labels take some 30 MB. */
const maxBody = 256 * 1024 * 1024;
/** Bytes of an answer that says why a request failed. */
const maxErrorBody = 64 * 1024;

/** A transport that does not know yet who answers. */
export type BareTransport = Omit<Transport, 'podman'>;

/**
 * Gives the transport over a modem. It works until it is disposed of; its methods then reject with an `EngineError` of
 * problem `closed`, as do the requests that were under way.
 */
export function createTransport(modem: Modem, endpoint: Endpoint): BareTransport {
  const open = new Set<AbortController>();
  let disposed = false;
  const closed = () => new EngineError('The connection was closed.', { problem: 'closed', endpoint });

  /** Sends a request and reads its answer with `use`. It stays open until its answer is closed, or until it fails. */
  async function send<T>(request: Request, hijack: boolean, use: (answer: Answer) => T | Promise<T>): Promise<T> {
    if (request.signal?.aborted) {
      throw new Cancelled();
    }
    if (disposed) {
      throw closed();
    }
    const { abort, stopTimer, release } = endingOf(request, endpoint);
    open.add(abort);
    const over = () => {
      open.delete(abort);
      release();
    };
    try {
      const answer = await modem.dial(request, hijack, abort.signal);
      endWith(answer, abort.signal);
      answer.once('close', over);
      const failure = await failureIn(answer, request, hijack, endpoint);
      if (failure) {
        throw failure;
      }
      return await use(answer);
    } catch (error) {
      over();
      if (request.signal?.aborted) {
        throw new Cancelled();
      }
      throw abort.signal.aborted ? abort.signal.reason : engineFailure(error, endpoint);
    } finally {
      stopTimer();
    }
  }

  return {
    json: (request) =>
      send(request, false, async (answer) => jsonOf((await bodyOf(answer, maxBody)).toString(), endpoint)),
    elements: (request, take) => send(request, false, (answer) => readElements(answer, take, endpoint)),
    headers: (request) =>
      send(request, false, async (answer) => {
        await bodyOf(answer, maxBody);
        return 'headers' in answer ? answer.headers : {};
      }),
    stream: (request) => send(request, false, (answer): Readable => answer),
    hijack: (request) => send(request, true, (answer) => answer as Duplex),
    dispose() {
      disposed = true;
      for (const abort of open) {
        abort.abort(closed());
      }
      modem.dispose();
    },
  };
}

/** What ends a request early: its own signal, or its time. The reason of `abort` is the error that the sender gets. */
function endingOf(
  { signal, timeout }: Request,
  endpoint: Endpoint,
): { abort: AbortController; stopTimer(): void; release(): void } {
  const abort = new AbortController();
  const cancel = () => abort.abort(new Cancelled());
  signal?.addEventListener('abort', cancel);
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          const seconds = Math.ceil(timeout / 1000);
          abort.abort(new EngineError(`No answer within ${seconds} s.`, { problem: 'timeout', endpoint }));
        }, timeout);
  return {
    abort,
    stopTimer: () => clearTimeout(timer),
    release: () => signal?.removeEventListener('abort', cancel),
  };
}

/** Whoever reads the answer when the signal is aborted hears why: that the transport was closed, or was told to stop. */
function endWith(answer: Answer, signal: AbortSignal): void {
  if (signal.aborted) {
    answer.destroy();
  }
  const end = () => answer.destroy(signal.reason instanceof EngineError ? signal.reason : new Error('aborted'));
  signal.addEventListener('abort', end, { once: true });
  // Its reader hears of the answer's errors, too; without a reader they must not end the process.
  answer.on('error', () => {});
}

/** The failure that an answer stands for by its status; undefined for an answer that is none. */
async function failureIn(
  answer: Answer,
  { accept }: Request,
  hijack: boolean,
  endpoint: Endpoint,
): Promise<EngineError | undefined> {
  const status = 'statusCode' in answer ? (answer.statusCode ?? 0) : 101;
  if (status >= 300 && status < 400 && status !== 304) {
    // Engines do not send anybody elsewhere.
    answer.destroy();
    return new EngineError(`HTTP ${status}`, { status, problem: 'not-an-engine', endpoint });
  }
  if ((status >= 400 && status !== accept) || (hijack && !('write' in answer))) {
    return new EngineError(errorText((await bodyOf(answer, maxErrorBody)).toString()) || `HTTP ${status}`, { status });
  }
  return undefined;
}

/** The value of a body; undefined for an empty one. Podman ends some empty answers with a line end, and says OK in others. */
function jsonOf(body: string, endpoint: Endpoint): unknown {
  if (/^(?:OK)?\s*$/.test(body)) {
    return undefined;
  }
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw notJson(endpoint, error);
  }
}

async function readElements(answer: Answer, take: (elements: unknown[]) => void, endpoint: Endpoint): Promise<void> {
  const elements = jsonElements(take);
  try {
    for await (const chunk of chunksOf(answer, maxBody)) {
      elements.push(chunk);
    }
    elements.end();
  } catch (error) {
    throw error instanceof SyntaxError ? notJson(endpoint, error) : error;
  }
}

async function bodyOf(answer: Answer, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(answer, limit)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* chunksOf(answer: Answer, limit: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      answer.destroy();
      throw new EngineError(`The answer is longer than ${limit} bytes.`, { problem: 'other' });
    }
    yield chunk;
  }
}

/** The engine answers `{"message": …}`, older ones and proxies with plain text. */
function errorText(words: string): string {
  try {
    return text(fields(JSON.parse(words)).message) || words;
  } catch {
    return words;
  }
}

function notJson(endpoint: Endpoint, cause: unknown): EngineError {
  return new EngineError('The answer is not JSON.', { problem: 'not-an-engine', endpoint, cause });
}
