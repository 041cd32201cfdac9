// The engines that can be chosen: where they are, whether they answer and what they say of themselves.
import {
  type Endpoint,
  type EngineFacts,
  endpointId,
  type FoundEngine,
  isOpenToAll,
} from '../model/engines/endpoint.ts';
import { explain } from '../model/engines/help.ts';
import { Cancelled, UserError } from '../model/errors.ts';
import { type Disposable, Emitter } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import type { SharedState } from '../model/state.ts';
import { addedEndpoint, type Environment, findEndpoints, machine, watchEndpointFiles } from './connection/discover.ts';
import { engineFailure } from './connection/unreachable.ts';
import { list as listOf, record, text } from './inventory/records.ts';
import type { Engine, Engines } from './types.ts';

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

type Answer = Pick<FoundEngine, 'state' | 'facts' | 'problem' | 'reason' | 'dataRootBefore'>;

export function createEngines({
  engine,
  setting,
  global,
  workspace,
  log,
  environment = machine,
  timeout = 3_000,
}: EnginesHost): Engines {
  const changed = new Emitter<readonly string[] | undefined>();
  const answers = new Map<string, Answer>();
  /** Where data lay before, of engines whose data moved in this session. */
  const moved = new Map<string, string>();
  let abort = new AbortController();
  let files: Disposable | undefined;
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
    return findEndpoints(setting(), added(), environment).map((found): FoundEngine => {
      const { failure, ...about } = found;
      const inUse = found.id === current;
      const answer: Answer = failure
        ? { state: 'unreachable', problem: failure.problem ?? 'other', reason: failure.message }
        : inUse && status.state === 'unreachable'
          ? { state: 'unreachable', problem: status.problem, reason: status.reason }
          : (answers.get(found.id) ?? { state: 'unknown' });
      return { ...about, inUse, openToAll: isOpenToAll(found.endpoint ?? found), ...answer };
    });
  }

  async function askOne(id: string, endpoint: Endpoint): Promise<void> {
    const { signal } = abort;
    let answer: Answer;
    try {
      const facts = await factsOf(endpoint, { timeout, signal });
      answer = { state: 'reachable', facts, ...(await movedFrom(id, facts.dataRoot)) };
    } catch (error) {
      if (error instanceof Cancelled) {
        return;
      }
      const { problem = 'other', message } = engineFailure(error, endpoint);
      answer = { state: 'unreachable', problem, reason: message };
    }
    if (!signal.aborted) {
      answers.set(id, answer);
      changed.fire([id]);
    }
  }

  /** Remembers where an engine's data lies, and tells in this session when it was elsewhere before. */
  async function movedFrom(id: string, dataRoot: string): Promise<{ dataRootBefore?: string }> {
    const before = text(record(global.get(dataRootsKey))[id]);
    if (dataRoot !== '' && before !== dataRoot) {
      await global.change(dataRootsKey, (now) => ({ ...record(now), [id]: dataRoot }));
      if (before !== '') {
        log(`The data of the engine ${id} lies in ${dataRoot} now, and was in ${before}.`);
        moved.set(id, before);
      }
    }
    const dataRootBefore = moved.get(id);
    return dataRootBefore && dataRootBefore !== dataRoot ? { dataRootBefore } : {};
  }

  function added(): string[] {
    return addressesIn(global.get(addedKey));
  }

  function forget(): void {
    abort.abort();
    abort = new AbortController();
    answers.clear();
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
      files ??= watchEndpointFiles(() => changed.fire(undefined), environment);
      for (const { id, endpoint, state } of list()) {
        if (endpoint && state === 'unknown') {
          answers.set(id, { state: 'asking' });
          void askOne(id, endpoint);
        }
      }
    },
    refresh() {
      forget();
      changed.fire(undefined);
    },
    use,
    async add(address, { unchecked = false, signal }) {
      let endpoint: Endpoint;
      try {
        endpoint = addedEndpoint(address, environment);
        if (!unchecked) {
          await factsOf(endpoint, { timeout, signal });
        }
      } catch (error) {
        throw error instanceof Cancelled ? error : explain(engineFailure(error));
      }
      const { url } = endpoint;
      if (!list().some(({ id }) => id === url)) {
        await global.change(addedKey, (now) => [...new Set([...addressesIn(now), url])]);
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
      await global.change(addedKey, (now) => addressesIn(now).filter((url) => url !== id));
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
      files?.dispose();
      abort.abort();
      changed.dispose();
    },
  };
}

function addressesIn(kept: unknown): string[] {
  return listOf(kept).map(text).filter(Boolean);
}

/** Connects for one moment. Rejects with an `EngineError`, or with `Cancelled`. */
async function factsOf(
  endpoint: Endpoint,
  options: { timeout: number; signal?: AbortSignal | undefined },
): Promise<EngineFacts> {
  const { connect } = await import('./connect.ts');
  const { signal } = options;
  const connection = await connect(endpoint, { timeout: options.timeout, ...(signal && { signal }) });
  try {
    const about = record(await connection.transport.json({ method: 'GET', path: '/info', ...options }));
    const count = (value: unknown) => (typeof value === 'number' ? value : 0);
    return {
      name: connection.name,
      version: connection.version,
      apiVersion: connection.apiVersion,
      os: connection.os,
      host: text(about.Name),
      storageDriver: text(about.Driver),
      dataRoot: text(about.DockerRootDir),
      rootless: listOf(about.SecurityOptions).map(text).includes('name=rootless'),
      containers: count(about.Containers),
      images: count(about.Images),
    };
  } finally {
    connection.dispose();
  }
}
