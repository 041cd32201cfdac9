// Changes the restart policy and the limits of containers that are there, without making them anew.
import type { App } from '../../../app.ts';
import type { ContainerUpdate } from '../../../engine/types.ts';
import { containerFacts } from '../../../model/containers/details.ts';
import { Cancelled, messageOf } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { limitStays, removableLimits } from '../../../model/run/create/update.ts';
import { nanoCpusOf, sizeOf } from '../../../model/run/parse.ts';
import { fields, number } from '../../../model/untyped.ts';
import { containersOf, each, listed, type ManyResult, type ManyTarget, resultOf } from '../../../steps/life.ts';

type Field = keyof ContainerUpdate | 'apply' | 'again';

/** Only what `options` names is changed. Which limits can be taken away is told at `ContainerUpdate`. */
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
    warnings.push(...(await client.containers.update(id, change)).warnings);
  });
  for (const warning of warnings) {
    app.log.warn(warning);
  }
  return { ...resultOf(containers), warnings };
}

/** `id` is the container whose values are shown, the only one or the first of several. */
async function ask(app: App, id: string, names: string): Promise<ContainerUpdate> {
  const client = await app.engine.client();
  const { raw } = await client.containers.inspect(id);
  const now = containerFacts(raw);
  const { removable, fixed } = removableLimits(fields(raw).HostConfig);
  const processors = number(fields(await client.system.info()).NCPU);
  const title = t('Change {0}', names);
  const processorsPrompt = removable.includes('cpus')
    ? t('Number of processors that it may use, empty for no limit; the engine has {0}', processors)
    : t('Number of processors that it may use, such as 1.5; the engine has {0}', processors);
  const none = t('no limit');
  const change: ContainerUpdate = {};
  /** A text for a limit; empty is no limit, where the engine can take it away or there is none. */
  const askLimit = (
    limit: 'memory' | 'memorySwap' | 'cpus' | 'pidsLimit',
    current: string,
    prompt: string,
    placeholder: string,
    read: (value: string) => unknown,
  ) =>
    app.ui.input({
      title,
      prompt,
      value: current,
      placeholder,
      check(value) {
        if (value.trim() !== '') {
          return refusal(() => read(value.trim()));
        }
        return fixed.some((each) => each === limit)
          ? limitStays(limit === 'cpus' ? 'cpus' : 'memory').message
          : undefined;
      },
    });
  for (;;) {
    const pids = change.pidsLimit ?? now.pids ?? 0;
    const shown = {
      memory: change.memory ?? now.memory ?? '',
      memorySwap: change.memorySwap === '-1' ? '' : (change.memorySwap ?? now.memorySwap ?? ''),
      cpus: change.cpus === '0' ? '' : (change.cpus ?? now.cpus ?? ''),
      pidsLimit: pids > 0 ? String(pids) : '',
    };
    const limit = (label: string, field: keyof typeof shown, group?: string) => ({
      label,
      description: shown[field] || none,
      icon: 'edit',
      value: field,
      ...(group && { group }),
    });
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
        limit(t('Memory'), 'memory'),
        limit(t('Memory and swap together'), 'memorySwap'),
        limit(t('CPUs'), 'cpus'),
        limit(t('Processes'), 'pidsLimit'),
        ...fixed.map((each, index) => ({
          label:
            each === 'memory' ? t('Run again without the limit of memory') : t('Run again without the limit of CPUs'),
          detail: t('No engine takes it away from a container that is there.'),
          icon: 'run',
          value: 'again' as const,
          ...(index === 0 && { group: t('Only in a new container') }),
        })),
      ],
      { title, placeholder: t('Choose what to change, then apply') },
    );
    switch (field) {
      case 'apply':
        return change;
      case 'again':
        await app.ui.command('runLike', { type: 'container', id });
        throw new Cancelled();
      case 'restart':
        change.restart = await askPolicy(app, title);
        break;
      case 'memory':
        set(
          'memory',
          await askLimit(
            field,
            shown.memory,
            t('Limit of memory; the container is ended when it needs more'),
            '512m',
            (value) => sizeOf(value, '--memory'),
          ),
        );
        break;
      case 'memorySwap':
        set(
          'memorySwap',
          (await askLimit(
            field,
            shown.memorySwap,
            t('Limit of memory and swap together, empty for none; as large as that of memory means no swap'),
            '1g',
            (value) => sizeOf(value, '--memory-swap'),
          )) || '-1',
        );
        break;
      case 'cpus':
        set('cpus', (await askLimit(field, shown.cpus, processorsPrompt, '1.5', nanoCpusOf)) || '0');
        break;
      case 'pidsLimit':
        change.pidsLimit = Number(
          await askLimit(
            field,
            shown.pidsLimit,
            t('Number of processes and threads that it may have, empty for no limit'),
            '200',
            countOf,
          ),
        );
        break;
    }
  }

  function set(field: 'memory' | 'memorySwap' | 'cpus', value: string): void {
    if (value !== '') {
      change[field] = value.trim();
    }
  }
}

function countOf(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    throw new Error(t('Write a whole number above 0.'));
  }
  return Number(value);
}

async function askPolicy(app: App, title: string): Promise<string> {
  const policies = [
    ['no', t('It is not started again')],
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
