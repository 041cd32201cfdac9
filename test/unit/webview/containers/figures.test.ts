// What arrives at the page of statistics, and what its table says of it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Figures, maxFigures, type StatsSeries } from '../../../../src/model/containers/stats.ts';
import {
  curvesOf,
  formatPercent,
  readSeries,
  sharedLimit,
  tableCells,
  tableHeads,
  timesOf,
  withNews,
} from '../../../../src/webview/containers/figures.ts';

const figures = (time: number, more: Partial<Figures> = {}): Figures => ({
  time,
  memory: 50_000_000,
  memoryLimit: 0,
  received: 1000,
  sent: 2000,
  read: 3000,
  written: 4000,
  processes: 5,
  ...more,
});
const one = (name: string, ...all: (Figures | undefined)[]): StatsSeries => ({ name, figures: all });

describe('series of statistics', () => {
  it('have nothing where the message has null', () => {
    const sent: StatsSeries[] = JSON.parse(JSON.stringify([one('web', undefined, figures(1))]));
    assert.deepEqual(readSeries(sent), [one('web', undefined, figures(1))]);
  });

  it('grow by what comes, to as many samples as are drawn', () => {
    const full = one('web', ...Array.from({ length: maxFigures }, (_, time) => figures(time)));
    const [web, db] = withNews(
      [full, one('db')],
      [
        { index: 0, name: 'web', figures: [figures(500), figures(501)] },
        { index: 1, name: 'db', figures: [], problem: 'Gone.' },
        { index: 2, name: 'none', figures: [figures(1)] },
      ],
    );
    assert.equal(web?.figures.length, maxFigures);
    assert.deepEqual([web?.figures[0]?.time, web?.figures.at(-1)?.time], [2, 501]);
    assert.equal(db?.problem, 'Gone.');
    assert.equal(
      withNews([{ ...one('db'), problem: 'Gone.' }], [{ index: 0, name: 'db', figures: [] }])[0]?.problem,
      '',
    );
  });

  it('become curves, with gaps while a container did not run', () => {
    const series = [one('web', figures(1, { cpu: 7 }), undefined), one('db')];
    assert.deepEqual(
      curvesOf(series, 'kind', ({ cpu }) => cpu, true),
      [
        { container: 'web', index: 0, kind: 'kind', dashed: true, points: [7, undefined] },
        { container: 'db', index: 1, kind: 'kind', dashed: true, points: [] },
      ],
    );
    assert.deepEqual(timesOf([one('db'), ...series]), [1, undefined]);
  });

  it('share a limit only where it is the same for all', () => {
    const limited = (memoryLimit: number) => one('x', figures(1, { memoryLimit }));
    assert.equal(sharedLimit([limited(64), limited(64)]), 64);
    assert.equal(sharedLimit([limited(64), limited(32)]), 0);
    assert.equal(sharedLimit([limited(64), one('stopped')]), 0);
    assert.equal(sharedLimit([]), 0);
  });
});

describe('the table of statistics', () => {
  it('has a cell for each head, also for a container that does not run', () => {
    for (const series of [one('web', figures(1)), one('db'), one('db', figures(1), undefined)]) {
      assert.equal(tableCells(series).length, tableHeads().length - 1);
    }
    assert.deepEqual(new Set(tableCells(one('db'))), new Set(['–']));
  });

  it('says the share of the limit, and waits for the second sample of the processor', () => {
    assert.deepEqual(tableCells(one('web', figures(1))).slice(0, 3), ['…', '50 MB', 'none']);
    const limited = figures(1, { cpu: 12.34, memoryLimit: 100_000_000 });
    assert.deepEqual(tableCells(one('web', limited)).slice(0, 3), ['12 %', '50 MB (50 %)', '100 MB']);
  });

  it('writes small shares with a decimal', () => {
    assert.deepEqual([0, 9.94, 10, 250.4].map(formatPercent), ['0.0 %', '9.9 %', '10 %', '250 %']);
  });
});
