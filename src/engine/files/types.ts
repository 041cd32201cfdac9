// The files of containers and volumes as the rest of the product uses them. Types only.
import type { Disposable, Event } from '../../model/event.ts';
import type { ChangeTree } from '../../model/files/changes.ts';
import type { FileChange, FileEntry, FileListing, FileOwner } from '../../model/files/entry.ts';
import type { UnsafeSave } from '../../model/files/unsafeSave.ts';
import type { ExecClient } from '../exec/types.ts';

/** What files need of the engine's containers. */
export interface FileClient extends ExecClient {
  /** `raw` is the engine's whole answer. */
  inspect(container: string): Promise<{ id: string; raw: unknown }>;
  start(container: string): Promise<void>;
  remove(container: string, options?: { force?: boolean; volumes?: boolean }): Promise<void>;
}

export interface TransferOptions {
  signal: AbortSignal;
  /** Bytes so far, and in all where that is known; called at most ten times a second. */
  onProgress?: (bytes: number, total?: number) => void;
}

/** Why a part of an archive was left out. */
export type SkipReason =
  /** Its name is absolute, climbs with `..`, is not UTF-8 or cannot be a name on this system. */
  | 'name'
  /** A link out of the folder, or one that the system refused. */
  | 'link'
  /** A device, a pipe or a socket. */
  | 'special'
  /** A kind of entry that is not known here, for example a sparse file. */
  | 'unknown';

export interface Transferred {
  /** Files written, folders and links not counted. */
  files: number;
  bytes: number;
  /** What was left out, at most 1,000 of them; `skippedCount` has all. */
  skipped: { name: string; reason: SkipReason }[];
  skippedCount: number;
}

export interface WriteResult {
  /** The file is mounted by itself and could not be replaced, so it was written as it is. */
  inPlace: boolean;
}

/**
 * Files, over the engine's archive API and, in a running container that has a shell, over short commands in it.
 * Paths are absolute POSIX paths. Failures are `UserError`s with these codes, an `EngineError`, or `Cancelled`:
 * `file-not-found`, `file-exists`, `not-a-folder`, `is-a-folder`, `not-a-file`, `folder-not-empty`, `file-too-large`,
 * `read-only`, `start-first`, `no-shell`, `in-memory`, `link-leaves-volume`, `no-helper-image`, `foreign-helper`, `no-space`, `bad-archive`, `file-command-failed`.
 */
export interface Files {
  /** After each change that was made here. */
  readonly onChange: Event<readonly FileChange[]>;
  /** The file itself, a link not followed; `target` and `leadsTo` say where it leads. */
  stat(owner: FileOwner, path: string, options?: { signal?: AbortSignal }): Promise<FileEntry>;
  /** By name; a link to a folder is followed. */
  list(owner: FileOwner, path: string, options?: { signal?: AbortSignal }): Promise<FileListing>;
  /** The whole content, links followed; refused when it has more than `limit` bytes. */
  read(owner: FileOwner, path: string, options: { limit: number; signal?: AbortSignal }): Promise<Uint8Array>;
  /**
   * Replaces or creates a file, links followed. Mode, user and group stay; a new file gets 0644 and the owner of its folder.
   * The file is a new one on the disk, so that hard links to the old one keep the old content. Where a shell runs, one
   * whole version is there at every moment. Where none does, the engine removes the old version first: `askUnsafe` is
   * called before, and nothing is changed when it rejects.
   */
  write(
    owner: FileOwner,
    path: string,
    content: Uint8Array,
    options: {
      create: boolean;
      overwrite: boolean;
      signal?: AbortSignal;
      askUnsafe?: (why: UnsafeSave) => Promise<void>;
    },
  ): Promise<WriteResult>;
  /** With 0755 and the owner of the folder that it is in. */
  createFolder(owner: FileOwner, path: string): Promise<void>;
  /** The archive API cannot delete: this runs `rm` in the container, or for a volume in a helper container. */
  remove(owner: FileOwner, path: string, options: { recursive: boolean }): Promise<void>;
  /** Like `remove`, with `mv`. */
  rename(owner: FileOwner, from: string, to: string, options: { overwrite: boolean }): Promise<void>;
  /** Writes a file or folder to the local path `to`, which must not be there yet: only a file is replaced, with `overwrite`. */
  download(
    owner: FileOwner,
    path: string,
    to: string,
    options: TransferOptions & { overwrite?: boolean },
  ): Promise<Transferred>;
  /** Puts local files and folders into a folder, over what has the same name; they get the owner of that folder. */
  upload(owner: FileOwner, folder: string, from: readonly string[], options: TransferOptions): Promise<Transferred>;
  /** Writes all of a volume to a local tar file, which is there only when it is whole. */
  backup(volume: string, to: string, options: TransferOptions): Promise<Transferred>;
  /** Unpacks a local tar or tar.gz file into a volume, over what has the same name; creates the volume when it is missing. */
  restore(volume: string, from: string, options: TransferOptions): Promise<Transferred>;
  /** Removes helper containers that an earlier session left behind. */
  sweep(): Promise<void>;
  /** Ends the use of a volume, so that it can be removed: without this a helper container may hold it for some seconds. */
  release(volume: string): Promise<void>;
  /** Removes the helper containers; wait for it before the connection is closed. */
  dispose(): Promise<void>;
}

/** One file of an image. */
export interface ImageFile {
  /** Its id or reference. */
  image: string;
  path: string;
  /** Bytes; a longer file is refused. */
  limit: number;
  signal?: AbortSignal;
}

/** What containers changed in their files, kept as long as somebody looks. */
export interface ChangedFiles extends Disposable {
  /** From memory, unless something may have changed since. Rejects with `Cancelled` when it was forgotten meanwhile. */
  of(container: string): Promise<ChangeTree>;
  /** What was compared last. */
  peek(container: string): ChangeTree | undefined;
  /** Nobody looks at it any more: a comparison under way ends, and the next look compares afresh. Without an id: all. */
  forget(container?: string): void;
  /** Containers that have to be asked for again, where somebody looks at them. */
  readonly onStale: Event<readonly string[]>;
}
