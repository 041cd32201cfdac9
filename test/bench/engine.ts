// Times the live model against a real engine, with the bare API beside it, and weighs it with 10,000 containers.
import http from 'node:http';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { machine } from '../../src/engine/connection/discover.ts';
import { createEngine } from '../../src/engine/current.ts';
import type { Engine, Inventory } from '../../src/engine/types.ts';
import type { Kind, Objects } from '../../src/model/objects.ts';
import { type DockerApi, removeAll } from '../parts/engine/api.ts';
import { startEngine } from '../parts/engine/docker.ts';
import { ensureBaseImage } from '../parts/engine/images.ts';
import { tar } from '../parts/machine/tar.ts';
import { removeTemporary, temporaryFolder } from '../parts/machine/temporary.ts';
import { median, type Row } from './row.ts';

const changesAtRest = 40;
const eventsEach = 50;
const floodSeconds = 60;
const containers = 500;
const images = 2_000;
const inMemory = 10_000;

export async function benchEngine(): Promise<Row[]> {
  const own = await startEngine();
  try {
    await ensureBaseImage(own.api);
    const changes = await changeRows(own.url, own.api);
    return [...changes, ...(await listRows(own.url, own.api)), ...(await memoryRows())];
  } finally {
    await own.stop();
  }
}

function engineOn(url: string): Engine {
  return createEngine({
    setting: () => url,
    environment: { ...machine, env: {}, home: '/nowhere' },
    log: () => {},
  });
}

/** From the engine's answer to a change until the model has it, in milliseconds. */
async function changeRows(url: string, api: DockerApi): Promise<Row[]> {
  const engine = engineOn(url);
  const { inventory } = engine;
  try {
    const create = async (name: string) =>
      (await api('POST', `/containers/create?name=${name}`, { Image: 'busybox', Cmd: ['true'] })).json<{ Id: string }>()
        .Id;
    const [moved, other] = [await create('moved'), await create('other')];
    await inventory.all('containers');
    let count = 0;
    const once = async () => {
      const name = `moved-${++count}`;
      await api('POST', `/containers/${moved}/rename?name=${name}`);
      return await untilSeen(inventory, 'containers', (all) => all.some((each) => each.name === name));
    };
    const rest: number[] = [];
    for (let round = 0; round < changesAtRest; round++) {
      rest.push(await once());
      await pause(200);
    }
    let over = false;
    let others = 0;
    const flood = (async () => {
      while (!over) {
        await Promise.all([api('POST', `/containers/${other}/rename?name=other-${++others}`), pause(eventsEach)]);
      }
    })();
    const busy: number[] = [];
    const end = Date.now() + floodSeconds * 1000;
    while (Date.now() < end) {
      busy.push(await once());
      await pause(200);
    }
    over = true;
    await flood;
    const rate = Math.round((others + busy.length) / floodSeconds);
    const peerName = 'Container Tools 2.5, measured elsewhere';
    const row = (name: string, value: number, goal: number, peer: number, note: string): Row => ({
      name: `change at the engine -> model, ${name}`,
      value,
      unit: 'ms',
      goal,
      peer,
      peerName,
      note,
    });
    const late = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? Number.NaN;
    const of = (all: number[]) => `${all.length} changes, slowest ${Math.round(Math.max(...all))} ms`;
    return [
      row('at rest', median(rest), 50, 562, of(rest)),
      row('under load', median(busy), 300, 21_800, `${rate} events/s for ${floodSeconds} s; ${of(busy)}`),
      row('under load, 95 of 100', late(busy), 300, 21_800, ''),
    ];
  } finally {
    engine.dispose();
    const all = (await api('GET', '/containers/json?all=true')).json<{ Id: string }[]>();
    await removeAll(
      api,
      all.map(({ Id }) => `/containers/${Id}?force=1`),
    );
  }
}

/** From nothing to all objects in the model, connecting included. */
async function listRows(url: string, api: DockerApi): Promise<Row[]> {
  for (let at = 0; at < containers; at += 10) {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        api('POST', `/containers/create?name=list-${at + index}`, { Image: 'busybox', Cmd: ['true'] }),
      ),
    );
  }
  for (let at = 0; at < images; at += 10) {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        api(
          'POST',
          `/images/create?fromSrc=-&repo=list-${at + index}&tag=1`,
          tar([{ path: 'file', content: `${at + index}`, mode: 0o644 }]),
        ),
      ),
    );
  }
  // The client's code is loaded once in a session.
  await withEngine(url, (inventory) => inventory.all('networks'));
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 7; round++) {
    bare.push(await timed(() => Promise.all([api('GET', '/containers/json?all=true'), api('GET', '/images/json')])));
    ours.push(
      await withEngine(url, (inventory) =>
        timed(() => Promise.all([inventory.all('containers'), inventory.all('images')])),
      ),
    );
  }
  return [
    {
      name: `connect and list ${containers} containers and ${images} images`,
      value: median(ours),
      unit: 'ms',
      goal: 400 + median(bare),
      peer: median(bare),
      peerName: 'two bare list calls',
    },
  ];
}

/** The heap that 10,000 containers take, against an engine in this process. */
async function memoryRows(): Promise<Row[]> {
  const folder = temporaryFolder('bench');
  const file = join(folder, 'docker.sock');
  const server = http.createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '');
    if (path.startsWith('/_ping')) {
      response.setHeader('Api-Version', '1.41').end('OK');
    } else if (path.startsWith('/version')) {
      response.end('{"Version":"1","Os":"linux","Components":[{"Name":"Engine"}]}');
    } else if (path.startsWith('/events')) {
      response.flushHeaders();
    } else {
      response.end(JSON.stringify(Array.from({ length: inMemory }, (_, index) => containerRecord(index))));
    }
  });
  await new Promise<void>((resolve) => server.listen(file, resolve));
  const engine = engineOn(`unix://${file}`);
  try {
    await engine.inventory.all('networks').catch(() => []);
    const before = heap();
    const took = await timed(() => engine.inventory.all('containers'));
    const mebibytes = (heap() - before) / 2 ** 20;
    return [
      { name: `memory of ${inMemory} containers in the model`, value: mebibytes, unit: 'MiB', goal: 60 },
      { name: `list ${inMemory} containers`, value: took, unit: 'ms', note: 'the engine in the same process' },
    ];
  } finally {
    engine.dispose();
    server.closeAllConnections();
    server.close();
    await removeTemporary(folder);
  }
}

function containerRecord(index: number): object {
  const id = index.toString(16).padStart(64, '0');
  return {
    Id: id,
    Names: [`/project-service-${index}`],
    Image: 'registry.example.com/team/service:1.2.3',
    ImageID: `sha256:${id}`,
    Command: '/usr/bin/service --config /etc/service.yml',
    Created: 1_700_000_000 + index,
    State: 'running',
    Status: 'Up 3 hours (healthy)',
    Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 1024 + index, Type: 'tcp' }],
    Mounts: [{ Type: 'volume', Name: `data-${index}`, Destination: '/data', RW: true }],
    NetworkSettings: { Networks: { project_default: {} } },
    Labels: {
      'com.docker.compose.project': 'project',
      'com.docker.compose.service': `service-${index % 50}`,
      'com.docker.compose.version': '2.24.0',
      'org.opencontainers.image.version': '1.2.3',
    },
  };
}

/** Bytes in use after what is unused was collected. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

async function withEngine<T>(url: string, use: (inventory: Inventory) => Promise<T>): Promise<T> {
  const engine = engineOn(url);
  try {
    return await use(engine.inventory);
  } finally {
    engine.dispose();
  }
}

function untilSeen<K extends Kind>(
  inventory: Inventory,
  kind: K,
  wanted: (objects: readonly Objects[K][]) => boolean,
): Promise<number> {
  return timed(
    () =>
      new Promise<void>((resolve) => {
        const look = async () => {
          if (wanted(await inventory.all(kind))) {
            listening.dispose();
            resolve();
          }
        };
        const listening = inventory.onChange(() => void look());
        void look();
      }),
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
