// The rows of the trees as plain tagged data: what a view lists and what a command is given.

export interface ContainerElement {
  type: 'container';
  id: string;
}

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
  | ImageRepositoryElement
  | ImageElement
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
    case 'imageRepository':
      return `imageRepository/${element.name}`;
    case 'image':
      return `image/${element.ref ?? element.id}`;
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
  | 'image.repository'
  | 'image.tag'
  | 'image.dangling'
  | 'registry'
  | 'registry.failed'
  | 'registry.folder'
  | 'registry.repository'
  | 'registry.repository.added'
  | 'registry.tag'
  | 'registry.attachment'
  | 'message';
