// Removes what nothing uses any more, after saying what would go and how much it frees.
import type { App } from '../../app.ts';
import {
  bytesOf,
  type DiskUsage,
  holders,
  type PruneItem,
  type PruneKind,
  pruneKinds,
  prunePreview,
  withoutDoubles,
} from '../../model/engines/diskUse.ts';

import { UserError } from '../../model/errors.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Network } from '../../model/objects.ts';
import { confirmWithNote } from '../../steps/confirm.ts';
import { listed } from '../../steps/several.ts';

export interface PruneOptions {
  kinds: PruneKind[];
  /** True: removes nothing, and resolves with what would go. */
  preview?: boolean;
}

export interface PruneResult {
  /** Names or ids, by kind. */
  removed: Partial<Record<PruneKind, string[]>>;
  /** What was freed, or would be. */
  bytes: number;
}

export async function prune(
  app: Pick<App, 'engine' | 'ui'>,
  _target?: unknown,
  options?: PruneOptions,
): Promise<PruneResult> {
  if (options) {
    checkKinds(options.kinds);
  }
  const measured = options && !options.preview ? undefined : await measure(app);
  if (options?.preview && measured) {
    return previewOf(measured, withoutDoubles(options.kinds));
  }
  const kinds = options ? withoutDoubles(options.kinds) : await ask(app, measured);
  const client = await app.engine.client();
  const result: PruneResult = { removed: {}, bytes: 0 };
  await app.ui.progress(t('Pruning'), async (report) => {
    for (const kind of kinds) {
      report(titleOf(kind));
      if (kind === 'volumes' || kind === 'allVolumes') {
        // What was looked into a moment ago is not in use.
        await Promise.all((await app.engine.inventory.all('volumes')).map(({ name }) => client.files.release(name)));
      }
      const { removed, bytes } = await client.system.prune(kind);
      result.removed[kind] = removed;
      result.bytes += bytes;
    }
  });
  if (!options) {
    const count = Object.values(result.removed).flat().length;
    app.ui.say(t('{0} objects were removed, {1} freed.', count, formatSize(result.bytes)));
  }
  return result;
}

interface Measured {
  disk: DiskUsage;
  networks: readonly Network[];
}

async function measure(app: Pick<App, 'engine' | 'ui'>): Promise<Measured> {
  return app.ui.progress(t('Measuring what can be pruned'), async (_report, signal) => {
    const client = await app.engine.client();
    const networks = await app.engine.inventory.all('networks');
    return { disk: await client.system.diskUsage(signal), networks };
  });
}

function previewOf({ disk, networks }: Measured, kinds: readonly PruneKind[]): PruneResult {
  const items = Object.entries(prunePreview(disk, networks, kinds)) as [PruneKind, PruneItem[]][];
  return {
    removed: Object.fromEntries(items.map(([kind, list]) => [kind, list.map(({ name, key }) => key ?? name)])),
    bytes: items.reduce((sum, [, list]) => sum + bytesOf(list), 0),
  };
}

/** First what there is, then, with all that was chosen taken together, the question. */
async function ask(app: Pick<App, 'engine' | 'ui'>, measured: Measured | undefined): Promise<PruneKind[]> {
  const { disk, networks } = measured ?? (await measure(app));
  const alone = prunePreview(
    disk,
    networks,
    pruneKinds.filter((kind) => kind !== 'containers'),
  );
  const { containers = [] } = prunePreview(disk, networks, ['containers']);
  const kinds = withoutDoubles(await pickKinds(app, { ...alone, containers }));
  await confirmKinds(app, { disk, networks }, kinds);
  return kinds;
}

/** `items` has what would go of each kind alone. */
async function pickKinds(app: Pick<App, 'ui'>, items: Partial<Record<PruneKind, PruneItem[]>>): Promise<PruneKind[]> {
  const there = pruneKinds.filter((kind) => items[kind]?.length);
  if (there.length === 0) {
    throw new UserError('nothing-to-prune', t('There is nothing to prune: everything is in use.'));
  }
  return app.ui.pickMany(
    there.map((kind) => {
      const some = items[kind] ?? [];
      const bytes = bytesOf(some);
      return {
        label: titleOf(kind),
        description: bytes > 0 ? t('{0}, {1}', some.length, formatSize(bytes)) : String(some.length),
        detail: listed(
          some.map(({ name }) => name),
          5,
        ),
        value: kind,
      };
    }),
    {
      title: t('Prune'),
      placeholder: t('Choose what to remove; the next step shows it once more'),
      chosen: there.filter((kind) => kind === 'images'),
    },
  );
}

/** The kinds together, with all that goes. */
async function confirmKinds(
  app: Pick<App, 'ui'>,
  { disk, networks }: Measured,
  kinds: readonly PruneKind[],
): Promise<void> {
  const together = prunePreview(disk, networks, kinds);
  const bytes = Object.values(together).reduce((sum, items) => sum + bytesOf(items), 0);
  const held = kinds.includes('containers') ? holders(disk) : [];
  await confirmWithNote(app, {
    question: bytes > 0 ? t('Remove all this? It frees {0}.', formatSize(bytes)) : t('Remove all this?'),
    detail: [
      ...kinds.map((kind) => {
        const items = together[kind] ?? [];
        return t('{0} ({1}): {2}', titleOf(kind), items.length, listed(items.map(({ name }) => name)));
      }),
      ...(kinds.some((kind) => kind === 'volumes' || kind === 'allVolumes')
        ? [t('The files in these volumes cannot be restored.')]
        : []),
      ...(held.length > 0
        ? [
            t(
              'These ended containers share volumes with others and may be data-only containers, which need not run: {0}.',
              listed(held),
            ),
          ]
        : []),
    ].join('\n\n'),
    button: t('Prune'),
    note: 'image.prune',
  });
}

function titleOf(kind: PruneKind): string {
  const titles: Record<PruneKind, string> = {
    containers: t('Containers that have ended or never ran'),
    networks: t('Networks in which no container runs'),
    images: t('Images without a tag'),
    allImages: t('All images that no container has'),
    volumes: t('Volumes without a name that no container has'),
    allVolumes: t('All volumes that no container has'),
    buildCache: t('Build cache'),
  };
  return titles[kind];
}

function checkKinds(kinds: unknown): void {
  const known: readonly string[] = pruneKinds;
  if (!Array.isArray(kinds) || kinds.some((kind) => !known.includes(String(kind)))) {
    throw new UserError('bad-kind', t('Name the kinds to prune: {0}.', pruneKinds.join(', ')));
  }
}
