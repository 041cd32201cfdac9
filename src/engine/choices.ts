// The engines that can be chosen: where they are, whether they answer and what they say of themselves.
import { type Endpoint, endpointId, type FoundEngine, isOpenToAll } from '../model/engines/endpoint.ts';
import type { EngineError } from '../model/engines/error.ts';
import { explain } from '../model/engines/help.ts';
import { Cancelled, UserError } from '../model/errors.ts';
import { type Disposable, Emitter } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import type { SharedState } from '../model/state.ts';
import { fields, list as listOf, text } from '../model/untyped.ts';
import { addedEndpoint, type Environment, findEndpoints, machine, watchEndpointFiles } from './connection/discover.ts';
import { engineFailure } from './connection/unreachable.ts';
import type { Engine, EngineStatus, Engines } from './types.ts';

/** What the editor keeps with a workspace between sessions. */
interface State {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

interface EnginesHost {
  engine: Engine;
  /** Value of the setting `docknotes.engine.host`. */
  setting: () => string | undefined;
  /** For all workspaces: the addresses that were added, and where data lay. */
  global: SharedState;
  /** For this workspace: the engine that was chosen. */
  workspace: State;
  log: (message: string) => void;
  environment?: Environment;
  /** Milliseconds for an engine's first answer. */
  timeout?: number;
}

/** The engine that was chosen is kept with the workspace, and never in the settings, which often go to other people. */
export const chosenKey = 'engines.chosen';
const addedKey = 'engines.added';
const dataRootsKey = 'engines.dataRoots';

/** How an engine is, as far as it was asked. */
type Answer = Pick<FoundEngine, 'state' | 'facts' | 'problem' | 'reason' | 'dataRootBefore'>;

/**
 * Gives the engines that can be chosen, until it is disposed of. Nothing is asked before `ask` or `add` is called. What is
 * kept between sessions is in `global` and `workspace`, whose failures reject `use`, `add` and `remove`.
 */
export function createEngines(host: EnginesHost): Engines {
  const { engine, setting, global, workspace, log, environment = machine, timeout = 3_000 } = host;
  const changed = new Emitter<readonly string[] | undefined>();
  const added = addedAddresses(global);
  const noteDataRoot = createDataRoots(global, log);
  const answers = new Map<string, Answer>();
  /** Ends the questions that are under way. */
  let abort = new AbortController();
  let watching: Disposable | undefined;
  const following = engine.inventory.onStatus(({ endpoint }) => {
    if (endpoint && answers.get(endpointId(endpoint))?.state !== 'asking') {
      // It came, went or is another one: what it said of itself may be old.
      answers.delete(endpointId(endpoint));
    }
    changed.fire(undefined);
  });
  const elsewhere = global.onElsewhere((key) => {
    if (key === addedKey) {
      changed.fire(undefined);
    }
  });

  function list(): FoundEngine[] {
    const { status } = engine.inventory;
    const current = status.endpoint && endpointId(status.endpoint);
    return findEndpoints(setting(), added.list(), environment).map(({ failure, ...about }): FoundEngine => {
      const inUse = about.id === current;
      const known = failure ? unreachable(failure) : inUse ? answerIn(status) : undefined;
      const answer = known ?? answers.get(about.id) ?? { state: 'unknown' };
      return { ...about, inUse, openToAll: isOpenToAll(about.endpoint ?? about), ...answer };
    });
  }

  /** Asks one engine how it is, and tells of its answer unless the question was given up. */
  async function askOne(id: string, endpoint: Endpoint): Promise<void> {
    const { signal } = abort;
    const answer = await answerOf(id, endpoint, signal).catch((error: unknown) =>
      error instanceof Cancelled ? undefined : unreachable(engineFailure(error, endpoint)),
    );
    if (answer && !signal.aborted) {
      answers.set(id, answer);
      changed.fire([id]);
    }
  }

  async function answerOf(id: string, endpoint: Endpoint, signal: AbortSignal): Promise<Answer> {
    const { factsOf } = await import('./connect.ts');
    const facts = await factsOf(endpoint, { timeout, signal });
    const dataRootBefore = await noteDataRoot(id, facts.dataRoot);
    return { state: 'reachable', facts, ...(dataRootBefore !== undefined && { dataRootBefore }) };
  }

  async function use(id: string | undefined): Promise<void> {
    await workspace.update(chosenKey, id);
    engine.reconnect();
    changed.fire(undefined);
  }

  return {
    onChange: changed.event,
    list,
    get chosen() {
      return text(workspace.get(chosenKey)) || undefined;
    },
    ask() {
      watching ??= watchEndpointFiles(() => changed.fire(undefined), environment);
      for (const { id, endpoint, state } of list()) {
        if (endpoint && state === 'unknown') {
          answers.set(id, { state: 'asking' });
          void askOne(id, endpoint);
        }
      }
    },
    refresh() {
      abort.abort();
      abort = new AbortController();
      answers.clear();
      changed.fire(undefined);
    },
    use,
    async add(address, { unchecked = false, signal }) {
      const { url } = await checkAddress(address, environment, unchecked ? undefined : { timeout, signal });
      if (!list().some(({ id }) => id === url)) {
        await added.add(url);
      }
      answers.delete(url);
      changed.fire(undefined);
      const found = list().find(({ id }) => id === url);
      if (!found) {
        throw new UserError('no-such-engine', t('There is no engine {0} in the list.', url));
      }
      return found;
    },
    async remove(id) {
      await added.remove(id);
      answers.delete(id);
      if (workspace.get(chosenKey) === id) {
        await use(undefined);
      } else {
        changed.fire(undefined);
      }
    },
    dispose() {
      following.dispose();
      elsewhere.dispose();
      watching?.dispose();
      abort.abort();
      changed.dispose();
    },
  };
}

function unreachable({ problem = 'other', message }: EngineError): Answer {
  return { state: 'unreachable', problem, reason: message };
}

/** What the inventory knows of the engine in use, where that is more than the engine said itself. */
function answerIn(status: EngineStatus): Answer | undefined {
  return status.state === 'unreachable'
    ? { state: 'unreachable', problem: status.problem, reason: status.reason }
    : undefined;
}

/** The endpoint of an address that a person typed, whose engine answers if it is asked. Rejects with a UserError. */
async function checkAddress(
  address: string,
  environment: Environment,
  ask: { timeout: number; signal?: AbortSignal | undefined } | undefined,
): Promise<Endpoint> {
  try {
    const endpoint = addedEndpoint(address, environment);
    if (ask) {
      const { factsOf } = await import('./connect.ts');
      await factsOf(endpoint, ask);
    }
    return endpoint;
  } catch (error) {
    throw error instanceof Cancelled ? error : explain(engineFailure(error));
  }
}

/** The addresses that were added by hand, for all workspaces. */
function addedAddresses(global: SharedState) {
  const read = (kept: unknown) => listOf(kept).map(text).filter(Boolean);
  return {
    list: () => read(global.get(addedKey)),
    add: (url: string) => global.change(addedKey, (now) => [...new Set([...read(now), url])]),
    remove: (url: string) => global.change(addedKey, (now) => read(now).filter((each) => each !== url)),
  };
}

/** Remembers where each engine's data lies; resolves with where it was before, when it was elsewhere and moved in this session. */
function createDataRoots(
  global: SharedState,
  log: (message: string) => void,
): (id: string, dataRoot: string) => Promise<string | undefined> {
  const moved = new Map<string, string>();
  return async (id, dataRoot) => {
    const before = text(fields(global.get(dataRootsKey))[id]);
    if (dataRoot !== '' && before !== dataRoot) {
      await global.change(dataRootsKey, (now) => ({ ...fields(now), [id]: dataRoot }));
      if (before !== '') {
        log(`The data of the engine ${id} lies in ${dataRoot} now, and was in ${before}.`);
        moved.set(id, before);
      }
    }
    const from = moved.get(id);
    return from !== dataRoot && from ? from : undefined;
  };
}
