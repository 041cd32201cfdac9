// What a hover needs from outside of the file: notes, words, and facts about images and files.
import type { Translate } from '../model/l10n.ts';
import type { Note } from './note.ts';

/** What an engine or a registry tells of an image. All of it is untrusted text. */
export interface ImageFacts {
  /** Whether the engine in use has it: then the facts are the engine's, else its registry's. Absent where no engine answers. */
  onEngine?: boolean;
  /** Of its manifests in its own repository; empty for an image that was never pushed or pulled. */
  digests?: readonly string[];
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
  /** `NAME=value`. Absent where nothing is known of the image but whether the engine has it. */
  env?: readonly string[];
}

/** What the registry of an image has now. Untrusted text as well. */
export interface ImageNews {
  /** Of what the image's tag means there. */
  digest?: string;
  /** The highest version of the same form, when it is higher than the image's own. */
  newerTag?: string;
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
  /** What the registry of an image has now, by the image's full reference; undefined when that is not known (yet). */
  news?(reference: string): Promise<ImageNews | undefined>;
  files?: { source(path: string): Promise<SourceFacts | undefined> };
  /** Where a link to the whole note leads. */
  readMore?(key: string): string;
  /** Where a link that pulls an image leads, by the image's full reference. */
  pull?(reference: string): string;
}
