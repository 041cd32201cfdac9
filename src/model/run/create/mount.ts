// What stands after `--mount`, as the engine's API wants it.
import { sizeOf } from '../../byteSize.ts';
import type { UserError } from '../../errors.ts';
import { t } from '../../l10n.ts';
import { pairOf, putPair } from '../../pairs.ts';
import { badValue, booleanOf, fieldsOf, shown } from '../parse.ts';

/** A mount as the API has it. */
export interface ApiMount {
  Type: string;
  Source?: string;
  Target: string;
  ReadOnly?: boolean;
  Consistency?: string;
  BindOptions?:
    | undefined
    | { Propagation?: string; NonRecursive?: true; ReadOnlyNonRecursive?: true; ReadOnlyForceRecursive?: true };
  VolumeOptions?: {
    NoCopy?: true;
    Labels?: Record<string, string>;
    Subpath?: string;
    DriverConfig: { Name?: string; Options?: Record<string, string> };
  };
  ImageOptions?: { Subpath: string };
  TmpfsOptions?: { SizeBytes?: number; Mode?: number };
}

const mountTypes = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image'];
/** Keys that may stand without a value. */
const mountSwitches = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'];
/** Other names of keys. */
const sameKey = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
]);

/**
 * Reads what stands after `--mount`: fields `key=value` with commas between them (docker client reference, "Add bind mounts,
 * volumes or memory filesystems"). Throws a UserError: `bad-mount`, or `bad-size` for the size of a tmpfs.
 */
export function parseMount(text: string): ApiMount {
  const fields = fieldsOf(text);
  if (!fields) {
    throw mountProblem(text, t('A quote is not closed.'));
  }
  let mount: ApiMount = { Type: 'volume', Target: '' };
  for (const field of fields) {
    mount = { ...mount, ...readField(field, mount, text) };
  }
  return checkMount(mount, text);
}

/** What one field sets of the mount; `text` is the whole mount, which a refusal names. */
function readField(field: string, mount: ApiMount, text: string): Partial<ApiMount> {
  const [name, given] = pairOf(field);
  const lower = name.toLowerCase();
  if (given === undefined && !mountSwitches.includes(lower)) {
    throw mountProblem(text, t('"{0}" is not key=value.', shown(field)));
  }
  const set = keys.get(sameKey.get(lower) ?? lower);
  if (!set) {
    throw mountProblem(text, t('The key "{0}" is not known.', shown(name)));
  }
  return set(given ?? 'true', mount, text);
}

/** What each key sets, from its value and the mount so far. */
const keys = new Map<string, (value: string, mount: ApiMount, text: string) => Partial<ApiMount>>(
  Object.entries({
    type: (value) => ({ Type: value.toLowerCase() }),
    source: (value) => ({ Source: value }),
    target: (value) => ({ Target: value }),
    readonly: (value, _, text) => ({ ReadOnly: isOn(value, text) }),
    consistency: (value) => ({ Consistency: value.toLowerCase() }),
    'bind-propagation': (value, mount) => withBind(mount, { Propagation: value.toLowerCase() }),
    'bind-nonrecursive': (value, mount, text) => withBind(mount, isOn(value, text) ? { NonRecursive: true } : {}),
    'bind-recursive': (value, mount, text) => (value === 'enabled' ? {} : withBind(mount, recursion(value, text))),
    'volume-nocopy': (value, mount, text) => withVolume(mount, isOn(value, text) ? { NoCopy: true } : {}),
    'volume-subpath': (value, mount) => withVolume(mount, { Subpath: value }),
    'volume-label': (value, mount) => withVolume(mount, { Labels: putPair(mount.VolumeOptions?.Labels ?? {}, value) }),
    'volume-driver': (value, mount) => withDriver(mount, { Name: value }),
    'volume-opt': (value, mount) =>
      withDriver(mount, { Options: putPair(mount.VolumeOptions?.DriverConfig.Options ?? {}, value) }),
    'image-subpath': (value) => ({ ImageOptions: { Subpath: value } }),
    'tmpfs-size': (value, mount) => ({
      TmpfsOptions: { ...mount.TmpfsOptions, SizeBytes: sizeOf(value, 'tmpfs-size') },
    }),
    'tmpfs-mode': (value, mount, text) => ({ TmpfsOptions: { ...mount.TmpfsOptions, Mode: fileMode(value, text) } }),
  } satisfies Record<string, (value: string, mount: ApiMount, text: string) => Partial<ApiMount>>),
);

type BindOptions = NonNullable<ApiMount['BindOptions']>;
type VolumeOptions = NonNullable<ApiMount['VolumeOptions']>;

function withBind({ BindOptions }: ApiMount, change: BindOptions): Partial<ApiMount> {
  return { BindOptions: { ...BindOptions, ...change } };
}

/** The client sends a driver's settings with every other setting of a volume, be they empty. */
function withVolume(
  { VolumeOptions = { DriverConfig: {} } }: ApiMount,
  change: Partial<VolumeOptions>,
): Partial<ApiMount> {
  return { VolumeOptions: { ...VolumeOptions, ...change } };
}

function withDriver(mount: ApiMount, change: VolumeOptions['DriverConfig']): Partial<ApiMount> {
  return withVolume(mount, { DriverConfig: { ...mount.VolumeOptions?.DriverConfig, ...change } });
}

function recursion(value: string, text: string): BindOptions {
  switch (value) {
    case 'disabled':
      return { NonRecursive: true };
    case 'writable':
      return { ReadOnlyNonRecursive: true };
    case 'readonly':
      return { ReadOnlyForceRecursive: true };
    default:
      throw mountProblem(text, t('The value of bind-recursive is one of enabled, disabled, writable and readonly.'));
  }
}

function isOn(value: string, text: string): boolean {
  const on = booleanOf(value);
  if (on === undefined) {
    throw mountProblem(text, t('"{0}" is neither true nor false.', shown(value)));
  }
  return on;
}

function fileMode(value: string, text: string): number {
  if (!/^[0-7]+$/.test(value)) {
    throw mountProblem(text, t('"{0}" is not a file mode such as 1770.', shown(value)));
  }
  return Number.parseInt(value, 8);
}

function checkMount(mount: ApiMount, text: string): ApiMount {
  if (!mountTypes.includes(mount.Type)) {
    throw mountProblem(text, t('The type "{0}" is not known.', shown(mount.Type)));
  }
  if (mount.Target === '') {
    throw mountProblem(text, t('It has no target.'));
  }
  const optionsOf = {
    bind: mount.BindOptions,
    volume: mount.VolumeOptions,
    tmpfs: mount.TmpfsOptions,
    image: mount.ImageOptions,
  };
  const foreign = Object.entries(optionsOf).find(([type, value]) => value && type !== mount.Type);
  if (foreign) {
    throw mountProblem(text, t('It mixes the type {0} with options of {1}.', mount.Type, foreign[0]));
  }
  const { BindOptions: bind, ReadOnly: readOnly } = mount;
  if ((bind?.ReadOnlyNonRecursive || bind?.ReadOnlyForceRecursive) && !readOnly) {
    throw mountProblem(text, t('This value of bind-recursive needs readonly.'));
  }
  if (bind?.ReadOnlyForceRecursive && bind.Propagation !== 'rprivate') {
    throw mountProblem(text, t('The value bind-recursive=readonly needs bind-propagation=rprivate.'));
  }
  return mount;
}

function mountProblem(text: string, reason: string): UserError {
  return badValue(
    'bad-mount',
    t('"{0}" is not a mount. {1} Write for example type=bind,source=/host,target=/path,readonly.', shown(text), reason),
  );
}
