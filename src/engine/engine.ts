// The engine in use: chooses the endpoint, connects, keeps the inventory on it, and tries again for ever when it is lost.
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { Endpoint } from '../model/engines/endpoint.ts';
import type { EngineError } from '../model/engines/error.ts';
import { explain } from '../model/engines/help.ts';
import { Cancelled, type UserError } from '../model/errors.ts';
import { type Disposable, Emitter } from '../model/event.ts';
import type { Connection } from './connect.ts';
import { socketPath } from './connection/address.ts';
import {
  chooseEndpoint,
  chosenEndpoint,
  type Environment,
  machine,
  watchEndpointFiles,
  wellKnownEndpoints,
} from './connection/discover.ts';
import { engineFailure } from './connection/unreachable.ts';
import type { Terminals } from './exec/terminals.ts';
import type { Confirm } from './files/helperContainers.ts';
import { createInventory } from './inventory/live.ts';
import type { Engine } from './types.ts';

/** Milliseconds between attempts: doubled each time from the first to the longest. */
const firstPause = 100;
const longestPause = 5_000;
/** Hosts count failed ssh connections, and shut out who has too many. */
const longestSshPause = 60_000;
/** A connection that held this long (milliseconds) was a good one: when it is lost, the next attempt is made at once. */
const goodConnection = 2_000;
/** Milliseconds for the answer of an engine whose terminals are hung up: a window that closes has five seconds. */
const hangUpTimeout = 2_000;

interface Options {
  /** Value of the setting `docknotes.engine.host`. */
  setting: () => string | undefined;
  /** Id of the endpoint that a person chose (see `endpointId`): it comes before the setting and all else. */
  chosen?: () => string | undefined;
  environment?: Environment;
  log: (message: string) => void;
  /** Milliseconds for an engine's first answer. */
  timeout?: number;
  /** See `createFiles`. */
  confirm?: Confirm;
  /** Folder where open terminals are noted, so that those of a window that was killed are hung up by a later one. */
  terminalNotes?: string;
}

/** Nothing is read or connected before the inventory or the client is first asked for. */
export function createEngine({
  setting,
  chosen: choice = () => undefined,
  environment = machine,
  log,
  timeout = 5_000,
  confirm,
  terminalNotes,
}: Options): Engine {
  const outcome = new Emitter<void>();
  let current: Connection | undefined;
  /** Why the last attempt failed; undefined while the first one is under way. */
  let failure: UserError | undefined;
  /** What the attempt under way goes to; undefined when none could be chosen. */
  let endpoint: Endpoint | undefined;
  /** What memory is about. */
  let known: Endpoint | undefined;
  /** Ends the attempt, the pause or the connection that is under way. */
  let abort = new AbortController();
  let wake = () => {};
  let files: Disposable | undefined;
  let disposed = false;

  const inventory = createInventory({ connection, log });
  /** Loaded with the first connection. */
  let terminals: Promise<Terminals> | undefined;
  let ending: Promise<void> = Promise.resolve();

  function openTerminals(): Promise<Terminals> {
    terminals ??= import('./exec/terminals.ts').then(({ createTerminals }) =>
      createTerminals({
        folder: terminalNotes,
        reach: async (where) => (await import('./connect.ts')).connect(where, { timeout: hangUpTimeout }),
        log,
      }),
    );
    return terminals;
  }

  function choose(): Endpoint {
    const id = choice();
    const preferred = id === undefined ? undefined : chosenEndpoint(id, setting(), environment);
    return preferred ?? chooseEndpoint(setting(), environment);
  }

  function connection({ retry } = { retry: false }): Promise<Connection> {
    start();
    if (retry && current) {
      // A command goes to the endpoint that is named now, also where no watcher told of a change.
      reconnect();
    }
    if (current) {
      return Promise.resolve(current);
    }
    if (disposed) {
      return Promise.reject(new Cancelled());
    }
    if (failure && !retry) {
      return Promise.reject(failure);
    }
    return new Promise((resolve, reject) => {
      const listening = outcome.event(() => {
        listening.dispose();
        if (current) {
          resolve(current);
        } else {
          reject(failure ?? new Cancelled());
        }
      });
      wake();
    });
  }

  function start(): void {
    if (!files && !disposed) {
      files = watchEndpointFiles(reconnect, environment);
      void run();
    }
  }

  async function run(): Promise<void> {
    let pause = 0;
    while (!disposed) {
      const { signal } = abort;
      let reason: EngineError;
      let since = Date.now();
      try {
        const connected = await attempt(signal);
        since = Date.now();
        reason = await inventory.follow(connected);
        connected.dispose();
        current = undefined;
      } catch (error) {
        inventory.abandon();
        reason = engineFailure(error);
      }
      if (disposed) {
        return;
      }
      if (signal.aborted) {
        // The endpoint changed: the next attempt goes to the new one.
        pause = 0;
        continue;
      }
      if (failure === undefined && Date.now() - since >= goodConnection && reason.problem !== 'timeout') {
        log(`The engine is lost: ${reason.message}`);
        pause = 0;
        continue;
      }
      failed(reason);
      pause = wantsPerson(reason)
        ? Number.POSITIVE_INFINITY
        : Math.min(reason.problem === 'ssh' ? longestSshPause : longestPause, pause * 2 || firstPause);
      if (await sleep(pause, signal)) {
        pause = 0;
      }
    }
  }

  async function attempt(signal: AbortSignal): Promise<Connection> {
    endpoint = undefined;
    const chosen = choose();
    if (known && !sameEndpoint(known, chosen)) {
      inventory.reset();
    }
    endpoint = chosen;
    known = chosen;
    const { connect } = await import('./connect.ts');
    const connected = await connect(chosen, { timeout, signal, reached: inventory.begin, ...(confirm && { confirm }) });
    if (signal.aborted) {
      connected.dispose();
      throw new Cancelled();
    }
    current = connected;
    failure = undefined;
    const { version, apiVersion, os, name } = connected;
    log(`${name} ${version} at ${chosen.url} (${chosen.source}), API ${apiVersion}`);
    inventory.setStatus({ state: 'connected', endpoint: chosen, version, apiVersion, os, name });
    outcome.fire();
    void openTerminals().then((all) => all.sweep(connected.client));
    return connected;
  }

  function failed(reason: EngineError): void {
    const problem = reason.problem ?? 'other';
    const tried = reason.endpoint ?? endpoint;
    const before = inventory.status;
    const same = before.state === 'unreachable' && before.problem === problem && before.reason === reason.message;
    failure = explain(reason);
    if (!same || (before.endpoint?.url ?? '') !== (tried?.url ?? '')) {
      log(`The engine cannot be used (${problem}${tried ? `, ${tried.url}` : ''}): ${reason.message}`);
      const where = tried ? { endpoint: tried } : {};
      inventory.setStatus({ state: 'unreachable', ...where, problem, reason: reason.message });
    }
    outcome.fire();
  }

  /** Waits; true when the wait was cut short because a socket came or somebody wants to know now. */
  function sleep(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const sockets = endpoint ? [endpoint.url] : wellKnownEndpoints(environment);
      const watchers = sockets.flatMap((url) => watchSocket(url, () => done(true)));
      // An engine that is not there must not keep a process alive.
      const timer = Number.isFinite(milliseconds) ? setTimeout(() => done(false), milliseconds).unref() : undefined;
      const stop = () => done(true);
      signal.addEventListener('abort', stop);
      wake = stop;
      function done(early: boolean): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        wake = () => {};
        for (const watcher of watchers) {
          watcher.close();
        }
        resolve(early);
      }
    });
  }

  function reconnect(): void {
    if (!files || disposed) {
      return;
    }
    let chosen: Endpoint | undefined;
    try {
      chosen = choose();
    } catch {
      // The attempt that follows says what is wrong.
    }
    if (current && chosen && endpoint && sameEndpoint(endpoint, chosen)) {
      return;
    }
    failure = undefined;
    current?.dispose();
    current = undefined;
    void terminals?.then((all) => all.end());
    inventory.setStatus({ state: 'connecting', ...(chosen && { endpoint: chosen }) });
    const before = abort;
    abort = new AbortController();
    before.abort();
  }

  return {
    inventory,
    async client() {
      return (await connection({ retry: true })).client;
    },
    async terminal(container, options) {
      const { client } = await connection({ retry: true });
      return (await openTerminals()).open(client, container, options);
    },
    reconnect,
    ended: () => ending,
    dispose() {
      if (disposed) {
        return;
      }
      disposed = true;
      files?.dispose();
      abort.abort();
      current?.dispose();
      current = undefined;
      failure = undefined;
      outcome.fire();
      outcome.dispose();
      inventory.dispose();
      ending = terminals?.then((all) => all.end()) ?? ending;
    },
  };
}

/** Trying again cannot help, and repeated logins get a person shut out: the next attempt is made when somebody asks. */
function wantsPerson({ problem }: EngineError): boolean {
  return problem === 'ssh-login' || problem === 'ssh-host-key';
}

function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.url === b.url && JSON.stringify(a.tls) === JSON.stringify(b.tls);
}

/** Tells when a local socket comes (or goes); its folder is watched while nothing is connected only. */
function watchSocket(url: string, changed: () => void): FSWatcher[] {
  const file = socketPath(url);
  if (!file || url.startsWith('npipe:')) {
    return [];
  }
  try {
    const watcher = watch(path.dirname(file), { persistent: false }, (_, name) => {
      if (name === path.basename(file)) {
        changed();
      }
    });
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    // The folder is not there yet; the next attempt looks again.
    return [];
  }
}
