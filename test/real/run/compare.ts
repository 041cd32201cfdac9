// What may differ between two containers, or two create requests, that are to be the same. Everything else must agree.

type Fields = Record<string, unknown>;

/**
 * A create request without what says nothing: empty values, which the docker program writes out, mean the same as no value.
 * Lists are kept where an empty one has a meaning of its own (MaskedPaths, ReadonlyPaths: nothing is hidden), and so are the
 * three-valued Init and StopTimeout.
 */
export function plainRequest(body: Fields): unknown {
  const copy = structuredClone(body);
  const host = fieldsOf(copy.HostConfig);
  // The docker program sends variables and binds in a random order.
  sortOwnOrder(copy.Env, host.Binds);
  dropClientsOwn(host);
  const { EndpointsConfig } = fieldsOf(copy.NetworkingConfig);
  const names = Object.keys(fieldsOf(EndpointsConfig));
  return { ...fieldsOf(withoutEmpty(copy, '')), networks: names.length > 1 ? names.sort() : [] };
}

/** An inspect answer without what no two containers share. */
export function plainInspect(inspect: Fields): unknown {
  const { Id, Name } = inspect as { Id: string; Name: string };
  const text = JSON.stringify(inspect)
    .replaceAll(Id, '<id>')
    .replaceAll(Id.slice(0, 12), '<short id>')
    .replaceAll(`${Name}/`, '/<name>/')
    .replaceAll(JSON.stringify(Name.slice(1)), '"<name>"');
  const copy = JSON.parse(text) as Fields;
  const host = fieldsOf(copy.HostConfig);
  const config = fieldsOf(copy.Config);
  // Identity, times, and the layers that the storage driver made for it.
  for (const key of ['Id', 'Name', 'Created', 'GraphDriver']) {
    delete copy[key];
  }
  dropClientsOwn(host);
  // A variable that a file and the line both give stands there twice, which no line without the file can say; the last counts.
  if (Array.isArray(config.Env)) {
    config.Env = [...new Map(config.Env.map((variable: string) => [variable.split('=')[0], variable])).values()];
  }
  // The engine keeps the order in which variables and binds were sent.
  sortOwnOrder(config.Env, host.Binds, host.Links);
  // Podman lists binds with anonymous volumes among them, and modes in a random order.
  if (Array.isArray(host.Binds)) {
    host.Binds = host.Binds.map((bind: string) => {
      const [source = '', target = '', ...modes] = bind.replace(/^[\da-f]{64}:/, '<random>:').split(':');
      return [source, target, ...modes.map((mode) => mode.split(',').sort().join())].join(':');
    }).sort();
  }
  for (const [path, modes] of Object.entries(fieldsOf(host.Tmpfs))) {
    Object.assign(host.Tmpfs as Fields, { [path]: String(modes).split(',').sort().join() });
  }
  // Anonymous volumes have random names, and the engine lists mounts in a random order.
  copy.Mounts = (copy.Mounts as Fields[])
    .map((mount) =>
      /^[\da-f]{64}$/.test(String(mount.Name)) ? { ...mount, Name: '<random>', Source: '<random>' } : mount,
    )
    .sort((one, other) => (String(one.Destination) < String(other.Destination) ? -1 : 1));
  return copy;
}

/** The file with the id is the docker program's own, and the console is the one that it ran in. */
function dropClientsOwn(host: Fields): void {
  delete host.ContainerIDFile;
  delete host.ConsoleSize;
}

function sortOwnOrder(...lists: unknown[]): void {
  for (const list of lists) {
    if (Array.isArray(list)) {
      list.sort();
    }
  }
}

const meaningful = new Set(['MaskedPaths', 'ReadonlyPaths', 'Init', 'StopTimeout']);

function withoutEmpty(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    return value.length > 0 || meaningful.has(key)
      ? value.map((item) => (typeof item === 'object' ? (withoutEmpty(item, '') ?? {}) : item))
      : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([name, item]) => [name, isMap(key) ? item : withoutEmpty(item, name)] as const)
      .filter(([, item]) => item !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return value === null || ((value === '' || value === 0 || value === false) && !meaningful.has(key))
    ? undefined
    : value;
}

/** Maps whose keys count even when their values are empty. */
function isMap(key: string): boolean {
  return [
    'Labels',
    'Config',
    'Volumes',
    'ExposedPorts',
    'Tmpfs',
    'Sysctls',
    'StorageOpt',
    'Annotations',
    'Options',
    'PortBindings',
  ].includes(key);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
