// An app without an engine or a registry, for views: what both hold is set by the test, and changes are announced by it.

import type { App } from '../../../src/app/index.ts';
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
import type { Container, Image, Kind, Network, Objects, Volume } from '../../../src/model/objects.ts';
import { createCatalog } from '../../../src/registry/known/catalog.ts';
import type { LoginFacts, Registries, RegistryChange, RegistryEntry } from '../../../src/registry/known/registries.ts';
import type { SavedList } from '../../../src/registry/known/stored/listFiles.ts';
import { double } from '../../parts/double.ts';
import { memoryState } from '../../parts/editor/memento.ts';

export interface FakeApp {
  app: Pick<App, 'engine' | 'changes' | 'registries' | 'catalog' | 'preferences' | 'arrangement' | 'filters' | 'log'>;
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
  kept: Map<string, SavedList>;
  preferences: { repositoryLayout: 'tree' | 'list'; tagOrder: 'version' | 'date' };
  change: Emitter<InventoryChange>;
  registryChange: Emitter<RegistryChange>;
}

export function fakeApp(): FakeApp {
  const fake: Omit<FakeApp, 'app'> = {
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
  const lists: { readonly [K in Kind]: readonly Objects[K][] } = fake;
  const inventory: Inventory = {
    status: { state: 'connecting' },
    onStatus: new Emitter<EngineStatus>().event,
    onChange: fake.change.event,
    onEvent: new Emitter<EngineEvent>().event,
    recentEvents: [],
    all: async (kind) => lists[kind],
    peek: (kind, key) => lists[kind].find((object) => ('id' in object ? object.id : object.name) === key),
    refresh: async () => {},
    dispose: () => {},
  };
  const preferenceChange = new Emitter<void>();
  const registries: Registries = {
    onChange: fake.registryChange.event,
    list: () => fake.registries,
    add: () => Promise.reject(new Error('not in a fake app')),
    remove: () => Promise.reject(new Error('not in a fake app')),
    login: async (address) => fake.logins.get(address),
    accounts: async () => [],
    signIn: () => Promise.reject(new Error('not in a fake app')),
    signOut: () => Promise.reject(new Error('not in a fake app')),
    useAccount: () => Promise.reject(new Error('not in a fake app')),
    loginHosts: async () => [],
    certificates: async () => [],
    namespaces: () => [],
    setNamespaces: () => Promise.reject(new Error('not in a fake app')),
    client: () => Promise.reject(new Error('not in a fake app')),
    connection: () => Promise.reject(new Error('not in a fake app')),
    async *repositories(address, signal) {
      fake.signals.push(signal);
      for (const page of fake.pages.get(address) ?? []) {
        if (page instanceof Error) {
          throw page;
        }
        yield await page;
      }
    },
    async tags(address, repository) {
      const tags = fake.tags.get(`${address}/${repository}`) ?? [];
      if (tags instanceof Error) {
        throw tags;
      }
      return { names: tags, complete: true };
    },
    image: () => Promise.reject(new Error('not in a fake app')),
    authFor: async () => undefined,
    touch: (change) => fake.registryChange.fire(change),
    dispose: () => {},
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const catalog = createCatalog({
    registries,
    savedLists: {
      read: async (address) => fake.kept.get(address),
      write: async (address, list) => void fake.kept.set(address, list),
      forget: async (address) => void fake.kept.delete(address),
    },
    state: memoryState(),
    localImages: async () => fake.images.flatMap(({ tags }) => tags),
    log,
  });
  const preferences = Object.assign(fake.preferences, {
    set: async (name: string, value: string) => {
      Object.assign(fake.preferences, { [name]: value });
      preferenceChange.fire();
    },
    onChange: preferenceChange.event,
  });
  const arrangementChange = new Emitter<void>();
  const arrangement = Object.assign(fake.arrangement, {
    setContainers: async (change: object) => {
      Object.assign(fake.arrangement.containers, change);
      arrangementChange.fire();
    },
    setImages: async (change: object) => {
      Object.assign(fake.arrangement.images, change);
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
  const engine = double<Engine>({ inventory, client: () => Promise.reject(new Error('not in a fake app')) });
  const trees = new Map<string, ChangeTree>();
  const changes: ChangedFiles = {
    async of(id) {
      const paths = fake.paths.get(id) ?? [];
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
      fake.stale.fire([id]);
    },
    onStale: fake.stale.event,
    dispose: () => {},
  };
  return Object.assign(fake, { app: { engine, changes, registries, catalog, preferences, arrangement, filters, log } });
}
