// The figures of the page of statistics, from what the extension sent to the texts of its table.
import { type Figures, maxFigures, type StatsNews, type StatsSeries } from '../../model/containers/stats.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Curve } from './curves.ts';

/** The series as they arrive; what is absent in a list arrives as null. */
export function readSeries(containers: readonly StatsSeries[]): StatsSeries[] {
  return containers.map((each) => ({ ...each, figures: each.figures.map((figures) => figures ?? undefined) }));
}

/** The series with what came since, as far back as the charts reach; news of a series that is not there are left out. */
export function withNews(series: readonly StatsSeries[], more: StatsNews['more']): StatsSeries[] {
  const next = [...series];
  for (const { index, figures, problem = '' } of more) {
    const own = next[index];
    if (own) {
      const all = [...own.figures, ...figures.map((each) => each ?? undefined)];
      next[index] = { ...own, figures: all.slice(-maxFigures), problem };
    }
  }
  return next;
}

/** One kind of lines, for all containers. */
export function curvesOf(
  series: readonly StatsSeries[],
  kind: string,
  pick: (figures: Figures) => number | undefined,
  dashed = false,
): Curve[] {
  return series.map(({ name, figures }, index) => ({
    container: name,
    index,
    kind,
    dashed,
    points: figures.map((each) => each && pick(each)),
  }));
}

/** Milliseconds since 1970 of the samples of the container with most of them, oldest first. */
export function timesOf(series: readonly StatsSeries[]): (number | undefined)[] {
  const longest = series.reduce<StatsSeries['figures']>(
    (max, { figures }) => (figures.length > max.length ? figures : max),
    [],
  );
  return longest.map((each) => each?.time);
}

/** The limit of memory in bytes, where all containers have the same one; else 0. */
export function sharedLimit(series: readonly StatsSeries[]): number {
  const limits = new Set(series.map(({ figures }) => figures.at(-1)?.memoryLimit ?? 0));
  const [limit = 0] = limits;
  return limits.size === 1 ? limit : 0;
}

/** The heads of the table. */
export function tableHeads(): string[] {
  return [
    t('Container'),
    t('Processor'),
    t('Memory'),
    t('Limit'),
    t('Received'),
    t('Sent'),
    t('Read'),
    t('Written'),
    t('Processes'),
  ];
}

/** What the table says of a container after its name; dashes for one that does not run. */
export function tableCells({ figures }: StatsSeries): string[] {
  const now = figures.at(-1);
  return now
    ? [
        now.cpu === undefined ? '…' : formatPercent(now.cpu),
        memoryText(now),
        now.memoryLimit > 0 ? formatSize(now.memoryLimit) : t('none'),
        ...[now.received, now.sent, now.read, now.written].map(formatSize),
        now.processes.toLocaleString(),
      ]
    : tableHeads()
        .slice(1)
        .map(() => '–');
}

function memoryText({ memory, memoryLimit }: Figures): string {
  return memoryLimit > 0
    ? t('{0} ({1})', formatSize(memory), formatPercent((memory / memoryLimit) * 100))
    : formatSize(memory);
}

export function formatPercent(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} %`;
}
