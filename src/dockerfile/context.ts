// What a hover needs from outside of the file: notes, words, and facts about images and files.
import type { Translate } from '../model/l10n.ts';
import type { Note } from './note.ts';

/** What an engine or a registry tells of an image. All of it is untrusted text. */
export interface ImageFacts {
  /** Where the facts come from, e.g. the engine's or the registry's name. */
  source?: string;
  /** Of the manifest, as a registry knows it; absent for an image that was never pushed or pulled. */
  digest?: string;
  /** The engine's own id of the image. */
  id?: string;
  /** Bytes. */
  size?: number;
  /** Milliseconds since 1970. */
  created?: number;
  /** e.g. `linux/arm64`. */
  platforms?: readonly string[];
  /** e.g. `80/tcp`. */
  ports?: readonly string[];
  user?: string;
  workdir?: string;
  entrypoint?: readonly string[];
  command?: readonly string[];
  shell?: readonly string[];
  /** `NAME=value`. */
  env?: readonly string[];
}

/** What a source of COPY or ADD is in the build context. */
export interface SourceFacts {
  exists: boolean;
  /** Files that it brings, itself or within it. */
  count?: number;
  bytes?: number;
  /** The line of the ignore file that leaves it out, counted from 1. */
  ignoredBy?: { file: string; line: number; pattern: string };
}

export interface HoverContext {
  notes: { get(key: string): Note | undefined };
  /** Translates into the language of the notes. */
  t: Translate;
  /** Facts about an image by its full reference; undefined when nobody has them. */
  image?(reference: string): Promise<ImageFacts | undefined>;
  files?: { source(path: string): Promise<SourceFacts | undefined> };
  /** Where a link to the whole note leads. */
  readMore?(key: string): string;
}
