// The page of statistics: four charts over the last minutes, and a table of what holds now.
import {
  type Figures,
  maxFigures,
  type StatsNews,
  type StatsPage,
  type StatsSeries,
} from '../../model/containers/stats.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { el, page, startPage } from '../host.ts';
import { type Chart, createChart } from './chart.ts';
import {
  curvesOf,
  formatPercent,
  readSeries,
  sharedLimit,
  tableCells,
  tableHeads,
  timesOf,
  withNews,
} from './figures.ts';
import { createNotice, type Notice } from './notice.ts';

let series: StatsSeries[] = [];
let charts: Chart[] = [];
let table: HTMLElement | undefined;
let notice: Notice | undefined;

startPage<StatsPage>(build, (message) => {
  // It comes from the extension, which made it by this type.
  series = withNews(series, (message as StatsNews).more);
  draw();
});

function build({ containers }: StatsPage): void {
  series = readSeries(containers);
  charts = createCharts();
  table = el('table', {});
  notice = createNotice();
  page().replaceChildren(
    legend(),
    notice.element,
    el('div', { class: 'charts' }, ...charts.map(({ element }) => element)),
    el('h2', {}, t('Now')),
    table,
  );
  draw();
}

function createCharts(): Chart[] {
  type Line = [pick: (figures: Figures) => number | undefined, kind?: string, dashed?: boolean];
  const chart = (
    title: string,
    lines: readonly Line[],
    more: { unit: (value: number) => string; least: number; limit?: () => number },
  ) =>
    createChart({
      title,
      curves: () => lines.flatMap(([pick, kind = '', dashed]) => curvesOf(series, kind, pick, dashed)),
      times: () => timesOf(series),
      samples: maxFigures,
      ...more,
    });
  const rate = { unit: (value: number) => t('{0}/s', formatSize(value)), least: 1000 };
  return [
    chart(t('Processor'), [[({ cpu }) => cpu]], { unit: formatPercent, least: 10 }),
    chart(t('Memory'), [[({ memory }) => memory]], {
      unit: formatSize,
      least: 1_000_000,
      limit: () => sharedLimit(series),
    }),
    chart(
      t('Network'),
      [
        [({ receiving }) => receiving, t('received')],
        [({ sending }) => sending, t('sent'), true],
      ],
      rate,
    ),
    chart(
      t('Disk'),
      [
        [({ reading }) => reading, t('read')],
        [({ writing }) => writing, t('written'), true],
      ],
      rate,
    ),
  ];
}

function draw(): void {
  for (const chart of charts) {
    chart.draw();
  }
  notice?.show(series.map(({ problem }) => problem));
  table?.replaceChildren(
    el('caption', {}, t('What each container uses, and has moved since its start')),
    el('thead', {}, el('tr', {}, ...tableHeads().map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, ...series.map(tableRow)),
  );
}

function tableRow(one: StatsSeries, index: number): HTMLElement {
  const key = series.length > 1 ? colorKey(index) : undefined;
  return el('tr', {}, el('th', { scope: 'row' }, key, one.name), ...tableCells(one).map((cell) => el('td', {}, cell)));
}

function legend(): HTMLElement {
  return el(
    'div',
    { class: 'legend' },
    ...(series.length > 1
      ? series.map(({ name }, index) => el('span', { class: 'entry' }, colorKey(index), name))
      : [el('h1', {}, series[0]?.name ?? '')]),
  );
}

/** The colour of a container's lines. */
function colorKey(index: number): HTMLElement {
  return el('span', { class: `key line${index % 8}` });
}
