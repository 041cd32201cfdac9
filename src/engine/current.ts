// The engine in use: chooses the endpoint, connects, keeps the inventory on it, and tries again for ever when it is lost.
import type { Endpoint } from '../model/engines/endpoint.ts';
import type { EngineError } from '../model/engines/error.ts';
import { explain } from '../model/engines/help.ts';
import { Cancelled, type UserError } from '../model/errors.ts';
import { type Disposable, Emitter } from '../model/event.ts';
import type { Connection } from './connect.ts';
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
import type { Confirm } from './files/helperContainers/consent.ts';
import { createInventory } from './inventory/live.ts';
import { nextPause, type Pause, startPause } from './reconnect.ts';
import type { Engine } from './types.ts';

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

type State =
  /** Nobody has asked for anything yet. */
  | { state: 'idle' }
  /** An attempt is under way. `failure`: why the one before failed. */
  | { state: 'connecting'; failure?: UserError }
  | { state: 'connected'; endpoint: Endpoint; connection: Connection }
  /** Until the next attempt. */
  | { state: 'waiting'; failure: UserError; pause: Pause }
  | { state: 'disposed' };

/**
 * Gives the engine. Nothing is read or connected before the inventory or the client is first asked for; from then on it is
 * followed until it is disposed of. What asks while it is out of reach is rejected with a `UserError` that says what to do,
 * what asks when it is disposed of with `Cancelled`.
 */
export function createEngine({
  setting,
  chosen: choice = () => undefined,
  environment = machine,
  log,
  timeout = 5_000,
  confirm,
  terminalNotes,
}: Options): Engine {
  /** An attempt has succeeded or failed, or there will be none. */
  const outcome = new Emitter<void>();
  let state: State = { state: 'idle' };
  /** Ends the attempt, the pause or the connection that is under way. */
  let abort = new AbortController();
  /** What memory is about. */
  let remembered: Endpoint | undefined;
  let watching: Disposable | undefined;
  let ending: Promise<void> = Promise.resolve();
  const inventory = createInventory({ connection, log });
  const terminals = loadTerminals(terminalNotes, log);

  function choose(): Endpoint {
    const id = choice();
    const preferred = id === undefined ? undefined : chosenEndpoint(id, setting(), environment);
    return preferred ?? chooseEndpoint(setting(), environment);
  }

  function connection({ retry } = { retry: false }): Promise<Connection> {
    start();
    if (retry && state.state === 'connected') {
      // A command goes to the endpoint that is named now, also where no watcher told of a change.
      reconnect();
    }
    if (state.state === 'connected') {
      return Promise.resolve(state.connection);
    }
    const failure = failureOf(state);
    if (state.state === 'disposed' || (failure && !retry)) {
      return Promise.reject(failure ?? new Cancelled());
    }
    return new Promise((resolve, reject) => {
      const listening = outcome.event(() => {
        listening.dispose();
        if (state.state === 'connected') {
          resolve(state.connection);
        } else {
          reject(failureOf(state) ?? new Cancelled());
        }
      });
      if (state.state === 'waiting') {
        state.pause.cut();
      }
    });
  }

  function start(): void {
    if (state.state === 'idle') {
      watching = watchEndpointFiles(reconnect, environment);
      state = { state: 'connecting' };
      void run();
    }
  }

  /** Attempts and connections, one after the other. */
  async function run(): Promise<void> {
    let pause = 0;
    while (state.state !== 'disposed') {
      const { signal } = abort;
      const { reason, held, endpoint } = await attempt(signal);
      if (signal.aborted) {
        // The endpoint changed: the next attempt goes to the new one.
        pause = 0;
      } else if (held >= goodConnection && reason.problem !== 'timeout') {
        log(`The engine is lost: ${reason.message}`);
        pause = 0;
      } else {
        pause = nextPause(reason, pause);
        if (await wait(reason, endpoint, pause, signal)) {
          pause = 0;
        }
      }
    }
  }

  /** Connects, and follows the engine until it is lost. `held`: milliseconds that it was connected. */
  async function attempt(signal: AbortSignal): Promise<{ reason: EngineError; held: number; endpoint?: Endpoint }> {
    let endpoint: Endpoint | undefined;
    try {
      endpoint = choose();
      const connected = await connectTo(endpoint, signal);
      const since = Date.now();
      const reason = await inventory.follow(connected);
      connected.dispose();
      if (state.state === 'connected') {
        state = { state: 'connecting' };
      }
      return { reason, held: Date.now() - since, endpoint };
    } catch (error) {
      inventory.abandon();
      return { reason: engineFailure(error), held: 0, ...(endpoint && { endpoint }) };
    }
  }

  async function connectTo(endpoint: Endpoint, signal: AbortSignal): Promise<Connection> {
    if (remembered && !sameEndpoint(remembered, endpoint)) {
      inventory.reset();
    }
    remembered = endpoint;
    const { connect } = await import('./connect.ts');
    const connected = await connect(endpoint, { timeout, signal, confirm, onTransport: inventory.begin });
    if (signal.aborted) {
      connected.dispose();
      throw new Cancelled();
    }
    state = { state: 'connected', endpoint, connection: connected };
    const { version, apiVersion, os, name } = connected;
    log(`${name} ${version} at ${endpoint.url} (${endpoint.source}), API ${apiVersion}`);
    inventory.setStatus({ state: 'connected', endpoint, version, apiVersion, os, name });
    outcome.fire();
    void terminals.sweep(connected);
    return connected;
  }

  /** Tells why an attempt failed, and waits for the next one; true when the pause was cut short. */
  async function wait(
    reason: EngineError,
    endpoint: Endpoint | undefined,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const failure = explain(reason);
    const sockets = endpoint ? [endpoint.url] : wellKnownEndpoints(environment);
    const pause = startPause(milliseconds, sockets, signal);
    state = { state: 'waiting', failure, pause };
    tellFailure(reason, reason.endpoint ?? endpoint);
    outcome.fire();
    const early = await pause.over;
    if (state.state === 'waiting') {
      state = { state: 'connecting', failure };
    }
    return early;
  }

  function tellFailure(reason: EngineError, tried: Endpoint | undefined): void {
    const problem = reason.problem ?? 'other';
    const before = inventory.status;
    const same = before.state === 'unreachable' && before.problem === problem && before.reason === reason.message;
    if (!same || (before.endpoint?.url ?? '') !== (tried?.url ?? '')) {
      log(`The engine cannot be used (${problem}${tried ? `, ${tried.url}` : ''}): ${reason.message}`);
      const where = tried ? { endpoint: tried } : {};
      inventory.setStatus({ state: 'unreachable', ...where, problem, reason: reason.message });
    }
  }

  function reconnect(): void {
    if (state.state === 'idle' || state.state === 'disposed') {
      return;
    }
    let chosen: Endpoint | undefined;
    try {
      chosen = choose();
    } catch {
      // The attempt that follows says what is wrong.
    }
    const connected = state.state === 'connected' ? state : undefined;
    if (connected && chosen && sameEndpoint(connected.endpoint, chosen)) {
      return;
    }
    connected?.connection.dispose();
    state = { state: 'connecting' };
    void terminals.end();
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
      return (await terminals.load()).open(client, container, options);
    },
    reconnect,
    ended: () => ending,
    dispose() {
      if (state.state === 'disposed') {
        return;
      }
      const connected = state.state === 'connected' ? state.connection : undefined;
      state = { state: 'disposed' };
      watching?.dispose();
      abort.abort();
      connected?.dispose();
      outcome.fire();
      outcome.dispose();
      inventory.dispose();
      ending = terminals.end();
    },
  };
}

/** Why nothing is connected, as far as it is known. */
function failureOf(state: State): UserError | undefined {
  return state.state === 'connecting' || state.state === 'waiting' ? state.failure : undefined;
}

/** The terminals, which are loaded with the first connection. `end` resolves when those that were loaded have ended. */
function loadTerminals(
  folder: string | undefined,
  log: (message: string) => void,
): { load(): Promise<Terminals>; sweep(connected: Connection): Promise<void>; end(): Promise<void> } {
  let loaded: Promise<Terminals> | undefined;
  function load(): Promise<Terminals> {
    loaded ??= import('./exec/terminals.ts').then(({ createTerminals }) =>
      createTerminals({
        folder,
        reach: async (where) => (await import('./connect.ts')).connect(where, { timeout: hangUpTimeout }),
        log,
      }),
    );
    return loaded;
  }
  return {
    load,
    sweep: async ({ client }) => (await load()).sweep(client),
    end: async () => (await loaded)?.end(),
  };
}

function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.url === b.url && JSON.stringify(a.tls) === JSON.stringify(b.tls);
}
