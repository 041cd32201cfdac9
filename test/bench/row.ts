// One figure of the benchmarks, and how it is printed.

export interface Row {
  name: string;
  value: number;
  unit: string;
  /** The figure to stay at or below, in the same unit; absent for a figure that is there to compare with. */
  goal?: number;
  /** What the peer, or the bare call without our code, needed in the same run. */
  peer?: number;
  peerName?: string;
  note?: string;
}

/** The middle one of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A table for the terminal. A row whose value is above its goal is marked with an exclamation mark. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, goal, peer, peerName, note }) => [
    goal !== undefined && value > goal ? '!' : ' ',
    name,
    `${round(value)} ${unit}`,
    goal === undefined ? '' : `<= ${round(goal)} ${unit}`,
    peer === undefined ? '' : `${peerName ?? 'peer'}: ${round(peer)} ${unit} (${ratio(value, peer)})`,
    note ?? '',
  ]);
  const head = ['', 'what', 'measured', 'goal', 'beside it, in the same run', ''];
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), ...cells.map(line)].join('\n');
}

function round(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

function ratio(value: number, peer: number): string {
  return `${Number((value / peer).toPrecision(2))} x`;
}
