// Which images helper containers are made from, and whether one may be run without a question.
import { parseReference } from '../../../model/reference.ts';
import { fields, list, text } from '../../../model/untyped.ts';
import type { Transport } from '../../connection/transport.ts';

/** Images that are tried for a shell. */
const maxCandidates = 5;
/** Small images with a shell that Docker itself looks after; what only ends in such a name may be anybody's. */
const official = new Set(['library/busybox', 'library/alpine']);

export interface HelperImage {
  id: string;
  /** A tag, where it has one, to show. */
  name: string;
  official: boolean;
}

/** Official ones first, then those whose containers have the volume anyway, then the smallest. */
export async function helperImages(transport: Transport, volume: string): Promise<HelperImage[]> {
  const filters = { volume: [volume] };
  const [images, containers] = await Promise.all([
    transport.json({ method: 'GET', path: '/images/json' }),
    transport.json({ method: 'GET', path: '/containers/json', query: { all: true, filters } }),
  ]);
  const used = new Set(list(containers).map((each) => text(fields(each).ImageID)));
  return list(images)
    .map(fields)
    .map((image) => {
      const id = text(image.Id);
      const names = [...list(image.RepoTags), ...list(image.RepoDigests)].map(text).filter(isName);
      const known = names.find(isOfficial);
      const rank = known !== undefined ? 0 : used.has(id) ? 1 : 2;
      return { id, name: known ?? names[0] ?? id, official: known !== undefined, rank, size: Number(image.Size) };
    })
    .sort((a, b) => a.rank - b.rank || a.size - b.size)
    .slice(0, maxCandidates)
    .map(({ id, name, official }) => ({ id, name, official }));
}

function isName(name: string): boolean {
  return name !== '' && !name.includes('<none>');
}

/** By the whole name, as the engine reads it: `busybox` is `docker.io/library/busybox`. */
export function isOfficial(name: string): boolean {
  try {
    const { host, path } = parseReference(name);
    return host === 'docker.io' && official.has(path);
  } catch {
    return false;
  }
}
