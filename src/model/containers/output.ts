// What a process writes, read to its end.

type Stream = 'stdout' | 'stderr';

/** What is needed of a session. */
interface Source {
  onOutput(listener: (data: Uint8Array, stream: Stream) => void): unknown;
  readonly ended: Promise<number | undefined>;
  dispose(): void;
}

export interface SessionOutput {
  /** Undefined when the engine cannot tell it, or the process was left. */
  exitCode: number | undefined;
  bytes(stream: Stream): Uint8Array;
  /** The text of one stream, or of both in the order in which they came; never cut inside a character between two pieces. */
  text(stream?: Stream): string;
}

export interface ReadOptions {
  /** Bytes that are kept of each stream; what is beyond is left out. */
  limit: number | Record<Stream, number>;
  /** Told when a stream has more than its limit, to leave a process that may write for ever. */
  onFull?(stream: Stream): void;
  /** Leaves the process. */
  signal?: AbortSignal | undefined;
}

/** Never rejects; the session is disposed of afterwards. */
export async function readToEnd(session: Source, { limit, onFull, signal }: ReadOptions): Promise<SessionOutput> {
  const left = typeof limit === 'number' ? { stdout: limit, stderr: limit } : { ...limit };
  const pieces: { stream: Stream; data: Uint8Array }[] = [];
  const leave = () => session.dispose();
  signal?.addEventListener('abort', leave);
  session.onOutput((data, stream) => {
    const kept = data.subarray(0, left[stream]);
    if (kept.length > 0) {
      left[stream] -= kept.length;
      pieces.push({ stream, data: kept });
    }
    if (kept.length < data.length) {
      onFull?.(stream);
    }
  });
  if (signal?.aborted) {
    leave();
  }
  const exitCode = await session.ended;
  signal?.removeEventListener('abort', leave);
  session.dispose();
  const of = (stream: Stream | undefined) => pieces.filter((piece) => stream === undefined || piece.stream === stream);
  return {
    exitCode,
    bytes: (stream) => joined(of(stream).map(({ data }) => data)),
    text: (stream) => decoded(of(stream)),
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** One decoder a stream: a character may be cut in two by a frame, with frames of the other stream between its parts. */
function decoded(pieces: readonly { stream: Stream; data: Uint8Array }[]): string {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const text = pieces.map(({ stream, data }) => decoders[stream].decode(data, { stream: true }));
  return [...text, decoders.stdout.decode(), decoders.stderr.decode()].join('');
}
