// Whose a file is, before it is replaced or something is put beside it.
import { headerOf } from './archive.ts';
import { statInside } from './inside.ts';
import type { Place } from './place.ts';
import type { Transport } from './transport.ts';

export interface FileRights {
  uid: number;
  gid: number;
  mode: number;
}

/**
 * User, group and mode of a file or folder. A running container is asked itself, because Podman's archives give all
 * files to root; else the header of the path's archive tells.
 */
export async function rightsOf(
  transport: Transport,
  place: Place,
  path: string,
  kind: 'file' | 'folder',
): Promise<FileRights> {
  const inside = place.running && path !== '/' ? await place.inside() : undefined;
  const entry = inside && (await statInside(inside, path));
  if (entry?.kind === kind && entry.uid !== undefined && entry.gid !== undefined) {
    return { uid: entry.uid, gid: entry.gid, mode: entry.mode };
  }
  // With a slash at its end a link to a folder is followed.
  return headerOf(transport, place.container, kind === 'folder' && path !== '/' ? `${path}/` : path);
}
