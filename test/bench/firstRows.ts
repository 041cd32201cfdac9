// Races the sidebar against an extension that only hands VS Code fixed rows, in the windows of one editor.

import { join } from 'node:path';
import { dockerApi } from '../parts/engine/api.ts';
import { startEngine } from '../parts/engine/docker.ts';
import { baseReference, ensureBaseImage } from '../parts/engine/images.ts';
import { capture, type Part, root } from '../parts/machine/process.ts';
import { type Opened, type Racecourse, type Racer, startRacecourse } from './raceWindow.ts';
import { nameOf, type RecordedEngine, recordEngine } from './recordedEngine.ts';
import { median, type Row } from './row.ts';

/** Goals beyond what the fixed rows and the engine's bare list take: milliseconds, and MiB in all. */
const courses = [
  { count: 300, more: 60, memory: 35 },
  { count: 1_000, more: 100 },
  { count: 10_000, more: 300, memory: 60 },
];
/** Containers that a real engine really has; larger lists repeat its answer. */
const real = 300;
const runs = Number(process.env.DOCKNOTES_BENCH_RUNS ?? 5);
const changes = 40;
/** Milliseconds from one change to the next. */
const changePause = 50;

export async function benchFirstRows(): Promise<Row[]> {
  await capture(process.execPath, [join(root, 'build.mjs'), '--package']);
  const parts: Part[] = [];
  try {
    const engine = await startEngine();
    parts.push(engine);
    await ensureBaseImage(engine.api);
    for (let index = 0; index < real; index++) {
      await engine.api('POST', `/containers/create?name=${nameOf(index)}`, { Image: baseReference, Cmd: ['true'] });
    }
    const racecourse = await startRacecourse();
    parts.unshift(racecourse);
    const rows: Row[] = [];
    for (const course of courses) {
      if (course.count <= real) {
        rows.push(...(await race(racecourse, engine.url, course)));
      } else {
        const recorded = await recordEngine(engine.api, course.count);
        parts.unshift(recorded);
        rows.push(...(await race(racecourse, recorded.url, course)));
        if (course === courses.at(-1)) {
          rows.push(...(await changeRows(racecourse, recorded, course.count)));
        }
      }
    }
    return rows;
  } finally {
    for (const part of parts) {
      await part.stop();
    }
  }
}

async function race(racecourse: Racecourse, engine: string, course: (typeof courses)[number]): Promise<Row[]> {
  const { count, more, memory } = course;
  const api = dockerApi(engine);
  const figures: Record<Racer, Opened[]> = { Docknotes: [], Floor: [] };
  const lists: number[] = [];
  for (let run = 0; run < runs; run++) {
    // Who comes second finds a warmer machine.
    const order: Racer[] = run % 2 === 0 ? ['Floor', 'Docknotes'] : ['Docknotes', 'Floor'];
    for (const racer of order) {
      const window = await racecourse.window(racer, engine, count);
      try {
        const start = performance.now();
        await api('GET', '/containers/json?all=true');
        lists.push(performance.now() - start);
        figures[racer].push(await window.open());
      } finally {
        await window.close();
      }
    }
  }
  const middle = (racer: Racer, key: keyof Opened) => median(figures[racer].map((opened) => opened[key]));
  const list = median(lists);
  const peerName = `an extension of ${count} fixed rows`;
  return [
    {
      name: `sidebar clicked -> first rows of ${count} containers`,
      value: middle('Docknotes', 'time'),
      unit: 'ms',
      goal: middle('Floor', 'time') + list + more,
      peer: middle('Floor', 'time'),
      peerName,
      note: `the engine's bare list takes ${Math.round(list)} ms`,
    },
    {
      name: `the same: growth of the extension host`,
      value: middle('Docknotes', 'growth'),
      unit: 'MiB',
      ...(memory !== undefined && { goal: memory }),
      peer: middle('Floor', 'growth'),
      peerName,
    },
    {
      name: `the same: processor time of the extension host`,
      value: middle('Docknotes', 'work'),
      unit: 'ms',
      peer: middle('Floor', 'work'),
      peerName,
    },
  ];
}

/** What changes cost the extension host while the rows are in sight. */
async function changeRows(racecourse: Racecourse, engine: RecordedEngine, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [action, words] of [
    ['start', 'containers that start'],
    ['rename', 'containers that get another name'],
  ] as const) {
    const window = await racecourse.window('Docknotes', engine.url, count);
    try {
      await window.open();
      const value = await window.workOf(async () => {
        for (let n = 0; n < changes; n++) {
          engine.change(n * Math.floor(count / changes), action);
          await new Promise((resolve) => setTimeout(resolve, changePause));
        }
      });
      rows.push({ name: `${changes} of ${count} ${words}: work of the extension host`, value, unit: 'ms', goal: 100 });
    } finally {
      await window.close();
    }
  }
  return rows;
}
