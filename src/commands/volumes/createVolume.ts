// Creates a volume.
import type { App } from '../../app/index.ts';
import type { VolumeOptions } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { checkObjectName } from '../../model/objectName.ts';
import { askFields } from '../../steps/askFields.ts';
import { pairFields, pairsOf } from '../../steps/pairFields.ts';

/** `target` is the volume's name. Creating one that is there already changes nothing. */
export async function createVolume(
  app: Pick<App, 'engine' | 'ui'>,
  target?: unknown,
  options?: VolumeOptions,
): Promise<{ name: string }> {
  const name = typeof target === 'string' ? target : options?.name;
  const given = options ? { ...options, ...(name && { name }) } : await ask(app, name);
  return (await app.engine.client()).volumes.create(given);
}

/** The name first; Enter on the list that follows creates it with a local driver, as most are. */
async function ask(app: Pick<App, 'ui'>, proposed = ''): Promise<VolumeOptions> {
  const name = await app.ui.input({
    title: t('Create Volume'),
    prompt: t('Name; leave it empty to let the engine choose one'),
    value: proposed,
    check: (value) => (value === '' ? undefined : checkObjectName(value)),
  });
  const title = name ? t('Create Volume {0}', name) : t('Create Volume');
  const made = { driver: '', options: [], labels: [] };
  await askFields(app, {
    title,
    placeholder: t('Enter creates it'),
    rows: () => ({
      done: { label: t('Create') },
      fields: [
        {
          label: t('Driver'),
          description: made.driver || 'local',
          group: t('Options'),
          async change() {
            made.driver = await app.ui.input({ title, prompt: t('Name of the driver'), value: made.driver || 'local' });
          },
        },
        ...pairFields(app, title, made, { options: 'type=nfs o=addr=10.0.0.5,rw device=:/export' }),
      ],
    }),
  });
  const { driver } = made;
  return { ...(name && { name }), ...(driver && { driver }), ...pairsOf(made) };
}
