// The addresses of files in the editor: `docknotes-files://container-<id>/etc/hosts`, `docknotes-files://volume-<engine>-<name>/x`.
import type { FileOwner } from './entry.ts';

/** The scheme of these addresses. */
export const fileScheme = 'docknotes-files';

/**
 * The authority of an owner's addresses. The editor takes authorities without regard to case, so that capitals of a
 * volume's name are written as `~` and the small letter. Volumes of the same name are on many engines, therefore the
 * engine is a part of a volume's address: what was opened on one engine is never saved on another.
 */
export function fileAuthority(owner: FileOwner, endpointUrl: string): string {
  return owner.type === 'container'
    ? `container-${owner.id}`
    : `volume-${engineMark(endpointUrl)}-${owner.name.replace(/[A-Z]/g, (letter) => `~${letter.toLowerCase()}`)}`;
}

/** Whose address it is; `engine` is the mark of the engine that a volume is on. Undefined for what is no such address. */
export function ownerOf(authority: string): { owner: FileOwner; engine?: string } | undefined {
  const [, container, engine, volume] =
    /^(?:container-([a-zA-Z0-9][\w.-]*)|volume-([0-9a-f]{8})-([a-z0-9~][\w.~-]*))$/.exec(authority) ?? [];
  if (container) {
    return { owner: { type: 'container', id: container } };
  }
  if (engine && volume) {
    return {
      owner: { type: 'volume', name: volume.replace(/~([a-z])/g, (_, letter) => letter.toUpperCase()) },
      engine,
    };
  }
  return undefined;
}

/**
 * The path of a file in its address. The editor tells of files in its own messages, where a name such as
 * `[label](command:…)` would be a link that acts: it gets a joiner, which is not seen, and `pathOf` takes it away again.
 */
export function addressPath(path: string): string {
  return path.replace(/\](?=\u2060*\()/g, ']\u2060');
}

/** The file that a path of an address stands for. */
export function pathOf(addressed: string): string {
  return addressed.replace(/\]\u2060(?=\u2060*\()/g, ']');
}

/** Eight digits that differ for different endpoints (FNV-1a). */
export function engineMark(endpointUrl: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < endpointUrl.length; index++) {
    hash = Math.imul(hash ^ endpointUrl.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
