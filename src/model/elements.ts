// The rows of the trees as plain tagged data: what a view lists and what a command is given.
import type { Group } from './arrange.ts';
import type { ChangeKind } from './files/changes.ts';
import { type FileElement, fileKey } from './files/entry.ts';

export interface ContainerElement {
  type: 'container';
  id: string;
}

/** Containers that belong together. */
export interface GroupElement extends Group {
  type: 'group';
}

/** A port of a container, below it. */
export interface PortElement {
  type: 'port';
  container: string;
  port: number;
  protocol: string;
  /** Port at the engine's host, where it is published. */
  host?: number;
}

/** What a container mounts, below it. */
export interface MountElement {
  type: 'mount';
  container: string;
  /** Path in the container. */
  target: string;
}

/** A container in a network: below the container in one view, below the network in another. */
export interface MembershipElement {
  type: 'membership';
  container: string;
  /** Name of the network. */
  network: string;
  /** What it stands below. */
  under: 'container' | 'network';
}

/** Stands for all files that a container changed, below it. */
export interface ChangesElement {
  type: 'changes';
  container: string;
}

/** A file that a container changed, or a folder with such files. */
export interface ChangeElement {
  type: 'change';
  container: string;
  path: string;
  folder: boolean;
  /** How it differs from the image; absent for a folder that does so only in what is in it. */
  change?: ChangeKind;
}

/** A container that uses a volume, below the volume. */
export interface VolumeUserElement {
  type: 'volumeUser';
  volume: string;
  container: string;
}

export interface VolumeElement {
  type: 'volume';
  name: string;
}

export interface NetworkElement {
  type: 'network';
  id: string;
}

/** The first row of a view that shows only what its filter finds. */
export interface FilterElement {
  type: 'filter';
  view: FilteredView;
}

/** The views that have a filter of their own. */
export type FilteredView = 'containers' | 'images' | 'volumes' | 'networks';

/** A repository of the engine's images; its tags are below it. */
export interface ImageRepositoryElement {
  type: 'imageRepository';
  /** As in `repository:tag`, without the tag. */
  name: string;
}

/** One tag of an image, or an image without a tag when `ref` is absent. */
export interface ImageElement {
  type: 'image';
  id: string;
  ref?: string;
}

/** A way to an engine, by its id (see `endpointId`). */
export interface EngineElement {
  type: 'engine';
  id: string;
}

export interface RegistryElement {
  type: 'registry';
  /** `host[:port]`, with a path prefix where the registry has one. */
  registry: string;
  /** Below it are the repositories that were found by the filter. */
  filtered?: true;
}

/** What repository names have in common up to a slash. */
export interface FolderElement {
  type: 'folder';
  registry: string;
  /** With the slash at its end. */
  path: string;
  /** The folder that it stands in, `''` at the top. */
  under: string;
}

export interface RepositoryElement {
  type: 'repository';
  registry: string;
  name: string;
  /** The folder that it stands in; absent where it is shown by its whole name. */
  under?: string;
}

export interface TagElement {
  type: 'tag';
  registry: string;
  repository: string;
  name: string;
}

/** A signature, an SBOM or the like, below the tag that it belongs to. */
export interface AttachmentElement {
  type: 'attachment';
  registry: string;
  repository: string;
  tag: string;
  /** What names it in its repository: a tag or a digest. */
  reference: string;
}

/** A sentence in the place of rows: why they are missing, or that there are none. */
export interface MessageElement {
  type: 'message';
  /** Key of the row that it stands under. */
  under: string;
  text: string;
  failed: boolean;
  /** The command that a click runs, without its prefix, for this registry. */
  opens?: string;
  registry?: string;
}

export type Element =
  | ContainerElement
  | GroupElement
  | PortElement
  | MountElement
  | MembershipElement
  | ChangesElement
  | ChangeElement
  | VolumeUserElement
  | VolumeElement
  | NetworkElement
  | FilterElement
  | FileElement
  | ImageRepositoryElement
  | ImageElement
  | EngineElement
  | RegistryElement
  | FolderElement
  | RepositoryElement
  | TagElement
  | AttachmentElement
  | MessageElement;

type KeyOf = { readonly [T in Element['type']]: (element: Extract<Element, { type: T }>) => string };

const keys: KeyOf = {
  container: ({ id }) => `container/${id}`,
  group: ({ by, path }) => `group/${by}/${path.map(encodeURIComponent).join('/')}`,
  port: ({ container, port, protocol, host }) => `port/${container}/${host ?? ''}:${port}/${protocol}`,
  mount: ({ container, target }) => `mount/${container}${target}`,
  membership: ({ container, network }) => `membership/${container}/${network}`,
  changes: ({ container }) => `changes/${container}`,
  change: ({ container, path }) => `change/${container}${path}`,
  volumeUser: ({ volume, container }) => `volumeUser/${volume}/${container}`,
  volume: ({ name }) => `volume/${name}`,
  network: ({ id }) => `network/${id}`,
  filter: ({ view }) => `filter/${view}`,
  file: fileKey,
  imageRepository: ({ name }) => `imageRepository/${name}`,
  image: ({ id, ref }) => `image/${ref ?? id}`,
  engine: ({ id }) => `engine/${id}`,
  // Found repositories are shown at once, and VS Code keeps for each id whether it is open.
  registry: ({ registry, filtered }) => `registry/${registry}${filtered ? '?found' : ''}`,
  folder: ({ registry, path }) => `folder/${registry}/${path}`,
  repository: ({ registry, name }) => `repository/${registry}/${name}`,
  tag: ({ registry, repository, name }) => `tag/${registry}/${repository}:${name}`,
  attachment: ({ registry, repository, tag, reference }) => `attachment/${registry}/${repository}:${tag}/${reference}`,
  message: ({ under }) => `message/${under}`,
};

/** Identity of a row: the object's own id and never its state, so that selection and expansion survive changes. */
export function keyOf(element: Element): string {
  // The table has a function for each type; of an element whose type is not known, the compiler cannot follow it.
  return (keys[element.type] as (element: Element) => string)(element);
}

/** What the menus may offer on a row, the `viewItem` of the manifest's `when` clauses. */
export type RowKind =
  | `container.${string}`
  | 'group.compose'
  | 'group.other'
  | 'port.web'
  | 'port'
  | 'mount.volume'
  | 'mount'
  | 'membership'
  | 'changes'
  | `change.${ChangeKind | 'folder'}`
  | 'volume'
  | 'volume.user'
  | 'network'
  | 'network.builtIn'
  | 'filter'
  | 'files'
  | 'file'
  | 'file.folder'
  | 'file.link'
  | 'file.other'
  | 'image.repository'
  | 'image.tag'
  | 'image.dangling'
  | `engine.${string}`
  | 'registry'
  | 'registry.failed'
  | 'registry.unauthorized'
  | 'registry.folder'
  | 'registry.repository'
  | 'registry.repository.added'
  | 'registry.tag'
  | 'registry.attachment'
  | 'message';
