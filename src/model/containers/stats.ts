// The figures of a container: what an engine's sample says, and how it compares with the one before.
import { fields, list, number, text } from '../untyped.ts';

/** One sample, as the engine counts: sums since the container's start. */
export interface Counters {
  /** Milliseconds since 1970; 0 for a container that does not run. */
  time: number;
  /** Nanoseconds of processor time, of the container and of its host. */
  cpu: number;
  system: number;
  processors: number;
  /** Bytes. */
  memory: number;
  memoryLimit: number;
  received: number;
  sent: number;
  read: number;
  written: number;
  processes: number;
  /** The engine of Windows counts otherwise: 100 ns of processor time, and no time of the host. */
  windows: boolean;
}

/** What is drawn. Rates are per second; undefined where two samples are needed and there is one. */
export interface Figures {
  time: number;
  /** Percent of one processor: 200 is two of them. */
  cpu?: number;
  memory: number;
  /** 0 where there is none. */
  memoryLimit: number;
  receiving?: number;
  sending?: number;
  reading?: number;
  writing?: number;
  received: number;
  sent: number;
  read: number;
  written: number;
  processes: number;
}

/** Reads one answer of GET /containers/{id}/stats. Memory counts as the docker program counts it: without the cache of files. */
export function readStats(raw: unknown): Counters {
  const sample = fields(raw);
  const cpu = fields(sample.cpu_stats);
  const usage = fields(cpu.cpu_usage);
  const memory = fields(sample.memory_stats);
  const details = fields(memory.stats);
  const windows = number(sample.num_procs) > 0;
  const time = Date.parse(text(sample.read));
  // Version 2 of control groups has inactive_file, version 1 total_inactive_file.
  const cache = number(details.inactive_file) || number(details.total_inactive_file);
  const used = number(memory.usage);
  const networks = Object.values(fields(sample.networks)).map(fields);
  const disks = list(fields(sample.blkio_stats).io_service_bytes_recursive).map(fields);
  const storage = fields(sample.storage_stats);
  const moved = (operation: string) =>
    sum(disks.filter(({ op }) => String(op).toLowerCase() === operation).map(({ value }) => number(value)));
  return {
    time: Number.isNaN(time) || time < 0 ? 0 : time,
    cpu: number(usage.total_usage),
    system: number(cpu.system_cpu_usage),
    processors: number(cpu.online_cpus) || list(usage.percpu_usage).length || number(sample.num_procs) || 1,
    memory: windows ? number(memory.privateworkingset) : used > cache ? used - cache : used,
    memoryLimit: number(memory.limit),
    received: sum(networks.map(({ rx_bytes }) => number(rx_bytes))),
    sent: sum(networks.map(({ tx_bytes }) => number(tx_bytes))),
    read: moved('read') + number(storage.read_size_bytes),
    written: moved('write') + number(storage.write_size_bytes),
    processes: number(fields(sample.pids_stats).current),
    windows,
  };
}

/** Undefined for a container that does not run. */
export function figuresOf(now: Counters, before: Counters | undefined): Figures | undefined {
  if (now.time === 0) {
    return undefined;
  }
  const { time, memory, memoryLimit, received, sent, read, written, processes } = now;
  const sums = { time, memory, memoryLimit, received, sent, read, written, processes };
  // After a restart the counters begin again.
  const same = before && before.time > 0 && now.time > before.time && now.cpu >= before.cpu;
  if (!same) {
    return sums;
  }
  const seconds = (now.time - before.time) / 1000;
  const rate = (one: number, other: number) => Math.max(0, one - other) / seconds;
  return {
    ...sums,
    cpu: cpuPercent(now, before, seconds),
    receiving: rate(received, before.received),
    sending: rate(sent, before.sent),
    reading: rate(read, before.read),
    writing: rate(written, before.written),
  };
}

function cpuPercent(now: Counters, before: Counters, seconds: number): number {
  const used = now.cpu - before.cpu;
  if (now.windows) {
    return (used / (seconds * 1e7)) * 100;
  }
  const all = now.system - before.system;
  // Without the host's own time, wall time stands for it.
  return all > 0 ? (used / all) * now.processors * 100 : (used / (seconds * 1e9)) * 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Samples that are drawn: two minutes. */
export const maxFigures = 120;

export interface StatsSeries {
  name: string;
  /** Oldest first; undefined while it did not run. */
  figures: (Figures | undefined)[];
  /** Why nothing comes. */
  problem?: string;
}

export interface StatsPage {
  containers: StatsSeries[];
}

/** What came since: to be added to the series with these numbers. */
export interface StatsNews {
  type: 'figures';
  more: (StatsSeries & { index: number })[];
}

/** A round number at or above the highest value, for the top of a chart. */
export function niceTop(highest: number, min: number): number {
  const wanted = Math.max(highest, min);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= wanted) ?? 10;
  return step * power;
}
