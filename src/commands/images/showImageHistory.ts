// Shows the layers of an image: what made each, when, and how large it is.
import type { App } from '../../app/index.ts';
import type { HistoryLine } from '../../engine/types.ts';
import { formatAge, formatSize, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { readableStep } from '../../model/registries/tag.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import { chooseImage } from '../../steps/images/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Opens a page, or, with options, only resolves with the lines, the newest first; sizes in bytes. */
export async function showImageHistory(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: object,
): Promise<{ layers: HistoryLine[] }> {
  const { ref } = await chooseImage(app, target, { title: t('Show Image History') });
  const layers = await (await app.engine.client()).images.history(ref);
  if (!options) {
    const name = ref.startsWith('sha256:') ? shortId(ref) : plain(ref, 200);
    await app.ui.page(t('History of {0}', name), pageOf(name, layers));
  }
  return { layers };
}

function pageOf(name: string, layers: readonly HistoryLine[]): string {
  const total = layers.reduce((sum, { size }) => sum + size, 0);
  const heading = [t('Made by'), t('Size'), t('Created'), t('Comment')];
  return [
    `# ${escapeMarkdown(t('History of {0}', name))}`,
    '',
    escapeMarkdown(t('{0} layers and settings, {1} in all. The newest comes first.', layers.length, formatSize(total))),
    '',
    `| ${heading.join(' | ')} |`,
    '| --- | ---: | --- | --- |',
    ...layers.map(({ createdBy, size, created, comment, tags }) => {
      const names = tags.length > 0 ? `**${escapeMarkdown(tags.join(', '))}**: ` : '';
      return `| ${names}${escapeMarkdown(readableStep(createdBy), 2000)} | ${size > 0 ? formatSize(size) : ''} | ${created > 0 ? formatAge(created) : ''} | ${escapeMarkdown(comment)} |`;
    }),
    '',
  ].join('\n');
}
