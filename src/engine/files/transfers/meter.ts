// Bytes of a transfer: counted, and told of now and then.
import type { TransferOptions } from '../types.ts';

/** Milliseconds between two reports. */
const reportPace = 100;

export type Meter = ((length: number) => void) & { end(): void };

/** Counts bytes and tells of them at most ten times a second, and once at the end. */
export function meter(
  { onProgress }: { onProgress?: TransferOptions['onProgress'] | undefined },
  total?: number,
): Meter {
  let bytes = 0;
  let last = 0;
  const count = (length: number) => {
    bytes += length;
    const now = Date.now();
    if (now - last >= reportPace || bytes === total) {
      last = now;
      onProgress?.(bytes, total);
    }
  };
  return Object.assign(count, {
    end() {
      if (bytes !== total) {
        onProgress?.(bytes, total);
      }
    },
  });
}

/** The same chunks; `onBytes` is told the length of each before it is given on. */
export async function* counted(
  chunks: AsyncIterable<Buffer>,
  onBytes: (length: number) => void = () => {},
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}
