// Who may use whom: the floors of `src`, and the rooms of each floor. To read and to change; the rule is in dependencies.test.ts.
//
// An entry names a floor or a room, one file, or a package (`node` is Node's own modules). `type …` may be imported as a type
// only, `later …` only as a type or with `import()`. What a line does not name, its floor or room does without.

/** What each floor uses besides itself. `src/extension.ts`, where all parts meet, uses anything. */
export const floors: Record<string, readonly string[]> = {
  model: [],
  local: ['model', 'node'],
  dockerfile: ['model'],
  webview: ['model'],
  engine: ['model', 'local', 'node'],
  registry: ['model', 'local', 'node', 'type engine/types.ts'],
  server: ['dockerfile', 'model', 'local', 'node', 'vscode-jsonrpc', 'type vscode-languageserver-protocol'],
  // The commands are there to be run by name.
  app: ['type model', 'type engine/types.ts', 'type commands/index.ts'],
  'app.ts': ['type app', 'type model', 'type engine/types.ts', 'type registry'],
  'api.ts': ['model', 'type app.ts'],
  steps: ['model', 'type app', 'type app.ts', 'type engine/types.ts', 'type registry'],
  views: ['model', 'type app', 'type app.ts', 'type engine/types.ts', 'type registry'],
  commands: ['model', 'steps', 'type app', 'type app.ts', 'type engine/types.ts', 'type registry'],
  vscode: [
    'model',
    'local',
    'node',
    'type app',
    'type app.ts',
    'type engine/types.ts',
    'type registry',
    'type dockerfile/context.ts',
    'views',
    'later commands',
    'vscode',
    'vscode-languageclient',
  ],
};

/** Packages that one file alone imports, which is the door to them. */
export const doors: Record<string, readonly string[]> = {
  'src/engine/connect.ts': ['later dockerode'],
  'src/registry/trust/hostsToml.ts': ['later smol-toml'],
  'src/registry/own/certificate.ts': ['later @peculiar/asn1-schema', 'later @peculiar/asn1-x509'],
  'src/registry/own/passwordFile.ts': ['later bcryptjs'],
};

/**
 * What each room of a floor uses of the floor's others. A folder is a room with all that is in it; `.` are the files at the
 * floor's root. Floors that are not here have no rooms.
 */
export const rooms: Record<string, Record<string, readonly string[]>> = {
  model: {
    '.': [],
    containers: ['.', 'engines', 'run'],
    engines: ['.', 'networks', 'volumes'],
    files: ['.'],
    logs: ['.'],
    networks: ['.'],
    notes: ['.'],
    registries: ['.', 'type engines'],
    run: ['.', 'files'],
    volumes: ['.'],
  },
  dockerfile: {
    '.': ['syntax', 'meaning', 'locate', 'describe'],
    syntax: [],
    meaning: ['.', 'syntax'],
    locate: ['.', 'syntax', 'meaning'],
    describe: ['.', 'syntax', 'meaning', 'locate'],
  },
  webview: {
    '.': [],
    containers: ['.'],
    logs: ['.'],
    registries: ['.'],
    run: ['.'],
  },
  engine: {
    connection: ['type types.ts'],
    inventory: ['connection', 'type types.ts'],
    exec: ['connection', 'type types.ts'],
    files: ['connection', 'inventory', 'exec', 'type types.ts'],
    api: ['connection', 'inventory', 'exec', 'files', 'type types.ts'],
    '.': ['connection', 'inventory', 'exec', 'files', 'api'],
  },
  registry: {
    '.': [],
    http: ['type .'],
    auth: ['http', 'type .'],
    trust: ['http', 'type .'],
    vendors: ['http', 'auth', 'type .'],
    api: ['http', 'auth', 'trust', 'vendors', 'type .'],
    own: [],
    known: ['http', 'auth', 'trust', 'api', 'type .'],
    change: ['http', 'auth', 'api', 'known', 'type .'],
  },
  steps: {
    '.': [],
    containers: ['.'],
    engines: ['.'],
    files: ['.', 'containers'],
    images: ['.', 'registries/login.ts'],
    logs: ['.'],
    networks: ['.'],
    registries: ['.', 'images'],
    run: ['.', 'containers', 'images', 'registries'],
    volumes: ['.'],
  },
  views: {
    '.': ['containers', 'files'],
    containers: ['.', 'files'],
    files: ['.'],
    registries: ['.'],
  },
  commands: {
    // The table of commands. No command uses another.
    '.': [
      'containers',
      'engines',
      'files',
      'images',
      'logs',
      'networks',
      'notes',
      'registries',
      'run',
      'system',
      'volumes',
    ],
    containers: [],
    engines: [],
    files: [],
    images: [],
    logs: [],
    networks: [],
    notes: [],
    registries: [],
    run: [],
    system: [],
    volumes: [],
  },
  vscode: {
    '.': ['pages/web.ts'],
    files: ['.'],
    language: ['.'],
    pages: ['.'],
    prompts: ['.', 'files', 'language', 'pages', 'terminals', 'trees'],
    state: ['.'],
    status: ['.'],
    terminals: ['.'],
    trees: ['.', 'status'],
  },
};

/** Tests of a whole folder of src, which stand in it by the name of what they try on it. All others are named as one file or folder is. */
export const testsOfFolders: readonly string[] = [
  'test/unit/dockerfile/corpus.test.ts',
  'test/unit/dockerfile/facts.test.ts',
  'test/unit/dockerfile/hostile.test.ts',
  'test/unit/dockerfile/pumped.test.ts',
  'test/unit/engine/oddEngines.test.ts',
  'test/unit/engine/pumped.test.ts',
  'test/unit/model/pumped.test.ts',
  'test/unit/registry/oddAnswers.test.ts',
  'test/unit/registry/oddAuth.test.ts',
  'test/unit/registry/oddLists.test.ts',
  'test/unit/registry/pumped.test.ts',
  'test/unit/server/process.test.ts',
];

// ---------------------------------------------------------------------------------------------------------------------------
// Still open: what breaks a rule today. A line is taken off with what it names, and none is added.

/** Imports against the tables above: `the file -> what it imports`. */
export const openArrows: readonly string[] = [
  'src/engine/exec/capture.ts -> src/engine/files/failures.ts',
  'src/engine/exec/capture.ts -> src/engine/files/listing.ts',
  'src/engine/inventory/live.ts -> src/engine/connect.ts',
  'src/model/elements.ts -> src/model/files/changes.ts',
  'src/model/elements.ts -> src/model/files/entry.ts',
];

/** Circles of files, each by one of its imports; an override in `biome.json` leaves the same files out. */
export const openCircles: readonly string[] = [];

/** Files whose name repeats their folder. */
export const openNames: readonly string[] = [
  'src/dockerfile/describe/describe.ts',
  'src/engine/engine.ts',
  'src/steps/run/formRun.ts',
  'src/vscode/terminals/processTerminal.ts',
];

/** Files of test/unit that stand elsewhere than what they test. */
export const openTests: readonly string[] = [
  'test/unit/engine/connection/streams.test.ts',
  'test/unit/model/logs/logs.test.ts',
  'test/unit/registry/known/twoWindows.test.ts',
];
