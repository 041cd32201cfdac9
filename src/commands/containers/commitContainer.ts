// Makes an image of a container's file system, after saying what it does not hold.
import type { App } from '../../app/index.ts';
import type { CommitOptions } from '../../engine/types.ts';
import { shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { confirmWithNote } from '../../steps/confirm.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { checkReference, fullReference } from '../../steps/images/references.ts';
import { listed } from '../../steps/several.ts';
import type { Target } from '../../steps/target.ts';

/** Resolves with the image's id, and its reference when it was given one. */
export async function commitContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: CommitOptions,
): Promise<{ id: string; ref?: string }> {
  const container = await chooseContainer(app, target, { title: t('Make Image of Container') });
  const given = options ?? (await ask(app, container));
  const ref = given.ref ? fullReference(given.ref) : undefined;
  const client = await app.engine.client();
  const { id } = await app.ui.progress(t('Making an image of {0}', container.name), () =>
    client.containers.commit(container.id, { ...given, ...(ref && { ref }) }),
  );
  if (!options) {
    app.ui.say(t('The image {0} is made.', ref ?? shortId(id)));
  }
  return { id, ...(ref && { ref }) };
}

async function ask(
  app: Pick<App, 'engine' | 'ui'>,
  { id, name }: { id: string; name: string },
): Promise<CommitOptions> {
  const mounts = app.engine.inventory.peek('containers', id)?.mounts ?? [];
  await confirmWithNote(app, {
    question: t('Make an image of {0}?', name),
    detail: [
      t(
        'Only its files are recorded, not its running processes. Leftover shell history, logs and secrets become part of the image. The container is paused meanwhile.',
      ),
      ...(mounts.length > 0
        ? [t('Nothing of what is mounted is recorded: {0}', listed(mounts.map(({ target }) => target)))]
        : []),
      t('Nobody can repeat the steps that led to such an image. For an image that others rely on, write a Dockerfile.'),
    ].join('\n\n'),
    button: t('Make Image'),
    note: 'image.commit',
  });
  const title = t('Make an image of {0}', name);
  const ref = await app.ui.input({
    title,
    prompt: t('Reference of the image; leave it empty for an image without a tag'),
    placeholder: 'team/web:rescued',
    check: (value) => (value === '' ? undefined : checkReference(value)),
  });
  const message = await app.ui.input({ title, prompt: t('What it is for; shown in the history of the image') });
  return { ...(ref && { ref }), ...(message && { message }) };
}
