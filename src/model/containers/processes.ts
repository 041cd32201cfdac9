// The processes of containers: what the host's `ps` says of each, in the order of any of its columns.
import { compareNames } from '../arrange.ts';

/**
 * What is asked for, until an engine understands it: for the `ps` of Docker's host, for Podman itself (which gives an
 * empty answer to the first, and numbers of the container to the second), and what every engine has.
 */
export const askedColumns: readonly (string | undefined)[] = [
  '-eo pid,ppid,user,pcpu,rss,stime,time,args',
  'pid,ppid,user,pcpu,rss,stime,time,args',
  undefined,
];

export interface ProcessFacts {
  /** Numbers of the engine's host with Docker, of the container with Podman. */
  pid: number;
  parent: number;
  user: string;
  /** Percent of one processor, since the process started. */
  cpu?: number;
  /** Bytes in memory. */
  memory?: number;
  /** Time of day, or the day, as `ps` writes it. */
  started: string;
  /** Processor time that it has used, as `ps` writes it. */
  time: string;
  command: string;
}

export type ProcessColumn = 'container' | keyof ProcessFacts;

export interface ProcessOrder {
  column: ProcessColumn;
  down: boolean;
}

/** The processes of one container, as its page shows them. */
export interface ProcessList {
  name: string;
  processes: ProcessFacts[];
  /** Why there are none. */
  problem?: string;
}

export interface ProcessesPage {
  containers: ProcessList[];
}

/** Names of columns: those asked for, then those of `ps -ef` and `ps aux`. */
const titlesOf: Readonly<Record<keyof ProcessFacts, readonly string[]>> = {
  pid: ['PID'],
  parent: ['PPID'],
  user: ['USER', 'UID'],
  cpu: ['%CPU', 'C'],
  memory: ['RSS'],
  started: ['STIME', 'START', 'STARTED'],
  time: ['TIME'],
  command: ['COMMAND', 'CMD', 'ARGS'],
};

/** Reads the answer of GET /containers/{id}/top, whatever columns it has. */
export function readProcesses({
  titles,
  rows,
}: {
  titles: readonly string[];
  rows: readonly string[][];
}): ProcessFacts[] {
  const places = Object.fromEntries(
    Object.entries(titlesOf).map(([column, names]) => [column, titles.findIndex((title) => names.includes(title))]),
  );
  return rows.map((row) => {
    const cell = (column: keyof ProcessFacts) => row[places[column] ?? -1] ?? '';
    const count = (column: keyof ProcessFacts) => (cell(column) === '' ? Number.NaN : Number(cell(column)));
    const cpu = count('cpu');
    const kibibytes = count('memory');
    return {
      pid: count('pid') || 0,
      parent: count('parent') || 0,
      user: cell('user'),
      ...(Number.isFinite(cpu) && { cpu }),
      ...(Number.isFinite(kibibytes) && { memory: kibibytes * 1024 }),
      // Podman writes the seconds and the zone, too.
      started: cell('started').replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d):.*$/, '$1'),
      time: cell('time'),
      command: cell('command'),
    };
  });
}

/** Seconds of `00:01:02`, `1-02:03:04` and `0:07`, and of Podman's `1h2m3.5s`. */
export function secondsOf(time: string): number {
  const [whole, hours = '0', minutes = '0', seconds = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(time) ?? [];
  if (whole) {
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  }
  const [, days = '0', clock = time] = /^(\d+)-(.*)$/.exec(time) ?? [];
  return clock.split(':').reduce((sum, part) => sum * 60 + (Number(part) || 0), 0) + Number(days) * 86_400;
}

type Row = ProcessFacts & { container: string };

/** Compares two rows; equal ones stay in the order of their numbers. */
export function inOrder({ column, down }: ProcessOrder): (a: Row, b: Row) => number {
  return (a, b) => (down ? -1 : 1) * compare(column, a, b) || a.pid - b.pid;
}

function compare(column: ProcessColumn, a: Row, b: Row): number {
  switch (column) {
    case 'pid':
    case 'parent':
      return a[column] - b[column];
    case 'cpu':
    case 'memory':
      return (a[column] ?? -1) - (b[column] ?? -1);
    case 'time':
      return secondsOf(a.time) - secondsOf(b.time);
    default:
      return compareNames(a[column], b[column]);
  }
}
