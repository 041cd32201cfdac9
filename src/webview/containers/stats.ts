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

let series: StatsSeries[] = [];
let charts: Chart[] = [];
let table: HTMLElement | undefined;
let problems: HTMLElement | undefined;

startPage<StatsPage>(build, (message) => {
  // It comes from the extension, which made it by this type.
  for (const { index, figures, problem } of (message as StatsNews).more) {
    const own = series[index];
    if (own) {
      own.figures.push(...figures.map(present));
      own.figures.splice(0, own.figures.length - maxFigures);
      own.problem = problem ?? '';
    }
  }
  draw();
});

function build({ containers }: StatsPage): void {
  series = containers.map((each) => ({ ...each, figures: each.figures.map(present) }));
  const names = series.map(({ name }) => name);
  const values = (pick: (figures: Figures) => number | undefined) => () =>
    series.map(({ figures }) => figures.map((each) => each && pick(each)));
  const times = () => longest().map((each) => each?.time);
  const chart = (
    title: string,
    lines: Parameters<typeof createChart>[0]['lines'],
    more: { unit: (v: number) => string; least: number; limit?: () => number },
  ) => createChart({ title, names, lines, times, samples: maxFigures, ...more });
  const rate = (value: number) => t('{0}/s', formatSize(value));
  charts = [
    chart(t('Processor'), [{ name: '', values: values(({ cpu }) => cpu) }], { unit: formatPercent, least: 10 }),
    chart(t('Memory'), [{ name: '', values: values(({ memory }) => memory) }], {
      unit: formatSize,
      least: 1_000_000,
      limit: sharedLimit,
    }),
    chart(
      t('Network'),
      [
        { name: t('received'), values: values(({ receiving }) => receiving) },
        { name: t('sent'), values: values(({ sending }) => sending), dashed: true },
      ],
      { unit: rate, least: 1000 },
    ),
    chart(
      t('Disk'),
      [
        { name: t('read'), values: values(({ reading }) => reading) },
        { name: t('written'), values: values(({ writing }) => writing), dashed: true },
      ],
      { unit: rate, least: 1000 },
    ),
  ];
  table = el('table', {});
  problems = el('div', { role: 'status' });
  page().replaceChildren(
    legend(),
    problems,
    el('div', { class: 'charts' }, ...charts.map(({ element }) => element)),
    el('h2', {}, t('Now')),
    table,
  );
  draw();
}

/** What is absent in a list arrives as null. */
function present(figures: Figures | null | undefined): Figures | undefined {
  return figures ?? undefined;
}

function draw(): void {
  for (const chart of charts) {
    chart.draw();
  }
  const sentences = series.map(({ problem }) => problem ?? '').filter(Boolean);
  const text = [...new Set(sentences)].join(' ');
  if (problems && problems.textContent !== text) {
    problems.textContent = text;
    problems.className = text ? 'notice' : '';
  }
  table?.replaceChildren(...tableParts());
}

function tableParts(): Node[] {
  const heads = [
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
  return [
    el('caption', {}, t('What each container uses, and has moved since its start')),
    el('thead', {}, el('tr', {}, ...heads.map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, ...series.map(tableRow)),
  ];
}

function tableRow({ name, figures }: StatsSeries, index: number): HTMLElement {
  const now = figures.at(-1);
  const cells = now
    ? [
        now.cpu === undefined ? '…' : formatPercent(now.cpu),
        memoryText(now),
        now.memoryLimit > 0 ? formatSize(now.memoryLimit) : t('none'),
        ...[now.received, now.sent, now.read, now.written].map(formatSize),
        now.processes.toLocaleString(),
      ]
    : Array.from({ length: 8 }, () => '–');
  const key = series.length > 1 ? el('span', { class: `key line${index % 8}` }) : undefined;
  return el('tr', {}, el('th', { scope: 'row' }, key, name), ...cells.map((cell) => el('td', {}, cell)));
}

function memoryText({ memory, memoryLimit }: Figures): string {
  return memoryLimit > 0
    ? t('{0} ({1})', formatSize(memory), formatPercent((memory / memoryLimit) * 100))
    : formatSize(memory);
}

function legend(): HTMLElement {
  return el(
    'div',
    { class: 'legend' },
    ...(series.length > 1
      ? series.map(({ name }, index) =>
          el('span', { class: 'entry' }, el('span', { class: `key line${index % 8}` }), name),
        )
      : [el('h1', {}, series[0]?.name ?? '')]),
  );
}

/** The limit of memory, drawn where all containers have the same one and it is near enough to be seen. */
function sharedLimit(): number {
  const limits = new Set(series.map(({ figures }) => figures.at(-1)?.memoryLimit ?? 0));
  const [limit = 0] = limits;
  return limits.size === 1 ? limit : 0;
}

function longest(): (Figures | undefined)[] {
  return series.reduce<(Figures | undefined)[]>(
    (most, { figures }) => (figures.length > most.length ? figures : most),
    [],
  );
}

function formatPercent(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} %`;
}
