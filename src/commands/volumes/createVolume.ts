// Creates a volume.
import type { App } from '../../app.ts';
import type { VolumeOptions } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { checkObjectName } from '../../model/objectName.ts';
import { joinWords, splitWords } from '../../model/run/shell/split.ts';
import { checkPairs, pairsOf } from '../../steps/pairs.ts';

type Field = 'create' | 'driver' | 'options' | 'labels';

/** `target` is the volume's name. Creating one that is there already changes nothing. */
export async function createVolume(app: App, target?: unknown, options?: VolumeOptions): Promise<{ name: string }> {
  const name = typeof target === 'string' ? target : options?.name;
  const given = options ? { ...options, ...(name && { name }) } : await ask(app, name);
  return (await app.engine.client()).volumes.create(given);
}

/** The name first; Enter on the list that follows creates it with a local driver, as most are. */
async function ask(app: App, proposed = ''): Promise<VolumeOptions> {
  const name = await app.ui.input({
    title: t('Create Volume'),
    prompt: t('Name; leave it empty to let the engine choose one'),
    value: proposed,
    check: (value) => (value === '' ? undefined : checkObjectName(value)),
  });
  const title = name ? t('Create Volume {0}', name) : t('Create Volume');
  const made = { driver: '', options: [] as string[], labels: [] as string[] };
  for (;;) {
    const none = t('none');
    const field = await app.ui.pick<Field>(
      [
        { label: t('Create'), icon: 'check', value: 'create' },
        { label: t('Driver'), description: made.driver || 'local', icon: 'edit', value: 'driver', group: t('Options') },
        { label: t('Driver options'), description: joinWords(made.options) || none, icon: 'edit', value: 'options' },
        { label: t('Labels'), description: joinWords(made.labels) || none, icon: 'edit', value: 'labels' },
      ],
      { title, placeholder: t('Enter creates it') },
    );
    if (field === 'create') {
      return {
        ...(name && { name }),
        ...(made.driver && { driver: made.driver }),
        ...(made.options.length > 0 && { options: pairsOf(made.options) }),
        ...(made.labels.length > 0 && { labels: pairsOf(made.labels) }),
      };
    }
    if (field === 'driver') {
      made.driver = await app.ui.input({ title, prompt: t('Name of the driver'), value: made.driver || 'local' });
      continue;
    }
    const text = await app.ui.input({
      title,
      prompt:
        field === 'options'
          ? t('Options of the driver as name=value, separated by spaces; put a value with spaces in quotes')
          : t('Labels as name=value, separated by spaces; put a value with spaces in quotes'),
      value: joinWords(made[field]),
      placeholder: field === 'options' ? 'type=nfs o=addr=10.0.0.5,rw device=:/export' : 'team=shop',
      check: checkPairs,
    });
    made[field] = splitWords(text);
  }
}
