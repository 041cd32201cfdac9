// The order in which tags are shown: versions first, then natural order, newest first.

/** A tag that belongs to another image: a signature, an attestation, an SBOM, or a list of referrers. */
export interface AttachedTag {
  tag: string;
  /** What it belongs to. */
  digest: string;
  kind: 'signature' | 'attestation' | 'sbom' | 'referrers';
}

const kinds = { sig: 'signature', att: 'attestation', sbom: 'sbom' } as const;
/** `3.13rc1` needs no separator, but a single number does: `7fe2b1c` is a commit, not version 7. */
const version = /^[vV]?(\d{1,15}(?:\.\d{1,15}){1,3}(?![\d])|\d{1,15}(?=$|[-+._]))(?:[-+._]?(.*))?$/s;

/** Tags of images, newest first, apart from those that Cosign and the referrers fallback attach to an image. */
export function splitTags(tags: readonly string[]): { tags: string[]; attached: AttachedTag[] } {
  const attached: AttachedTag[] = [];
  const own: string[] = [];
  for (const tag of tags) {
    const found = attachedTag(tag);
    if (found) {
      attached.push(found);
    } else {
      own.push(tag);
    }
  }
  return { tags: sortTags(own), attached };
}

/** What a tag belongs to; undefined for the tag of an image. */
export function attachedTag(tag: string): AttachedTag | undefined {
  const [, hex, suffix] = /^sha256-([0-9a-f]{64})(?:\.(sig|att|sbom))?$/.exec(tag) ?? [];
  if (hex === undefined) {
    return undefined;
  }
  const kind = suffix === 'sig' || suffix === 'att' || suffix === 'sbom' ? kinds[suffix] : 'referrers';
  return { tag, digest: `sha256:${hex}`, kind };
}

/**
 * Versions, the highest first (a release before its pre-releases and variants), then the others in natural order,
 * the highest first: 1.10 before 1.9, `build-10` before `build-9`.
 */
export function sortTags(tags: readonly string[]): string[] {
  const keyed = tags.map((tag) => ({ tag, version: versionOf(tag), pieces: piecesOf(tag) }));
  keyed.sort((a, b) => {
    if (a.version && b.version) {
      return compareVersions(b.version, a.version) || comparePieces(b.pieces, a.pieces);
    }
    return a.version ? -1 : b.version ? 1 : comparePieces(b.pieces, a.pieces);
  });
  return keyed.map(({ tag }) => tag);
}

interface Version {
  numbers: number[];
  rest: (string | number)[];
}

function versionOf(tag: string): Version | undefined {
  const match = version.exec(tag);
  return match?.[1] === undefined
    ? undefined
    : { numbers: match[1].split('.').map(Number), rest: piecesOf(match[2] ?? '') };
}

function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < 4; index += 1) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  if (a.rest.length === 0 || b.rest.length === 0) {
    // 1.2.0 is newer than 1.2.0-rc1.
    return b.rest.length - a.rest.length;
  }
  return comparePieces(a.rest, b.rest);
}

function piecesOf(text: string): (string | number)[] {
  return (text.match(/\d{1,15}|\D+/g) ?? []).map((piece) => (/^\d/.test(piece) ? Number(piece) : piece.toLowerCase()));
}

function comparePieces(a: (string | number)[], b: (string | number)[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left, right] = [a[index] ?? '', b[index] ?? ''];
    if (left !== right) {
      // Numbers come before words, as in semantic versions.
      return typeof left === 'number' && typeof right === 'number'
        ? left - right
        : typeof left === 'number'
          ? -1
          : typeof right === 'number'
            ? 1
            : left < right
              ? -1
              : 1;
    }
  }
  return a.length - b.length;
}
