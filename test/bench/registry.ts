// The registries view on a real registry: how long a person waits, and what the registry is asked, with curl beside it.

import { mkdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Preferences } from '../../src/app/preferences.ts';
import type { RepositoryElement } from '../../src/model/elements.ts';
import { Emitter } from '../../src/model/event.ts';
import { createCatalog } from '../../src/registry/known/catalog.ts';
import { createRegistries } from '../../src/registry/known/registries.ts';
import { createSavedLists } from '../../src/registry/known/stored/listFiles.ts';
import { registriesView } from '../../src/views/registries/tree.ts';
import { memorySecrets, memoryState } from '../parts/editor/memento.ts';
import { capture } from '../parts/machine/process.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { startRegistry } from '../parts/registry/distribution.ts';
import { createLayout } from '../parts/registry/layout.ts';
import { until } from '../parts/until.ts';
import { median, type Row } from './row.ts';

const repositories = 10_000;
const tags = 10_000;
const inView = 300;
const runs = 3;

export async function benchRegistry(): Promise<Row[]> {
  const folder = temporaryFolder('bench-registry');
  const data = join(folder, 'data');
  mkdirSync(data);
  fill(data);
  const registry = await startRegistry({ data });
  try {
    // The memory is measured first, before others leave something behind.
    const filter = await benchFilter(folder);
    return [...(await benchListing(folder, registry.port)), ...(await benchTags(folder, registry.port)), ...filter];
  } finally {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(data: string): void {
  const layout = createLayout(data);
  for (let index = 0; index < repositories - 2; index += 1) {
    layout.list(`team-${String(index % 100).padStart(2, '0')}/svc-${String(index).padStart(6, '0')}`);
  }
  const one = layout.image('many/tags', { created: '2026-01-02T03:04:05Z', layers: [{ size: 100, step: 'RUN one' }] });
  for (let index = 0; index < tags; index += 1) {
    layout.tag('many/tags', `1.${index % 100}.${index}`, one);
  }
  for (let index = 0; index < inView; index += 1) {
    const created = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
    const image = layout.image('many/images', { created, layers: [{ size: 100, step: 'RUN one', seed: `${index}` }] });
    layout.tag('many/images', `2.0.${index}`, image);
  }
}

/** Warm: the registry's folders are in the system's memory after the first walk, which curl makes. */
async function benchListing(folder: string, port: number): Promise<Row[]> {
  const peerPages = await curlPages(port);
  const first: number[] = [];
  const all: number[] = [];
  let asked = { first: 0, all: 0 };
  for (let run = 0; run < runs; run += 1) {
    const recorder = await record(port);
    const shown = showRegistries(join(folder, `kept-${run}`), [recorder.address]);
    const [root] = await shown.view.children();
    const start = performance.now();
    const rows = await shown.view.children(root);
    for (const row of rows) {
      shown.view.row(row);
    }
    first.push(performance.now() - start);
    const afterFirst = recorder.lists();
    await until('the whole list', () => shown.app.catalog.peek(recorder.address)?.complete, 60_000);
    all.push(performance.now() - start);
    asked = { first: afterFirst, all: recorder.lists() };
    shown.dispose();
    await recorder.stop();
  }
  const peerName = 'curl, the same pages';
  return [
    {
      name: '10,000 repositories: first rows',
      value: median(first),
      unit: 'ms',
      goal: 300,
      peer: peerPages.first,
      peerName: 'curl, the first page',
      note: 'with the check of the registry and a token',
    },
    { name: '10,000 repositories: list requests before the first rows', value: asked.first, unit: 'requests', goal: 1 },
    { name: '10,000 repositories: all', value: median(all), unit: 'ms', goal: 2000, peer: peerPages.all, peerName },
    { name: '10,000 repositories: list requests in all', value: asked.all, unit: 'requests', goal: 10 },
  ];
}

async function benchTags(folder: string, port: number): Promise<Row[]> {
  const recorder = await record(port);
  const shown = showRegistries(join(folder, 'kept-tags'), [recorder.address]);
  const repository = (name: string): RepositoryElement => ({ type: 'repository', registry: recorder.address, name });
  try {
    // The registry is known by then, as when its row is open.
    await shown.view.children({ type: 'registry', registry: recorder.address });
    await until('the list of repositories', () => shown.app.catalog.peek(recorder.address)?.complete, 60_000);
    const times: number[] = [];
    const peers: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      peers.push(await curl(`http://127.0.0.1:${port}/v2/many/tags/tags/list?n=1000`));
      const start = performance.now();
      const rows = await shown.view.children(repository('many/tags'));
      for (const row of rows) {
        shown.view.row(row);
      }
      times.push(performance.now() - start);
      shown.view.collapsed?.(repository('many/tags'));
    }

    recorder.reset();
    const start = performance.now();
    const rows = await shown.view.children(repository('many/images'));
    const drawn = new Set<string>();
    const listening = shown.view.onChange((keys) => {
      for (const key of keys ?? []) {
        drawn.add(key);
      }
    });
    for (const row of rows) {
      shown.view.row(row);
      shown.view.seen?.(row);
    }
    await until('the details', () => drawn.size >= inView, 60_000);
    listening.dispose();
    const seconds = performance.now() - start;
    const [counted, peak, tokens] = [recorder.requests(), recorder.mostAtOnce(), recorder.tokens()];
    return [
      {
        name: '10,000 tags: open the repository',
        value: median(times),
        unit: 'ms',
        goal: 500,
        peer: median(peers),
        peerName: 'curl, the same list',
      },
      {
        name: '300 tags in sight: list requests',
        value: recorder.lists(),
        unit: 'requests',
        goal: 3,
        note: `${counted} requests with manifests and configurations`,
      },
      { name: '300 tags in sight: requests at once', value: peak, unit: 'requests', goal: 6 },
      { name: '300 tags in sight: tokens', value: tokens, unit: 'requests', goal: 1 },
      { name: '300 tags in sight: all sizes and dates', value: seconds, unit: 'ms' },
    ];
  } finally {
    shown.dispose();
    await recorder.stop();
  }
}

/** 50,000 names that an earlier session kept; nothing answers at the registry's port. */
async function benchFilter(folder: string): Promise<Row[]> {
  const gc = garbageCollector();
  const registry = '127.0.0.1:1';
  const kept = join(folder, 'kept-filter');
  const names = Array.from(
    { length: 50_000 },
    (_, index) => `team-${String(index % 250).padStart(3, '0')}/group-${index % 7}/service-${index}`,
  );
  await createSavedLists(kept, console.error).write(registry, { names, at: Date.now() });
  names.length = 0;
  await settled(gc);
  const before = process.memoryUsage().heapUsed;
  const shown = showRegistries(kept, [registry]);
  const [root] = await shown.view.children();
  const start = performance.now();
  await shown.view.children(root);
  const open = performance.now() - start;
  if (shown.app.catalog.peek(registry)?.names.length !== 50_000) {
    throw new Error('The names of the last session were not shown.');
  }
  const typing = ['s', 'se', 'ser', 'serv', 'service-1', 'service-12', 'srv77', 'tm9sv', 'group-3/service-4', 'zzz'];
  const keystrokes = new Map<string, number[]>();
  for (let round = 0; round < 5; round += 1) {
    for (const typed of typing) {
      const pressed = performance.now();
      shown.app.catalog.setFilter(typed);
      for (const top of await shown.view.children()) {
        shown.view.row(top);
        for (const row of await shown.view.children(top)) {
          shown.view.row(row);
        }
      }
      shown.view.heading?.();
      keystrokes.set(typed, [...(keystrokes.get(typed) ?? []), performance.now() - pressed]);
    }
  }
  const slowest = Math.max(...[...keystrokes.values()].map(median));
  await settled(gc);
  const memory = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  shown.dispose();
  return [
    {
      name: '50,000 repositories: rows of the last session',
      value: open,
      unit: 'ms',
      goal: 300,
      note: 'read from disk',
    },
    { name: '50,000 repositories: filter, the slowest key', value: slowest, unit: 'ms', goal: 50 },
    { name: '50,000 repositories: memory', value: memory, unit: 'MiB', goal: 60 },
  ];
}

/** The view with everything below it, as the extension builds it; no engine and no logins. */
function showRegistries(folder: string, addresses: readonly string[]) {
  const memory = memoryState();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const registries = createRegistries({
    settings: () => addresses.map((address) => `http://${address}`),
    state: memory,
    secrets: memorySecrets(),
    log,
  });
  const catalog = createCatalog({
    registries,
    savedLists: createSavedLists(folder, console.error),
    state: memory,
    localImages: async () => [],
    log,
  });
  const preferences: Preferences = {
    repositoryLayout: 'tree',
    tagOrder: 'version',
    set: async () => {},
    onChange: new Emitter<void>().event,
  };
  const app = { registries, catalog, preferences, log };
  const view = registriesView(app);
  return {
    app,
    view,
    dispose() {
      view.dispose();
      catalog.dispose();
      registries.dispose();
    },
  };
}

/** Stands before the registry, wants a token as most registries do, and counts what is asked. */
async function record(port: number) {
  let requests: string[] = [];
  let running = 0;
  let most = 0;
  const server = http.createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    requests.push(url);
    running += 1;
    most = Math.max(most, running);
    outgoing.once('close', () => {
      running -= 1;
    });
    if (url.startsWith('/token')) {
      outgoing.writeHead(200, { 'Content-Type': 'application/json' }).end('{"token":"t","expires_in":3600}');
      return;
    }
    if (headers.authorization !== 'Bearer t') {
      const scope = url.startsWith('/v2/_catalog') ? ',scope="registry:catalog:*"' : '';
      const challenge = `Bearer realm="http://${headers.host}/token",service="bench"${scope}`;
      outgoing
        .writeHead(401, { 'WWW-Authenticate': challenge, 'Content-Type': 'application/json' })
        .end('{"errors":[]}');
      return;
    }
    const passing = http.request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passing.on('error', () => outgoing.destroy());
    incoming.pipe(passing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests.length,
    /** Requests for a page of names that were answered with one. */
    lists: () => new Set(requests.filter((url) => /\/_catalog|\/tags\/list/.test(url))).size,
    tokens: () => requests.filter((url) => url.startsWith('/token')).length,
    mostAtOnce: () => most,
    reset() {
      requests = [];
      most = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Milliseconds of one page, as curl measures them: from the start of the request to the last byte. */
async function curl(url: string): Promise<number> {
  return Number(await capture('curl', ['-s', '-o', '/dev/null', '-w', '%{time_total}', url])) * 1000;
}

async function curlPages(port: number): Promise<{ first: number; all: number }> {
  const firsts: number[] = [];
  const alls: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    let last = '';
    let all = 0;
    for (let page = 0; page < repositories / 1000; page += 1) {
      const url = `http://127.0.0.1:${port}/v2/_catalog?n=1000${last ? `&last=${encodeURIComponent(last)}` : ''}`;
      const text = await capture('curl', ['-s', '-w', '\n%{time_total}', url]);
      const lines = text.trim().split('\n');
      const time = Number(lines.pop()) * 1000;
      last = (JSON.parse(lines.join('')) as { repositories: string[] }).repositories.at(-1) ?? '';
      all += time;
      if (page === 0) {
        firsts.push(time);
      }
    }
    alls.push(all);
  }
  return { first: median(firsts), all: median(alls) };
}

/** Some objects are freed only by a second collection, once what waited for them has run. */
async function settled(gc: () => void): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
