// The engine's frames of standard output and standard error, taken apart.

/** Receives output as it arrives; a frame may come in several pieces. */
export type Output = (data: Uint8Array, stream: 'stdout' | 'stderr') => void;

/**
 * Reads the multiplexed stream of a process without a terminal: each frame is one byte for the stream
 * (1 output, 2 error), three zeros, and its length in four bytes, most significant first
 * (Engine API, "Attach to a container"). Payload is passed on at once, so that a long frame takes no memory.
 * Bytes that are no frame are passed on as output.
 */
export function demultiplex(output: Output): (chunk: Uint8Array) => void {
  const header = new Uint8Array(8);
  let headerLength = 0;
  let remaining = 0;
  let stream: 'stdout' | 'stderr' = 'stdout';
  let raw = false;

  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (raw) {
        output(chunk.subarray(at), 'stdout');
        return;
      }
      if (remaining > 0) {
        const end = Math.min(chunk.length, at + remaining);
        output(chunk.subarray(at, end), stream);
        remaining -= end - at;
        at = end;
        continue;
      }
      const taken = Math.min(8 - headerLength, chunk.length - at);
      header.set(chunk.subarray(at, at + taken), headerLength);
      headerLength += taken;
      at += taken;
      if (headerLength === 8) {
        headerLength = 0;
        const [kind = 0, ...zeros] = header.subarray(0, 4);
        if (kind > 2 || zeros.some((byte) => byte !== 0)) {
          raw = true;
          output(header.slice(), 'stdout');
          continue;
        }
        stream = kind === 2 ? 'stderr' : 'stdout';
        remaining = new DataView(header.buffer).getUint32(4);
      }
    }
  };
}
