// Processes, changed files and figures of a container over the Engine API.
import { Cancelled } from '../model/errors.ts';
import { jsonLines } from './jsonLines.ts';
import type { Look, PathChange } from './lookTypes.ts';
import { list, record, text } from './records.ts';
import { segment, type Transport } from './transport.ts';

/** Milliseconds for comparing a container's files with its image, which reads both. */
const compareTimeout = 120_000;

/** The numbers of `Kind` (Engine API, "Get changes on a container's filesystem"). */
const kinds: readonly PathChange['kind'][] = ['changed', 'added', 'deleted'];

export function createLook(transport: Transport): Look {
  return {
    async processes(container) {
      const answer = record(await transport.json({ method: 'GET', path: `/containers/${segment(container)}/top` }));
      return {
        titles: list(answer.Titles).map(text),
        rows: list(answer.Processes).map((row) => list(row).map(text)),
      };
    },
    async pathChanges(container, signal) {
      const path = `/containers/${segment(container)}/changes`;
      const answer = await transport.json({ method: 'GET', path, signal, timeout: compareTimeout });
      return list(answer).flatMap((raw) => {
        const { Path, Kind } = record(raw);
        const kind = kinds[Number(Kind)];
        return text(Path) && kind ? [{ path: text(Path), kind }] : [];
      });
    },
    async stats(container, onSample, signal) {
      const path = `/containers/${segment(container)}/stats`;
      const stream = await transport.stream({ method: 'GET', path, query: { stream: true }, signal });
      const lines = jsonLines(onSample);
      try {
        for await (const chunk of stream) {
          lines.push(chunk);
        }
      } catch {
        // An engine that dies ends the stream like any other end.
        if (signal.aborted) {
          throw new Cancelled();
        }
      } finally {
        stream.destroy();
      }
    },
  };
}
