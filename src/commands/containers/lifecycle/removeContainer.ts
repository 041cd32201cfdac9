// Removes containers, after saying which ones and what goes with them.
import type { App } from '../../../app/index.ts';
import { t } from '../../../model/l10n.ts';
import { holdsVolumesFor, isAnonymous } from '../../../model/volumes/shared.ts';
import { confirmWithNote } from '../../../steps/confirm.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, listed, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

export interface RemoveContainerOptions {
  /** Kills it first when it is running. */
  force?: boolean;
  /** Removes its anonymous volumes too. */
  volumes?: boolean;
}

/** Removes one container, or all that are selected. Given `options`, nothing is asked. */
export async function removeContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: RemoveContainerOptions,
): Promise<ManyResult> {
  const containers = await chooseContainers(app, target, { title: t('Remove Container') });
  const ids = containers.map(({ id }) => id);
  const { force, volumes } = options ? { force: options.force, volumes: options.volumes } : await ask(app, ids);
  const client = await app.engine.client();
  await each(app, ids, (id) => client.containers.remove(id, { force: force === true, volumes: volumes === true }));
  return resultOf(containers);
}

/** Says what goes; where there are anonymous volumes, asks whether they go too. */
async function ask(
  app: Pick<App, 'engine' | 'ui'>,
  ids: readonly string[],
): Promise<{ force: boolean; volumes: boolean }> {
  const { inventory } = app.engine;
  const all = await inventory.all('containers');
  const containers = all.filter(({ id }) => ids.includes(id));
  const names = containers.map(({ name }) => name);
  const running = containers.filter(({ state }) => ['running', 'paused', 'restarting'].includes(state));
  const known = new Map((await inventory.all('volumes')).map((volume) => [volume.name, volume]));
  const mounted = [
    ...new Set(containers.flatMap(({ mounts }) => mounts.flatMap((m) => (m.kind === 'volume' ? [m.source] : [])))),
  ];
  const anonymous = mounted.filter((name) => {
    const volume = known.get(name);
    return volume && isAnonymous(volume);
  });
  const named = mounted.filter((name) => !anonymous.includes(name));
  const others = all.filter(({ id }) => !ids.includes(id));
  const holders = containers.filter((container) => holdsVolumesFor(container, others).length > 0);
  const question =
    names.length === 1 ? t('Remove container {0}?', listed(names)) : t('Remove {0} containers?', ids.length);
  const detail = [
    ...(names.length > 1 ? [listed(names, 20)] : []),
    t('What was written outside volumes is deleted, and so are the logs. The image stays.'),
    ...(running.length ? [t('Still running, and will be killed: {0}', listed(running.map(({ name }) => name)))] : []),
    ...(named.length ? [t('These named volumes stay: {0}', listed(named))] : []),
    ...(holders.length
      ? [
          t(
            'Other containers use the volumes of {0}, as with --volumes-from. Those keep running, but none can be started from it any more.',
            listed(holders.map(({ name }) => name)),
          ),
        ]
      : []),
  ];
  const force = running.length > 0;
  if (anonymous.length === 0) {
    const note = holders.length > 0 ? 'run.volumes-from' : 'run.stop';
    await confirmWithNote(app, { question, detail: detail.join('\n\n'), button: t('Remove'), note });
    return { force, volumes: false };
  }
  const volumes = await app.ui.ask(
    question,
    [
      ...detail,
      anonymous.length === 1
        ? t('It has 1 volume without a name. If the volume stays, nobody will know what it was for.')
        : t(
            'There are {0} volumes without a name. If they stay, nobody will know what they were for.',
            anonymous.length,
          ),
    ].join('\n\n'),
    [
      { label: t('Remove with These Volumes'), value: true },
      { label: t('Remove, Keep Volumes'), value: false },
    ],
  );
  return { force, volumes };
}
