// What commands about files ask of the editor: local paths, and files shown.
import type { FileOwner } from './entry.ts';

/** A file of an image with its content, by the image's id. */
export interface ShownImageFile {
  image: string;
  path: string;
  content: Uint8Array;
}

export interface FileUi {
  /** A local path to save to, asked with a proposed name. */
  saveFile(options: { title: string; name: string; filters?: Record<string, string[]> }): Promise<string>;
  /** Local files (or folders, where `folders` is set) that are there. */
  chooseFiles(options: {
    title: string;
    button: string;
    many?: boolean;
    folders?: boolean;
    filters?: Record<string, string[]>;
  }): Promise<string[]>;
  /** What is at local paths, links not followed; undefined where nothing is. */
  localKinds(paths: readonly string[]): Promise<('file' | 'folder' | 'other' | undefined)[]>;
  /** Opens a file of a container or volume in an editor. */
  showFile(owner: FileOwner, path: string): Promise<void>;
  /** Opens a file of an image, which cannot be changed. */
  showImageFile(file: ShownImageFile): Promise<void>;
  /** Shows how a file differs from the image's own. */
  showDifference(before: ShownImageFile, owner: FileOwner, title: string): Promise<void>;
  /** Whether this window can take another folder without its extensions being ended and started anew. */
  takesFolders(): boolean;
  /** Adds a folder of a container or volume to the workspace, under a name. */
  addFolder(owner: FileOwner, path: string, name: string): Promise<void>;
  /** Opens it in a window of its own. */
  openFolder(owner: FileOwner, path: string): Promise<void>;
}
