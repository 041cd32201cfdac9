// What differs between two images: layers, configuration, sizes.
import { mapOf } from '../pairs.ts';
import type { LayerFacts, PlatformFacts } from './tag.ts';

export interface Change {
  /** What changed: a kind, and for lists of names which one. */
  kind: 'env' | 'label' | 'entrypoint' | 'command' | 'user' | 'workdir' | 'ports' | 'volumes' | 'platform';
  name?: string;
  /** Absent when it was added. */
  before?: string;
  /** Absent when it was removed. */
  after?: string;
}

export interface Comparison {
  /** By what layers are the same: their content, or, where that is not known, their compressed bytes. */
  by: 'content' | 'digest';
  /** For each layer of the first image and of the second, whether the other has it too. */
  shared: { before: boolean[]; after: boolean[] };
  /** Bytes, as far as sizes are known. */
  sharedSize: number;
  onlyBefore: number;
  onlyAfter: number;
  changes: Change[];
}

/** The page of a comparison: two images and what differs. */
export interface ComparePage {
  before: { name: string; image: PlatformFacts };
  after: { name: string; image: PlatformFacts };
  comparison: Comparison;
}

/**
 * Compares layers by their content where both images tell it, else by their compressed bytes; settings by their text, lists
 * of names without regard to their order.
 */
export function compareImages(before: PlatformFacts, after: PlatformFacts): Comparison {
  const all = [...before.layers, ...after.layers];
  const by = all.every(({ diffId }) => diffId !== undefined) ? 'content' : 'digest';
  const keyOf = (layer: LayerFacts) => (by === 'content' ? layer.diffId : layer.digest);
  const has = (image: PlatformFacts) => new Set(image.layers.map(keyOf).filter((key) => key !== undefined));
  const [ofBefore, ofAfter] = [has(before), has(after)];
  const shared = {
    before: before.layers.map((layer) => ofAfter.has(keyOf(layer) ?? '')),
    after: after.layers.map((layer) => ofBefore.has(keyOf(layer) ?? '')),
  };
  const sum = (layers: readonly LayerFacts[], flags: readonly boolean[], wanted: boolean) =>
    layers.reduce((total, { size = 0 }, index) => total + (flags[index] === wanted ? size : 0), 0);
  return {
    by,
    shared,
    // An image of the engine does not tell the sizes of its layers; the other one may.
    sharedSize: Math.max(sum(before.layers, shared.before, true), sum(after.layers, shared.after, true)),
    onlyBefore: sum(before.layers, shared.before, false),
    onlyAfter: sum(after.layers, shared.after, false),
    changes: changesOf(before, after),
  };
}

function changesOf(before: PlatformFacts, after: PlatformFacts): Change[] {
  const plain = (kind: Change['kind'], a: string | undefined, b: string | undefined): Change[] =>
    a === b ? [] : [{ kind, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) }];
  const named = (kind: Change['kind'], a: Record<string, string>, b: Record<string, string>): Change[] =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .sort()
      .flatMap((name) => plain(kind, a[name], b[name]).map((change) => ({ ...change, name })));
  const words = (list: string[] | undefined) => (list?.length ? JSON.stringify(list) : undefined);
  const set = (list: string[]) => (list.length ? [...list].sort().join(', ') : undefined);
  return [
    ...plain('platform', before.platform, after.platform),
    ...plain('entrypoint', words(before.entrypoint), words(after.entrypoint)),
    ...plain('command', words(before.command), words(after.command)),
    ...plain('user', before.user, after.user),
    ...plain('workdir', before.workdir, after.workdir),
    ...plain('ports', set(before.ports), set(after.ports)),
    ...plain('volumes', set(before.volumes), set(after.volumes)),
    ...named('env', mapOf(before.env), mapOf(after.env)),
    ...named('label', before.labels, after.labels),
  ];
}
