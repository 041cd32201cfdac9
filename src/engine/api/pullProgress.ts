// The stream of a pull or a push: progress lines, the digest at the end, and the refusals in between.
import type { Readable } from 'node:stream';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { plain } from '../../model/text.ts';
import { fields, text } from '../../model/untyped.ts';
import { jsonLines } from '../connection/jsonLines.ts';
import { engineFailure } from '../connection/unreachable.ts';

/** One line of progress of a pull or push. */
export interface LayerProgress {
  /** Layer id, or undefined for a line about the whole. */
  layer?: string;
  /** The engine's word: Downloading, Pushing, Already exists … */
  status: string;
  /** Bytes so far and in all, where the engine says. */
  current?: number;
  total?: number;
}

/**
 * Reads the stream to its end. A pull or push that fails does so inside the stream, after an answer of 200:
 * any line with an error makes this reject with an `EngineError` that has the registry's words. One that breaks off rejects
 * with an `EngineError` that names the endpoint.
 */
export async function followProgress(
  stream: Readable,
  onProgress: (line: LayerProgress) => void = () => {},
  endpoint?: Endpoint,
): Promise<{ digest?: string }> {
  let digest: string | undefined;
  let refusal: string | undefined;

  const lines = jsonLines((value) => {
    const line = fields(value);
    // `error` is the older spelling of `errorDetail.message`.
    refusal ??= text(fields(line.errorDetail).message) || text(line.error) || undefined;
    digest = text(fields(line.aux).Digest) || digestLine(text(line.status)) || digest;
    if (text(line.status)) {
      onProgress(progressOf(line));
    }
  });
  try {
    for await (const chunk of stream) {
      lines.push(chunk);
    }
  } catch (error) {
    throw engineFailure(error, endpoint);
  }
  lines.end();
  if (refusal !== undefined) {
    throw new EngineError(refusal, { status: 200 });
  }
  return digest === undefined ? {} : { digest };
}

function digestLine(status: string): string | undefined {
  return /(?:^Digest:|\bdigest:) (\w+:[0-9a-f]{32,})/.exec(status)?.[1];
}

function progressOf(line: Record<string, unknown>): LayerProgress {
  const { current, total } = fields(line.progressDetail);
  const layer = plain(text(line.id), 100);
  return {
    ...(layer && { layer }),
    status: plain(text(line.status), 200),
    ...(typeof current === 'number' && { current }),
    ...(typeof total === 'number' && total > 0 && { total }),
  };
}
