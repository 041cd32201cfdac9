// Everything of a Dockerfile that has a name, with the facts about it that are not prose.
//
// Sources: the Dockerfile reference and BuildKit (frontend/dockerfile). The prose is in the notes.

export interface FlagFacts {
  /** The lowest syntax version that has it, e.g. `1.20`; absent where it is older than versions. */
  readonly syntax?: string;
  /** The only values that it takes, where they are few. */
  readonly values?: readonly string[];
}

export interface MountFacts {
  /** The keys that the type takes, each under the name of its note. */
  readonly keys: readonly string[];
}

/** The 18 instructions. */
export const INSTRUCTIONS: readonly string[] = [
  'add',
  'arg',
  'cmd',
  'copy',
  'entrypoint',
  'env',
  'expose',
  'from',
  'healthcheck',
  'label',
  'maintainer',
  'onbuild',
  'run',
  'shell',
  'stopsignal',
  'user',
  'volume',
  'workdir',
];

const BOOLEAN = ['true', 'false'];

/** The flags of each instruction. */
export const FLAGS: Readonly<Record<string, Readonly<Record<string, FlagFacts>>>> = {
  run: {
    mount: { syntax: '1.2' },
    network: { syntax: '1.3', values: ['default', 'none', 'host'] },
    security: { syntax: '1.20', values: ['sandbox', 'insecure'] },
    device: { syntax: '1.27' },
  },
  copy: {
    from: {},
    chown: {},
    chmod: { syntax: '1.2' },
    link: { syntax: '1.4', values: BOOLEAN },
    exclude: { syntax: '1.19' },
    parents: { syntax: '1.20', values: BOOLEAN },
  },
  add: {
    'keep-git-dir': { syntax: '1.1', values: BOOLEAN },
    chown: {},
    chmod: { syntax: '1.2' },
    link: { syntax: '1.4', values: BOOLEAN },
    checksum: { syntax: '1.6' },
    unpack: { syntax: '1.17', values: BOOLEAN },
    exclude: { syntax: '1.19' },
  },
  from: { platform: {} },
  healthcheck: {
    interval: {},
    timeout: {},
    'start-period': {},
    'start-interval': { syntax: '1.6' },
    retries: {},
  },
};

/** The types of `RUN --mount`. */
export const MOUNTS: Readonly<Record<string, MountFacts>> = {
  bind: { keys: ['target', 'source', 'from', 'readwrite', 'readonly'] },
  cache: { keys: ['id', 'target', 'readonly', 'readwrite', 'sharing', 'from', 'source', 'mode', 'uid', 'gid'] },
  tmpfs: { keys: ['target', 'size'] },
  secret: { keys: ['id', 'source', 'target', 'env', 'required', 'mode', 'uid', 'gid'] },
  ssh: { keys: ['id', 'target', 'required', 'mode', 'uid', 'gid'] },
};

/** The 19 spellings of mount keys and the note of each. */
export const MOUNT_KEYS: Readonly<Record<string, string>> = {
  type: 'type',
  from: 'from',
  source: 'source',
  src: 'source',
  target: 'target',
  dst: 'target',
  destination: 'target',
  readonly: 'readonly',
  ro: 'readonly',
  readwrite: 'readwrite',
  rw: 'readwrite',
  id: 'id',
  sharing: 'sharing',
  required: 'required',
  size: 'size',
  mode: 'mode',
  uid: 'uid',
  gid: 'gid',
  env: 'env',
};

/** The parser directives. */
export const DIRECTIVES: readonly string[] = ['syntax', 'escape', 'check'];
/** The keys of `# check=`. */
export const CHECK_OPTIONS: readonly string[] = ['skip', 'error', 'experimental'];

/** BuildKit's build checks. */
export const CHECKS: readonly string[] = [
  'StageNameCasing',
  'FromAsCasing',
  'NoEmptyContinuation',
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'ReservedStageName',
  'JSONArgsRecommended',
  'MaintainerDeprecated',
  'UndefinedArgInFrom',
  'WorkdirRelativePath',
  'UndefinedVar',
  'MultipleInstructionsDisallowed',
  'LegacyKeyValueFormat',
  'InvalidBaseImagePlatform',
  'RedundantTargetPlatform',
  'SecretsUsedInArgOrEnv',
  'InvalidDefaultArgInFrom',
  'FromPlatformFlagConstDisallowed',
  'CopyIgnoredFile',
  'InvalidDefinitionDescription',
  'ExposeProtoCasing',
  'ExposeInvalidFormat',
];

/** The arguments that the builder sets by itself; a stage sees them after `ARG NAME`. */
export const AUTOMATIC_ARGS: readonly string[] = [
  ...['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].flatMap((part) => [`BUILD${part}`, `TARGET${part}`]),
  'TARGETSTAGE',
];

/** The arguments that RUN sees without `ARG` when they are given to the build, and the note of each. */
export const PREDEFINED_ARGS: Readonly<Record<string, string>> = {
  HTTP_PROXY: 'arg.http-proxy',
  http_proxy: 'arg.http-proxy',
  HTTPS_PROXY: 'arg.https-proxy',
  https_proxy: 'arg.https-proxy',
  FTP_PROXY: 'arg.ftp-proxy',
  ftp_proxy: 'arg.ftp-proxy',
  NO_PROXY: 'arg.no-proxy',
  no_proxy: 'arg.no-proxy',
  ALL_PROXY: 'arg.all-proxy',
  all_proxy: 'arg.all-proxy',
};

/** Names that people give to variables whose only purpose has a note of its own. */
export const NAMED_VARIABLES: Readonly<Record<string, string>> = {
  PATH: 'variable.path',
  REFRESHED_AT: 'variable.refreshed-at',
  SOURCE_DATE_EPOCH: 'arg.source-date-epoch',
  SOCKS_PROXY: 'topic.proxy',
  socks_proxy: 'topic.proxy',
  CACHEBUST: 'topic.cache',
  CACHE_BUST: 'topic.cache',
  CACHEBUSTER: 'topic.cache',
  CACHE_BUSTER: 'topic.cache',
  CACHE_DATE: 'topic.cache',
};

/** Signals with a note of their own, without `SIG`. */
export const SIGNALS: readonly string[] = [
  'TERM',
  'KILL',
  'INT',
  'QUIT',
  'HUP',
  'USR1',
  'USR2',
  'WINCH',
  'STOP',
  'RTMIN',
];

/** The keys of the OCI image annotations after `org.opencontainers.image.`. */
export const OCI_LABELS: readonly string[] = [
  'created',
  'authors',
  'url',
  'documentation',
  'source',
  'version',
  'revision',
  'vendor',
  'licenses',
  'ref.name',
  'title',
  'description',
  'base.digest',
  'base.name',
];

/** Programs and shell words that the notes have a lesson for, and the note of each after `shell.`. */
export const SHELL_WORDS: Readonly<Record<string, string>> = {
  export: 'export',
  cd: 'cd',
  service: 'service',
  systemctl: 'systemctl',
  supervisord: 'supervisord',
  exec: 'exec',
  nohup: 'nohup',
  'apt-get': 'apt-get',
  apt: 'apt',
  apk: 'apk',
  yum: 'yum',
  dnf: 'dnf',
  microdnf: 'dnf',
  pip: 'pip',
  pip3: 'pip',
  npm: 'npm',
  chpasswd: 'chpasswd',
  'ssh-keygen': 'ssh-keygen',
  sshd: 'sshd',
  useradd: 'useradd',
  adduser: 'adduser',
  chown: 'chown',
  chmod: 'chmod',
  curl: 'curl',
  wget: 'wget',
  sudo: 'sudo',
  cron: 'cron',
  crond: 'cron',
  nginx: 'nginx',
  'catalina.sh': 'catalina',
  'startup.sh': 'catalina',
  source: 'source',
  '.': 'source',
  git: 'git',
  rm: 'rm',
  tar: 'tar',
  sleep: 'sleep',
  tail: 'tail',
};

/** Shell lessons that are about more than one word. */
const SHELL_PATTERNS = ['background', 'curl-pipe-sh', 'set-e'];

const TOPICS = [
  'base-image',
  'build-context',
  'cache',
  'copy-source',
  'digest',
  'dockerignore',
  'exec-form',
  'heredoc',
  'multi-stage',
  'port',
  'protocol',
  'proxy',
  'shell-form',
  'stage',
  'user',
  'workdir',
];

/** Every key that a hover can ask a note for. */
export const HOVER_KEYS: readonly string[] = [
  ...INSTRUCTIONS.map((name) => `instruction.${name}`),
  ...['as', 'none', 'healthcheck-cmd', 'scratch'].map((name) => `word.${name}`),
  ...Object.entries(FLAGS).flatMap(([name, flags]) => Object.keys(flags).map((flag) => `flag.${name}.${flag}`)),
  ...Object.keys(MOUNTS).map((type) => `mount.${type}`),
  ...new Set(Object.values(MOUNT_KEYS).map((key) => `mount-key.${key}`)),
  ...DIRECTIVES.map((name) => `directive.${name}`),
  ...CHECK_OPTIONS.map((name) => `check-option.${name}`),
  ...CHECKS.map((name) => `check.${name.toLowerCase()}`),
  ...AUTOMATIC_ARGS.map((name) => `arg.${name.toLowerCase()}`),
  ...new Set(Object.values(PREDEFINED_ARGS)),
  'arg.source-date-epoch',
  'arg.buildkit',
  ...['builder', 'shell', 'path', 'refreshed-at'].map((name) => `variable.${name}`),
  ...TOPICS.map((name) => `topic.${name}`),
  ...SIGNALS.map((name) => `signal.sig${name.toLowerCase()}`),
  'signal.other',
  ...OCI_LABELS.map((name) => `label.${name}`),
  'label.other',
  ...new Set(Object.values(SHELL_WORDS).map((name) => `shell.${name}`)),
  ...SHELL_PATTERNS.map((name) => `shell.${name}`),
];

/** The lowest syntax version that has a thing, by its key. */
export const MINIMUM_SYNTAX: Readonly<Record<string, string>> = {
  'directive.check': '1.8',
  'topic.heredoc': '1.4',
  'mount-key.env': '1.10',
  ...Object.fromEntries(Object.keys(MOUNTS).map((type) => [`mount.${type}`, '1.2'])),
  ...Object.fromEntries(
    Object.entries(FLAGS).flatMap(([name, flags]) =>
      Object.entries(flags).flatMap(([flag, { syntax }]) => (syntax ? [[`flag.${name}.${flag}`, syntax]] : [])),
    ),
  ),
};

/** The lowest syntax version with the modifiers `# ## % %% / //` of variables. */
export const PATTERN_SYNTAX = '1.7';

/** What a record has under a name from a file; undefined for names such as `constructor` that every object knows. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
