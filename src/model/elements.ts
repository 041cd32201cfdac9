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
}

export interface RepositoryElement {
  type: 'repository';
  registry: string;
  name: string;
}

export interface TagElement {
  type: 'tag';
  registry: string;
  repository: string;
  name: string;
}

/** A sentence in the place of rows: why they are missing, or that there are none. */
export interface MessageElement {
  type: 'message';
  /** Key of the row that it stands under. */
  under: string;
  text: string;
  failed: boolean;
}

export type Element =
  | ContainerElement
  | ImageRepositoryElement
  | ImageElement
  | RegistryElement
  | RepositoryElement
  | TagElement
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
      return `registry/${element.registry}`;
    case 'repository':
      return `repository/${element.registry}/${element.name}`;
    case 'tag':
      return `tag/${element.registry}/${element.repository}:${element.name}`;
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
  | 'registry.repository'
  | 'registry.tag'
  | 'message';
