// Changes the restart policy and the limits of containers that are there, without making them anew.
import type { App } from '../../../app.ts';
import type { ContainerUpdate } from '../../../engine/types.ts';
import { sizeOf } from '../../../model/byteSize.ts';
import { containerFacts } from '../../../model/containers/details.ts';
import { limitStays, removableLimits } from '../../../model/containers/update.ts';
import { Cancelled, messageOf } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { nanoCpusOf } from '../../../model/run/parse.ts';
import { fields, number } from '../../../model/untyped.ts';
import { askFields, type Field } from '../../../steps/askFields.ts';
import { chooseContainers } from '../../../steps/containers/choose.ts';
import { each, listed, type ManyResult, resultOf } from '../../../steps/several.ts';
import type { Target } from '../../../steps/target.ts';

/** Only what `options` names is changed. Which limits can be taken away is told at `ContainerUpdate`. */
export async function updateContainer(
  app: Pick<App, 'engine' | 'ui' | 'log'>,
  target?: Target,
  options?: ContainerUpdate,
): Promise<ManyResult & { warnings: string[] }> {
  const containers = await chooseContainers(app, target, { title: t('Change Limits and Restart Policy') });
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
async function ask(app: Pick<App, 'engine' | 'ui'>, id: string, names: string): Promise<ContainerUpdate> {
  const client = await app.engine.client();
  const { raw } = await client.containers.inspect(id);
  const limits = removableLimits(fields(raw).HostConfig);
  const question: Question = {
    app,
    title: t('Change {0}', names),
    now: containerFacts(raw),
    ...limits,
    processors: number(fields(await client.system.info()).NCPU),
    change: {},
  };
  await askFields(app, {
    title: question.title,
    placeholder: t('Choose what to change, then apply'),
    rows: () => ({
      done: { label: t('Apply') },
      fields: [policyField(question), ...limitFields(question), ...againFields(question, id)],
    }),
  });
  return question.change;
}

interface Question {
  app: Pick<App, 'ui'>;
  title: string;
  now: ReturnType<typeof containerFacts>;
  /** Limits that the engine can take away, and those that are set and stay. */
  removable: ReturnType<typeof removableLimits>['removable'];
  fixed: ReturnType<typeof removableLimits>['fixed'];
  /** Of the engine's host. */
  processors: number;
  /** What was changed so far. */
  change: ContainerUpdate;
}

function policyField({ app, title, now, change }: Question): Field {
  return {
    label: t('Restart policy'),
    description: change.restart ?? now.restart,
    group: t('Changes'),
    async change() {
      change.restart = await askPolicy(app, title);
    },
  };
}

function limitFields(question: Question): Field[] {
  const { now, change, removable, processors } = question;
  const pids = change.pidsLimit ?? now.pids ?? 0;
  return [
    limitField(question, {
      limit: 'memory',
      label: t('Memory'),
      value: change.memory ?? now.memory ?? '',
      prompt: t('Limit of memory; the container is ended when it needs more'),
      placeholder: '512m',
      read: (text) => sizeOf(text, '--memory'),
      set(text) {
        // An empty text comes only where there is no limit to take away.
        if (text) {
          change.memory = text;
        }
      },
    }),
    limitField(question, {
      limit: 'memorySwap',
      label: t('Memory and swap together'),
      value: change.memorySwap === '-1' ? '' : (change.memorySwap ?? now.memorySwap ?? ''),
      prompt: t('Limit of memory and swap together, empty for none; as large as that of memory means no swap'),
      placeholder: '1g',
      read: (text) => sizeOf(text, '--memory-swap'),
      set(text) {
        change.memorySwap = text || '-1';
      },
    }),
    limitField(question, {
      limit: 'cpus',
      label: t('CPUs'),
      value: change.cpus === '0' ? '' : (change.cpus ?? now.cpus ?? ''),
      prompt: removable.includes('cpus')
        ? t('Number of processors that it may use, empty for no limit; the engine has {0}', processors)
        : t('Number of processors that it may use, such as 1.5; the engine has {0}', processors),
      placeholder: '1.5',
      read: nanoCpusOf,
      set(text) {
        change.cpus = text || '0';
      },
    }),
    limitField(question, {
      limit: 'pidsLimit',
      label: t('Processes'),
      value: pids > 0 ? String(pids) : '',
      prompt: t('Number of processes and threads that it may have, empty for no limit'),
      placeholder: '200',
      read: countOf,
      set(text) {
        change.pidsLimit = Number(text);
      },
    }),
  ];
}

interface Limit {
  limit: 'memory' | 'memorySwap' | 'cpus' | 'pidsLimit';
  label: string;
  /** What holds now; empty is no limit. */
  value: string;
  prompt: string;
  placeholder: string;
  /** Throws the sentence that says why a text is no limit. */
  read(text: string): unknown;
  set(text: string): void;
}

/** A text for a limit; empty is no limit, where the engine can take it away or there is none. */
function limitField({ app, title, fixed }: Question, field: Limit): Field {
  const { limit, label, value, prompt, placeholder, read, set } = field;
  return {
    label,
    description: value || t('no limit'),
    async change() {
      const text = await app.ui.input({
        title,
        prompt,
        value,
        placeholder,
        check(typed) {
          if (typed.trim() !== '') {
            return refusal(() => read(typed.trim()));
          }
          return fixed.some((each) => each === limit)
            ? limitStays(limit === 'cpus' ? 'cpus' : 'memory').message
            : undefined;
        },
      });
      set(text.trim());
    },
  };
}

/** What no engine takes away from a container that is there: it is run again without it. */
function againFields({ app, fixed }: Question, id: string): Field[] {
  return fixed.map((each, index) => ({
    label: each === 'memory' ? t('Run again without the limit of memory') : t('Run again without the limit of CPUs'),
    detail: t('No engine takes it away from a container that is there.'),
    icon: 'run',
    ...(index === 0 && { group: t('Only in a new container') }),
    async change() {
      await app.ui.command('runLike', { type: 'container', id });
      throw new Cancelled();
    },
  }));
}

function countOf(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    throw new Error(t('Write a whole number above 0.'));
  }
  return Number(value);
}

async function askPolicy(app: Pick<App, 'ui'>, title: string): Promise<string> {
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
