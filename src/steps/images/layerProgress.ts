// Sums the progress of layers up into one line for a pull or a push.
import type { Report } from '../../app.ts';
import type { LayerProgress } from '../../engine/types.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';

const finished = new Set(['Pushed', 'Layer already exists', 'Pull complete', 'Already exists', 'Download complete']);

/** A listener for layer progress that reports layers done, bytes so far and the fraction of the bytes. */
export function layerReport(report: Report): (line: LayerProgress) => void {
  const layers = new Map<string, { current: number; total: number; done: boolean }>();
  return ({ layer, status, current, total }) => {
    if (!layer) {
      report(plain(status, 200));
      return;
    }
    const known = layers.get(layer) ?? { current: 0, total: 0, done: false };
    layers.set(layer, {
      current: current ?? known.current,
      // The engine sends 0 or nothing when it does not know, and the first estimate may be too small.
      total: Math.max(total ?? 0, known.total, current ?? 0),
      done: known.done || finished.has(status) || status.startsWith('Mounted from'),
    });
    const all = [...layers.values()];
    const done = all.filter((l) => l.done).length;
    const bytes = all.reduce((sum, l) => sum + (l.done ? l.total : l.current), 0);
    const size = all.reduce((sum, l) => sum + l.total, 0);
    report(
      size > 0
        ? t('{0} of {1} layers, {2} of {3}', done, all.length, formatSize(bytes), formatSize(size))
        : t('{0} of {1} layers', done, all.length),
      size > 0 ? bytes / size : undefined,
    );
  };
}
