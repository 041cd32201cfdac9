// Asks what a registry of one's own is to be like.
import type { Choice } from '../../../app/prompts.ts';
import type { App } from '../../../app.ts';
import type { EngineClient } from '../../../engine/types.ts';
import { remoteHostOf } from '../../../model/engines/endpoint.ts';
import { t } from '../../../model/l10n.ts';
import { askFields, type Field, type FieldRows } from '../../askFields.ts';
import { type OwnRegistryOptions, type OwnRegistryPlan, planOwnRegistry } from './plan.ts';

/** Who may use it first, since that decides the rest; then a list in which Enter starts it and every row changes one thing. */
export async function askOwnRegistry(
  app: Pick<App, 'engine' | 'registries' | 'ownRegistry' | 'ui'>,
  client: EngineClient,
  given: OwnRegistryOptions,
): Promise<OwnRegistryOptions> {
  const title = t('Run Your Own Registry');
  const remote = remoteHostOf(client.endpoint.url) !== undefined;
  const access = await app.ui.pick(accessChoices(remote), { title, placeholder: t('Who is to use it, and how') });
  const options: OwnRegistryOptions = { ...given, tls: access !== 'plain' };
  if (access !== 'plain') {
    options.names = await askNames(app, title, await planOwnRegistry(app, client, options));
  }
  if (access === 'login') {
    const filled = (value: string) => (value ? undefined : t('This cannot be empty.'));
    options.username = await app.ui.input({ title, prompt: t('User name for the registry'), check: filled });
    options.password = await app.ui.input({
      title,
      prompt: t('Password for {0}. The registry is given its hash only.', options.username),
      password: true,
      check: filled,
    });
  }
  await askFields(app, {
    title,
    placeholder: t('Enter starts it'),
    async rows() {
      const plan = await planOwnRegistry(app, client, options);
      return { done: startRow(plan), fields: fieldsOf(app, title, options, plan) };
    },
  });
  return options;
}

function accessChoices(remote: boolean): Choice<'login' | 'tls' | 'plain'>[] {
  return [
    { label: t('https with a login'), description: t('for a team'), icon: 'lock', value: 'login' },
    {
      label: t('https without a login'),
      description: t('everybody who reaches the port may pull and push'),
      icon: 'globe',
      value: 'tls',
    },
    {
      label: t('Plain http without a login'),
      description: remote ? t('every engine has to be told that it is insecure') : t('for this machine alone'),
      icon: 'unlock',
      value: 'plain',
    },
  ];
}

function startRow({ hosts, port, tls, login }: OwnRegistryPlan): FieldRows['done'] {
  const reach = hosts.map((host) => (host.includes(':') ? `[${host}]` : host))[0] ?? '';
  return {
    label: t('Start the registry'),
    description: `${tls ? 'https' : 'http'}://${reach}:${port}${login ? ` · ${login.username}` : ''}`,
    icon: 'play',
  };
}

/** What can be changed: each row shows what the plan has, and writes into the options. */
function fieldsOf(app: Pick<App, 'ui'>, title: string, options: OwnRegistryOptions, plan: OwnRegistryPlan): Field[] {
  const ask = (prompt: string, value: string, check = filled) => app.ui.input({ title, prompt, value, check });
  const { tls } = plan;
  return [
    {
      label: t('Port'),
      description: String(plan.port),
      group: t('Options'),
      async change() {
        options.port = Number(await ask(t('Port on the host of the engine'), String(plan.port), checkPort));
      },
    },
    {
      label: t('Name'),
      description: plan.name,
      async change() {
        options.name = await ask(t('Name of the container'), plan.name);
      },
    },
    {
      label: t('Data'),
      description: plan.data,
      detail: t('A volume or a folder'),
      async change() {
        options.data = await ask(
          t("Where the images are kept: the name of a volume, or an absolute folder of the engine's host"),
          plan.data,
        );
      },
    },
    {
      label: t('Restart'),
      description: plan.restart,
      async change() {
        options.restart = await askRestart(app, title);
      },
    },
    {
      label: t('Deletion'),
      description: plan.deletion ? t('allowed') : t('refused'),
      change() {
        options.deletion = !plan.deletion;
      },
    },
    ...(tls ? certificateFields(app, title, options, plan, tls.folder) : []),
    {
      label: t('Image'),
      description: plan.image,
      async change() {
        options.image = await ask(t('Image of the registry'), plan.image);
      },
    },
  ];
}

function certificateFields(
  app: Pick<App, 'ui'>,
  title: string,
  options: OwnRegistryOptions,
  plan: OwnRegistryPlan,
  folder: string,
): Field[] {
  return [
    {
      label: t('Names'),
      description: plan.tls?.names.join(' ') ?? '',
      async change() {
        options.names = await askNames(app, title, plan);
      },
    },
    {
      label: t('Certificates'),
      description: folder,
      async change() {
        options.folder = await app.ui.input({
          title,
          prompt: t(
            'Folder of this machine for the certificates and their keys; those that are there already are used again',
          ),
          value: folder,
          check: filled,
        });
      },
    },
  ];
}

async function askNames(app: Pick<App, 'ui'>, title: string, { tls }: OwnRegistryPlan): Promise<string[]> {
  const text = await app.ui.input({
    title,
    prompt: t(
      'Names and addresses under which other machines reach it, separated by spaces; the certificate is made for them and for localhost',
    ),
    value: (tls?.names ?? []).join(' '),
    placeholder: 'registry.lan 192.168.1.20',
  });
  return text.split(/[\s,]+/).filter(Boolean);
}

function askRestart(app: Pick<App, 'ui'>, title: string): Promise<string> {
  return app.ui.pick(
    [
      { label: 'always', description: t('also with the engine'), value: 'always' },
      {
        label: 'unless-stopped',
        description: t('with the engine, unless somebody stopped it'),
        value: 'unless-stopped',
      },
      { label: 'no', description: t('started by hand'), value: 'no' },
    ],
    { title, placeholder: t('When the engine starts the registry again') },
  );
}

function filled(value: string): string | undefined {
  return value.trim() ? undefined : t('This cannot be empty.');
}

function checkPort(value: string): string | undefined {
  const port = Number(value);
  return /^\d+$/.test(value) && port >= 1 && port <= 65_535
    ? undefined
    : t('"{0}" is not a port. A port is a number from 1 to 65535.', value);
}
