// An engine and registries in memory, for views: what they hold is set by the test, and changes are announced by it.

import type { App } from '../../../src/app.ts';
import type {
  ChangedFiles,
  Engine,
  EngineEvent,
  EngineStatus,
  Inventory,
  InventoryChange,
} from '../../../src/engine/types.ts';
import type { ContainerArrangement, ImageArrangement } from '../../../src/model/arrange.ts';
import type { FilteredView } from '../../../src/model/elements.ts';
import { Emitter } from '../../../src/model/event.ts';
import { type ChangeTree, changeTree, type PathChange } from '../../../src/model/files/changes.ts';
import type { Container, Image, Network, Objects, Volume } from '../../../src/model/objects.ts';
import { createCatalog } from '../../../src/registry/known/catalog.ts';
import type { LoginFacts, Registries, RegistryChange, RegistryEntry } from '../../../src/registry/known/registries.ts';
import type { KeptList } from '../../../src/registry/known/savedLists.ts';
import { memoryState } from '../../parts/editor/memento.ts';

export interface Memory {
  app: App;
  containers: Container[];
  images: Image[];
  volumes: Volume[];
  networks: Network[];
  arrangement: { containers: ContainerArrangement; images: ImageArrangement };
  registries: RegistryEntry[];
  /** Pages of repository names by registry; an Error in place of a page is thrown there. */
  pages: Map<string, (string[] | Error | Promise<string[]>)[]>;
  tags: Map<string, string[] | Error>;
  /** What containers changed in their files, by id; an Error is thrown. */
  paths: Map<string, PathChange[] | Error>;
  /** Containers whose files may have changed. */
  stale: Emitter<readonly string[]>;
  /** Who we are, by registry. */
  logins: Map<string, LoginFacts>;
  /** Signals that listings were started with. */
  signals: AbortSignal[];
  /** Lists of an earlier session, by registry. */
  kept: Map<string, KeptList>;
  preferences: { repositoryLayout: 'tree' | 'list'; tagOrder: 'version' | 'date' };
  change: Emitter<InventoryChange>;
  registryChange: Emitter<RegistryChange>;
}

export function inMemory(): Memory {
  const memory: Memory = {
    app: {} as App,
    containers: [],
    images: [],
    volumes: [],
    networks: [],
    arrangement: {
      containers: {
        groupBy: 'compose',
        groupByLabel: '',
        sortBy: 'name',
        label: 'name',
        description: ['state', 'ports', 'image'],
      },
      images: { groupBy: 'repository', sortBy: 'name', dangling: true },
    },
    paths: new Map(),
    stale: new Emitter(),
    registries: [],
    pages: new Map(),
    tags: new Map(),
    logins: new Map(),
    signals: [],
    kept: new Map(),
    preferences: { repositoryLayout: 'tree', tagOrder: 'version' },
    change: new Emitter(),
    registryChange: new Emitter(),
  };
  const objects = (kind: keyof Objects) => memory[kind] as never[];
  const inventory: Inventory = {
    status: { state: 'connecting' },
    onStatus: new Emitter<EngineStatus>().event,
    onChange: memory.change.event,
    onEvent: new Emitter<EngineEvent>().event,
    recentEvents: [],
    all: async (kind) => objects(kind),
    peek: (kind, key) =>
      objects(kind).find((object: { id?: string; name?: string }) => (object.id ?? object.name) === key),
    refresh: async () => {},
    dispose: () => {},
  };
  const preferenceChange = new Emitter<void>();
  const registries: Registries = {
    onChange: memory.registryChange.event,
    list: () => memory.registries,
    add: () => Promise.reject(new Error('not in memory')),
    remove: () => Promise.reject(new Error('not in memory')),
    login: async (address) => memory.logins.get(address),
    accounts: async () => [],
    signIn: () => Promise.reject(new Error('not in memory')),
    signOut: () => Promise.reject(new Error('not in memory')),
    useAccount: () => Promise.reject(new Error('not in memory')),
    loginHosts: async () => [],
    certificates: async () => [],
    namespaces: () => [],
    setNamespaces: () => Promise.reject(new Error('not in memory')),
    client: () => Promise.reject(new Error('not in memory')),
    connection: () => Promise.reject(new Error('not in memory')),
    async *repositories(address, signal) {
      memory.signals.push(signal);
      for (const page of memory.pages.get(address) ?? []) {
        if (page instanceof Error) {
          throw page;
        }
        yield await page;
      }
    },
    async tags(address, repository) {
      const tags = memory.tags.get(`${address}/${repository}`) ?? [];
      if (tags instanceof Error) {
        throw tags;
      }
      return { names: tags, complete: true };
    },
    image: () => Promise.reject(new Error('not in memory')),
    authFor: async () => undefined,
    own: {
      offer: () => Promise.reject(new Error('not in memory')),
      prepare: () => Promise.reject(new Error('not in memory')),
    },
    touch: (change) => memory.registryChange.fire(change),
    dispose: () => {},
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const catalog = createCatalog({
    registries,
    kept: {
      read: async (address) => memory.kept.get(address),
      write: async (address, list) => void memory.kept.set(address, list),
      forget: async (address) => void memory.kept.delete(address),
    },
    state: memoryState(),
    localImages: async () => memory.images.flatMap(({ tags }) => tags),
    log,
  });
  const preferences = Object.assign(memory.preferences, {
    set: async (name: string, value: string) => {
      Object.assign(memory.preferences, { [name]: value });
      preferenceChange.fire();
    },
    onChange: preferenceChange.event,
  });
  const arrangementChange = new Emitter<void>();
  const arrangement = Object.assign(memory.arrangement, {
    setContainers: async (change: object) => {
      Object.assign(memory.arrangement.containers, change);
      arrangementChange.fire();
    },
    setImages: async (change: object) => {
      Object.assign(memory.arrangement.images, change);
      arrangementChange.fire();
    },
    onChange: arrangementChange.event,
  });
  const filterChange = new Emitter<FilteredView>();
  const texts = new Map<FilteredView, string>();
  const filters = {
    get: (view: FilteredView) => texts.get(view) ?? '',
    set(view: FilteredView, text: string) {
      texts.set(view, text);
      filterChange.fire(view);
    },
    onChange: filterChange.event,
  };
  const client = () => Promise.reject(new Error('not in memory'));
  const engine = { inventory, client } as unknown as Engine;
  const trees = new Map<string, ChangeTree>();
  const changes: ChangedFiles = {
    async of(id) {
      const paths = memory.paths.get(id) ?? [];
      if (paths instanceof Error) {
        throw paths;
      }
      const tree = changeTree(paths);
      trees.set(id, tree);
      return tree;
    },
    peek: (id) => trees.get(id),
    forget(id = '') {
      trees.delete(id);
      memory.stale.fire([id]);
    },
    onStale: memory.stale.event,
    dispose: () => {},
  };
  Object.assign(memory.app, { engine, changes, registries, catalog, preferences, arrangement, filters, log });
  return memory;
}

export function container(fields: Partial<Container>): Container {
  return {
    id: 'c'.repeat(64),
    name: 'web',
    image: 'busybox:latest',
    imageId: 'sha256:1',
    command: 'httpd -f',
    created: 0,
    state: 'running',
    status: 'Up 3 hours',
    ports: [],
    mounts: [],
    networks: [],
    labels: {},
    ...fields,
  };
}

export function image(fields: Partial<Image>): Image {
  return { id: 'sha256:1', tags: [], digests: [], created: 0, size: 0, labels: {}, ...fields };
}

export function volume(fields: Partial<Volume>): Volume {
  return { name: 'data', driver: 'local', mountpoint: '', scope: 'local', labels: {}, ...fields };
}

export function network(fields: Partial<Network>): Network {
  const usual = { driver: 'bridge', scope: 'local', internal: false, created: 0, subnets: [], labels: {} };
  return { id: 'n'.repeat(64), name: 'shop', ...usual, ...fields };
}
