// The rows of the trees as plain tagged data: what a view lists and what a command is given.
import type { ChangeKind } from './files/changes.ts';
import { type FileElement, fileKey } from './files/entry.ts';

export interface ContainerElement {
  type: 'container';
  id: string;
}

/** Containers that belong together: how the group came about, and its names from the outermost in. */
export interface GroupElement {
  type: 'group';
  by: string;
  path: readonly string[];
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

/** Identity of a row: the object's own id and never its state, so that selection and expansion survive changes. */
export function keyOf(element: Element): string {
  switch (element.type) {
    case 'container':
      return `container/${element.id}`;
    case 'group':
      return `group/${element.by}/${element.path.map(encodeURIComponent).join('/')}`;
    case 'port':
      return `port/${element.container}/${element.host ?? ''}:${element.port}/${element.protocol}`;
    case 'mount':
      return `mount/${element.container}${element.target}`;
    case 'membership':
      return `membership/${element.container}/${element.network}`;
    case 'changes':
      return `changes/${element.container}`;
    case 'change':
      return `change/${element.container}${element.path}`;
    case 'volumeUser':
      return `volumeUser/${element.volume}/${element.container}`;
    case 'volume':
      return `volume/${element.name}`;
    case 'network':
      return `network/${element.id}`;
    case 'filter':
      return `filter/${element.view}`;
    case 'file':
      return fileKey(element);
    case 'imageRepository':
      return `imageRepository/${element.name}`;
    case 'image':
      return `image/${element.ref ?? element.id}`;
    case 'engine':
      return `engine/${element.id}`;
    case 'registry':
      // Found repositories are shown at once, and VS Code keeps for each id whether it is open.
      return `registry/${element.registry}${element.filtered ? '?found' : ''}`;
    case 'folder':
      return `folder/${element.registry}/${element.path}`;
    case 'repository':
      return `repository/${element.registry}/${element.name}`;
    case 'tag':
      return `tag/${element.registry}/${element.repository}:${element.name}`;
    case 'attachment':
      return `attachment/${element.registry}/${element.repository}:${element.tag}/${element.reference}`;
    case 'message':
      return `message/${element.under}`;
  }
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
