// What the tests against a real engine share: our engine on its socket, and a proxy that counts and cuts.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/current.ts';
import type { Engine, Inventory, InventoryChange } from '../../../src/engine/types.ts';
import type { Kind, Objects } from '../../../src/model/objects.ts';
import { temporaryFolder } from '../../parts/machine/temporary.ts';
import { until } from '../../parts/until.ts';

/** Our engine on one endpoint, untouched by the machine's own docker configuration. */
export function engineOn(
  url: string | (() => string),
  log: string[] = [],
  env: Readonly<Record<string, string>> = {},
  more: { terminalNotes?: string } = {},
): Engine {
  return createEngine({
    setting: () => (typeof url === 'string' ? url : url()),
    environment: { ...machine, env, home: '/nowhere' },
    log: (message) => log.push(message),
    ...more,
  });
}

/** Resolves with the milliseconds that pass until the object is as wanted. */
export function untilListed<K extends Kind>(
  inventory: Inventory,
  kind: K,
  wanted: (objects: readonly Objects[K][]) => boolean,
  limit = 10_000,
): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const look = () => {
      inventory.all(kind).then(
        (objects) => {
          if (wanted(objects)) {
            done(() => resolve(performance.now() - start));
          }
        },
        () => {},
      );
    };
    const listening = [inventory.onChange(look), inventory.onStatus(look)];
    const timer = setTimeout(() => done(() => reject(new Error(`${kind} are not as wanted after ${limit} ms`))), limit);
    const done = (settle: () => void) => {
      clearTimeout(timer);
      for (const each of listening) {
        each.dispose();
      }
      settle();
    };
    look();
  });
}

/** Keeps every change that is told until it is disposed. */
export function record(inventory: Inventory): { changes: InventoryChange[]; dispose(): void } {
  const changes: InventoryChange[] = [];
  const listening = inventory.onChange((change) => changes.push(change));
  return { changes, dispose: () => listening.dispose() };
}

export interface EngineProxy {
  readonly url: string;
  /** Request lines since the start: `GET /v1.41/containers/json?all=true`. */
  readonly requests: string[];
  /** Connections that are open now. */
  open(): number;
  /** Ends all connections, as an engine does that dies. */
  cut(): void;
  /** Ends all connections and lets none come about until `letIn`. */
  shutOut(): void;
  letIn(): void;
  stop(): Promise<void>;
}

/** A socket in front of an engine. */
export async function proxyTo(url: string): Promise<EngineProxy> {
  const folder = temporaryFolder('proxy');
  const file = join(folder, 'docker.sock');
  const target = url.replace('unix://', '');
  const requests: string[] = [];
  const sockets = new Set<net.Socket>();
  let shut = false;
  const server = net.createServer((client) => {
    if (shut) {
      client.destroy();
      return;
    }
    const engine = net.connect(target);
    sockets.add(client);
    client.on('data', (data) => requests.push(...(data.toString('latin1').match(/^[A-Z]+ \/\S+(?= HTTP)/gm) ?? [])));
    const end = () => {
      sockets.delete(client);
      client.destroy();
      engine.destroy();
    };
    for (const socket of [client, engine]) {
      socket.on('error', end).on('close', end);
    }
    client.pipe(engine);
    engine.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(file, resolve));
  const cut = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  return {
    url: `unix://${file}`,
    requests,
    open: () => sockets.size,
    cut,
    shutOut() {
      shut = true;
      cut();
    },
    letIn() {
      shut = false;
    },
    async stop() {
      cut();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What Node keeps open that belongs to engines: sockets, watched files, child processes. For looking for leaks. */
export function openResources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => /Pipe|TCP|TLS|FSEvent|Process/.test(name))
    .sort();
}

/** All objects of a kind in an order of their own, without what ages, to compare two inventories. */
export async function objectsOf(inventory: Inventory, kind: Kind): Promise<object[]> {
  return [...(await inventory.all(kind))]
    .map((object) => ({ ...object, status: '' }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/**
 * Waits until memory agrees with a new inventory on the same engine, each kind within `limit` milliseconds, but for the
 * status's age. Resolves with the milliseconds that it took.
 */
export async function sameAsFresh(
  inventory: Inventory,
  url: string,
  kinds: readonly Kind[],
  limit: number,
): Promise<number> {
  const start = performance.now();
  const fresh = engineOn(url);
  try {
    for (const kind of kinds) {
      await until(
        `${kind} to be what a fresh list gives`,
        async () => {
          await fresh.inventory.refresh();
          assert.deepEqual(await objectsOf(inventory, kind), await objectsOf(fresh.inventory, kind));
          return true;
        },
        limit,
      );
    }
    return performance.now() - start;
  } finally {
    fresh.dispose();
  }
}
