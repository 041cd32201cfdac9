// What the Engine API tells of a container: its state, processes, changed files, figures and logs.
import { EngineError } from '../../../model/engines/error.ts';
import { Cancelled } from '../../../model/errors.ts';
import type { PathChange } from '../../../model/files/changes.ts';
import { fields, list, text } from '../../../model/untyped.ts';
import { jsonLines } from '../../connection/jsonLines.ts';
import { segment, type Transport } from '../../connection/transport.ts';
import { createSession } from '../../exec/session.ts';
import { containerDetails } from '../inspections.ts';
import { createRequests } from '../jsonRequests.ts';
import type { Insight, Processes } from './types.ts';

/** Milliseconds for comparing a container's files with its image, which reads both. */
const compareTimeout = 120_000;

/** The numbers of `Kind` (Engine API, "Get changes on a container's filesystem"). */
const kinds: readonly PathChange['kind'][] = ['changed', 'added', 'deleted'];

export function createInsight(transport: Transport): Insight {
  const { get } = createRequests(transport);
  const inspect = async (container: string) => containerDetails(await get(`/containers/${segment(container)}/json`));

  return {
    inspect,
    async top(container, { columns, signal } = {}) {
      const path = `/containers/${segment(container)}/top`;
      const query = { ps_args: columns };
      const answer = fields(await transport.json({ method: 'GET', path, query, signal }));
      const titles = list(answer.Titles).map(text);
      const rows = list(answer.Processes).map((row) => list(row).map(text));
      const [line = ''] = titles;
      // Podman gives the lines of a container's own ps as they are.
      return titles.length === 1 && /\S\s+\S/.test(line) ? inColumns(line, rows) : { titles, rows };
    },
    async changes(container, signal) {
      const path = `/containers/${segment(container)}/changes`;
      const answer = await transport.json({ method: 'GET', path, signal, timeout: compareTimeout });
      return list(answer).flatMap((raw) => {
        const { Path, Kind } = fields(raw);
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
    async logs(container, { follow, tail, since, timestamps }, signal) {
      const path = `/containers/${segment(container)}`;
      const { terminal } = containerDetails(await transport.json({ method: 'GET', path: `${path}/json`, signal }));
      const stream = await transport.stream({
        method: 'GET',
        path: `${path}/logs`,
        query: { follow, tail, since, timestamps, stdout: true, stderr: true },
        signal,
      });
      return createSession({ stream, terminal });
    },
    async pathExists(container, path) {
      const archive = `/containers/${segment(container)}/archive`;
      try {
        await transport.headers({ method: 'HEAD', path: archive, query: { path } });
        return true;
      } catch (error) {
        if (!(error instanceof EngineError && error.status === 404)) {
          throw error;
        }
        // The answer has no body to tell a missing file from a missing container.
        await inspect(container);
        return false;
      }
    },
  };
}

/** Lines of `ps` cut into as many words as there are titles; the last column, the command, has the rest. */
function inColumns(line: string, rows: readonly string[][]): Processes {
  const titles = line.trim().split(/\s+/);
  return { titles, rows: rows.map(([row = '']) => wordsOf(row, titles.length)) };
}

/** So many words, the last of which is the rest; the whole where there are fewer. A pattern with a group for each would take for ever. */
function wordsOf(row: string, count: number): string[] {
  const word = /\S+/g;
  const words: string[] = [];
  while (words.length < count - 1) {
    const found = word.exec(row)?.[0];
    if (found === undefined) {
      return [row];
    }
    words.push(found);
  }
  return [...words, row.slice(word.lastIndex).trimStart()];
}
