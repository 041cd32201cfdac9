// How what is to be changed is named.

export interface RepositoryPlace {
  registry: string;
  repository: string;
}

/** A tag or a digest. */
export interface ImagePlace extends RepositoryPlace {
  reference: string;
}

export interface TagPlace extends RepositoryPlace {
  tag: string;
}

/** Told how much of a long piece of work is done. */
export type Counted = (done: number, total: number) => void;
