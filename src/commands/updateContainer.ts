// Changes the restart policy and the limits of containers that are there, without making them anew.
import type { App } from '../app.ts';
import type { ContainerUpdate } from '../engine/types.ts';
import { containerFacts } from '../model/containerFacts.ts';
import { messageOf } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { nanoCpusOf, sizeOf } from '../model/runValues.ts';
import { containersOf, each, listed, type ManyResult, type ManyTarget, resultOf } from '../steps/life.ts';

type Field = keyof ContainerUpdate | 'apply';

/** Only what `options` names is changed. The engine raises and lowers limits but takes none away. */
export async function updateContainer(
  app: App,
  target?: ManyTarget,
  options?: ContainerUpdate,
): Promise<ManyResult & { warnings: string[] }> {
  const containers = await containersOf(app, target, { title: t('Change Limits and Restart Policy') });
  const client = await app.engine.client();
  const [first] = containers;
  const change = options ?? (await ask(app, first?.id ?? '', listed(containers.map(({ name }) => name))));
  const warnings: string[] = [];
  await each(app, containers, async ({ id }) => {
    warnings.push(...(await client.updateContainer(id, change)).warnings);
  });
  for (const warning of warnings) {
    app.log.warn(warning);
  }
  return { ...resultOf(containers), warnings };
}

async function ask(app: App, id: string, names: string): Promise<ContainerUpdate> {
  const client = await app.engine.client();
  const now = containerFacts((await client.inspectContainer(id)).raw);
  const title = t('Change {0}', names);
  const change: ContainerUpdate = {};
  for (;;) {
    const none = t('no limit');
    const field = await app.ui.pick<Field>(
      [
        { label: t('Apply'), icon: 'check', value: 'apply' },
        {
          label: t('Restart policy'),
          description: change.restart ?? now.restart,
          icon: 'edit',
          value: 'restart',
          group: t('Changes'),
        },
        { label: t('Memory'), description: change.memory ?? now.memory ?? none, icon: 'edit', value: 'memory' },
        { label: t('CPUs'), description: change.cpus ?? now.cpus ?? none, icon: 'edit', value: 'cpus' },
      ],
      { title, placeholder: t('Choose what to change, then apply') },
    );
    switch (field) {
      case 'apply':
        return change;
      case 'restart':
        change.restart = await askPolicy(app, title);
        break;
      case 'memory':
        change.memory = await app.ui.input({
          title,
          prompt: t('Limit of memory; the container is ended when it needs more'),
          value: change.memory ?? now.memory ?? '',
          placeholder: '512m',
          check: (value) => refusal(() => sizeOf(value, '--memory')),
        });
        break;
      case 'cpus':
        change.cpus = await app.ui.input({
          title,
          prompt: t('Number of processors that it may use, such as 1.5'),
          value: change.cpus ?? now.cpus ?? '',
          placeholder: '1.5',
          check: (value) => refusal(() => nanoCpusOf(value)),
        });
        break;
    }
  }
}

async function askPolicy(app: App, title: string): Promise<string> {
  const policies = [
    ['no', t('It stays ended')],
    ['on-failure', t('After an exit code other than 0, without a limit')],
    ['on-failure:5', t('After an exit code other than 0, five times at most')],
    ['always', t('Always, also when the engine starts after a stop by hand')],
    ['unless-stopped', t('Always, but not after a stop by hand')],
  ] as const;
  return app.ui.pick(
    policies.map(([label, description]) => ({ label, description, icon: 'debug-restart', value: label as string })),
    { title, placeholder: t('What the engine does when the container ends') },
  );
}

function refusal(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
