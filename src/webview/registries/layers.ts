// The layers of an image, drawn to scale.
import { formatSize, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { LayerFacts } from '../../model/registries/tag.ts';
import { plain } from '../../model/text.ts';
import { el } from '../host.ts';
import { mono, tableHead } from './definitions.ts';

/**
 * All layers side by side, each as wide as its share; the table below says the same in words.
 * `whole` is how many bytes the full width stands for: those of all layers when absent.
 */
export function layerBar(
  layers: readonly LayerFacts[],
  marked?: readonly boolean[],
  whole?: number,
): HTMLElement | undefined {
  const total = sizeOfAll(layers);
  if (total === 0) {
    return undefined;
  }
  const pieces = layers.map(({ size = 0, step }, index) => {
    const piece = el('span', {
      class: `piece ${marked ? (marked[index] ? 'shared' : 'own') : `tone${index % 4}`}`,
      title: [formatSize(size), plain(step ?? '', 300)].filter(Boolean).join(' · '),
    });
    piece.style.flexGrow = String(size / total);
    return piece;
  });
  const bar = el('div', { class: 'bar', 'aria-hidden': 'true' }, pieces);
  bar.style.width = `${(total / Math.max(whole ?? 0, total)) * 100}%`;
  return bar;
}

export function sizeOfAll(layers: readonly LayerFacts[]): number {
  return layers.reduce((sum, { size = 0 }) => sum + size, 0);
}

/** One row for each layer, with a line as long as its size against the largest one. */
export function layerTable(layers: readonly LayerFacts[], marked?: readonly boolean[]): HTMLElement | undefined {
  if (layers.length === 0) {
    return undefined;
  }
  const largest = layers.reduce((most, { size = 0 }) => Math.max(most, size), 1);
  const rows = layers.map((layer, index) => {
    const { size, step, digest, diffId } = layer;
    const share = el('span', { class: `share ${marked ? (marked[index] ? 'shared' : 'own') : `tone${index % 4}`}` });
    share.style.width = `${((size ?? 0) / largest) * 100}%`;
    const id = digest ?? diffId ?? '';
    return el(
      'tr',
      {},
      el('td', { class: 'number' }, String(index + 1)),
      el('td', { class: 'number' }, size === undefined ? '' : formatSize(size)),
      el('td', { class: 'shares', 'aria-hidden': 'true' }, share),
      ...(marked ? [el('td', { class: 'where' }, marked[index] ? t('in both') : t('only here'))] : []),
      el('td', { class: 'short' }, el('code', { title: id }, shortId(id))),
      el('td', { class: 'step' }, step === undefined ? '' : mono(plain(step, 2000))),
    );
  });
  const head = [t('No.'), t('Size'), '', ...(marked ? [t('Where')] : []), t('Digest'), t('Step')];
  return el('table', { class: 'layers' }, tableHead(head), el('tbody', {}, rows));
}
