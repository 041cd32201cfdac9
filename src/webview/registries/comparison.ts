// The page of a comparison: what two images share and where they differ.

import { formatAge, formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Change, ComparePage } from '../../model/registries/compare.ts';
import type { PlatformFacts } from '../../model/registries/tag.ts';
import { plain } from '../../model/text.ts';
import { el, page, startPage } from '../host.ts';
import { digestText, factList, mono, section, tableHead } from './definitions.ts';
import { layerBar, layerTable, sizeOfAll } from './layers.ts';
import { comparisonText, kindName, sizeText } from './wording.ts';

startPage<ComparePage>((data) => page().replaceChildren(...pageOf(data)));

function pageOf({ before, after, comparison }: ComparePage): Node[] {
  const { shared, sharedSize, onlyBefore, onlyAfter, changes } = comparison;
  const sizes = [before, after].every(({ image }) => image.layers.some(({ size }) => size !== undefined));
  const whole = Math.max(sizeOfAll(before.image.layers), sizeOfAll(after.image.layers));
  const count = shared.after.filter(Boolean).length;
  return [
    el('header', {}, el('h1', {}, t('Comparison')), el('p', {}, comparisonText(before.image, after.image))),
    el('div', { class: 'pair' }, side(t('Before'), before), side(t('After'), after)),
    section(
      t('Layers'),
      el(
        'p',
        {},
        sizes
          ? t(
              '{0} layers are in both ({1}). {2} are only before, {3} only after.',
              count,
              formatSize(sharedSize),
              formatSize(onlyBefore),
              formatSize(onlyAfter),
            )
          : t('{0} layers are in both.', count),
      ),
      comparison.by === 'digest'
        ? el('p', { class: 'quiet' }, t('Layers are the same here when their compressed bytes are.'))
        : undefined,
      layers(t('Before'), before.image, shared.before, whole),
      layers(t('After'), after.image, shared.after, whole),
    ),
    section(t('Configuration'), changeTable(changes)),
  ].filter((node) => node !== undefined);
}

function side(title: string, { name, image }: ComparePage['before']): HTMLElement {
  const { created } = image;
  return el(
    'div',
    {},
    el('h2', {}, title),
    ...[
      factList([
        [t('Image'), mono(name)],
        [t('Platform'), image.platform],
        [t('Digest'), digestText(image.digest)],
        [t('Size'), sizeText(image)],
        [t('Created'), created === undefined ? undefined : formatAge(created)],
      ]),
    ].filter((node) => node !== undefined),
  );
}

/** Both bars are drawn to the same scale. */
function layers(title: string, image: PlatformFacts, shared: readonly boolean[], whole: number): HTMLElement {
  const parts = [layerBar(image.layers, shared, whole), layerTable(image.layers, shared)];
  return el('div', { role: 'group', 'aria-label': title }, el('h3', {}, title), ...parts);
}

function changeTable(changes: readonly Change[]): HTMLElement {
  if (changes.length === 0) {
    return el('p', {}, t('The configurations say the same.'));
  }
  const cell = (value: string | undefined) =>
    el('td', {}, value === undefined ? el('span', { class: 'quiet' }, t('none')) : mono(plain(value, 2000)));
  return el(
    'table',
    { class: 'changes' },
    tableHead([t('What'), t('Before'), t('After')]),
    el(
      'tbody',
      {},
      changes.map(({ kind, name, before, after }) =>
        el(
          'tr',
          { class: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed' },
          el('th', { scope: 'row' }, kindName(kind), ...(name === undefined ? [] : [' ', mono(name)])),
          cell(before),
          cell(after),
        ),
      ),
    ),
  );
}
