// What a registry of one's own is to be like: the defaults of the field notes, and the prompts that change them.
import type { App, Choice } from '../../app.ts';
import type { EngineClient } from '../../engine/types.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { remoteHostOf } from '../../model/registries/trustRecipes.ts';

export interface OwnRegistryOptions {
  /** Of the container. `registry`, or the first such name that is free. */
  name?: string;
  /** On the engine's host. 5000, or the first one above it that no container publishes. */
  port?: number;
  /** A volume's name, or an absolute folder of the engine's host. The container's name when absent. */
  data?: string;
  /** `always` when absent, as in the field notes [000]. */
  restart?: string;
  /** https with a certificate of its own authority, when true or absent; else plain http. */
  tls?: boolean;
  /** Host names and addresses that clients use, besides localhost; this machine's own when absent. */
  names?: string[];
  /** Where the certificates are kept on this machine; a folder in the home directory when absent. */
  folder?: string;
  /** Without it nobody has to log in. */
  username?: string;
  password?: string;
  /** `registry:2`, or another image of the registry that the engine has. */
  image?: string;
  /** Whether images can be deleted; true when absent. */
  deletion?: boolean;
}

/** The options with nothing left open. */
export interface OwnRegistryPlan {
  name: string;
  port: number;
  data: string;
  restart: string;
  image: string;
  deletion: boolean;
  tls?: {
    /** As the person named them. */
    names: string[];
    /** With those that always work. */
    allNames: string[];
    folder: string;
  };
  login?: { username: string; password: string };
  /** Hosts at which it may be reached from here, most likely first; without the port. */
  hosts: string[];
  /** The engine's host, when it is another machine. */
  remote?: string;
}

const firstPort = 5000;

/** Fills the options up. Throws a UserError for a port that is none, or a login that is half given. */
export async function planOwnRegistry(
  app: App,
  client: EngineClient,
  options: OwnRegistryOptions,
): Promise<OwnRegistryPlan> {
  const containers = await app.engine.inventory.all('containers');
  const name =
    options.name ??
    firstFree(
      (n) => (n ? `registry-${n + 1}` : 'registry'),
      containers.map((c) => c.name),
    );
  const published = containers.flatMap(({ ports }) => ports.map(({ host }) => host));
  const port = options.port ?? firstFree((n) => firstPort + n, published);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UserError('bad-port', t('"{0}" is not a port. A port is a number from 1 to 65535.', String(port)));
  }
  const { username, password } = options;
  if ((username === undefined) !== (password === undefined)) {
    throw new UserError('own-login', t('A login needs both a user name and a password.'));
  }
  const offer = await app.registries.own.offer(name);
  const remote = remoteHostOf(client.endpoint.url);
  const names = options.names ?? (remote === undefined ? offer.names : [remote]);
  const nearest = remote ?? 'localhost';
  return {
    name,
    port,
    data: options.data ?? name,
    restart: options.restart ?? 'always',
    image: options.image ?? (await usualImage(app)),
    deletion: options.deletion ?? true,
    ...(options.tls === false
      ? {}
      : {
          tls: {
            names,
            allNames: [...names, 'localhost', '127.0.0.1', '::1', ...(remote === undefined ? [] : [remote])],
            folder: options.folder ?? offer.folder,
          },
        }),
    ...(username === undefined || password === undefined ? {} : { login: { username, password } }),
    hosts: options.tls === false ? [nearest] : [...new Set([nearest, ...names])],
    ...(remote === undefined ? {} : { remote }),
  };
}

/** `registry:2`, unless the engine has another image of the registry and not that one. */
async function usualImage(app: App): Promise<string> {
  const tags = (await app.engine.inventory.all('images')).flatMap((image) => image.tags);
  const usual = 'registry:2';
  return tags.includes(usual) ? usual : (tags.find((tag) => /(?:^|\/)registry:[23](?:\.|$)/.test(tag)) ?? usual);
}

function firstFree<T>(candidate: (index: number) => T, taken: readonly (T | undefined)[]): T {
  for (let index = 0; ; index++) {
    const value = candidate(index);
    if (!taken.includes(value)) {
      return value;
    }
  }
}

type Field = 'name' | 'port' | 'data' | 'restart' | 'deletion' | 'image' | 'names' | 'folder';

/** Who may use it first, since that decides the rest; then a list in which Enter starts it and every row changes one thing. */
export async function askOwnRegistry(
  app: App,
  client: EngineClient,
  given: OwnRegistryOptions,
): Promise<OwnRegistryOptions> {
  const title = t('Run Your Own Registry');
  const remote = remoteHostOf(client.endpoint.url) !== undefined;
  const access = await app.ui.pick(accessChoices(remote), { title, placeholder: t('Who is to use it, and how') });
  const options: OwnRegistryOptions = { ...given, tls: access !== 'plain' };
  if (access !== 'plain') {
    await changeField(app, title, options, await planOwnRegistry(app, client, options), 'names');
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
  for (;;) {
    const plan = await planOwnRegistry(app, client, options);
    const picked = await app.ui.pick(fieldChoices(plan), { title, placeholder: t('Enter starts it') });
    if (picked === 'start') {
      return options;
    }
    await changeField(app, title, options, plan, picked);
  }
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

function fieldChoices(plan: OwnRegistryPlan): Choice<'start' | Field>[] {
  const reach = plan.hosts.map((host) => (host.includes(':') ? `[${host}]` : host))[0] ?? '';
  const scheme = plan.tls ? 'https' : 'http';
  return [
    {
      label: t('Start the registry'),
      description: `${scheme}://${reach}:${plan.port}${plan.login ? ` · ${plan.login.username}` : ''}`,
      icon: 'play',
      value: 'start',
    },
    { label: t('Port'), description: String(plan.port), icon: 'edit', value: 'port', group: t('Options') },
    { label: t('Name'), description: plan.name, icon: 'edit', value: 'name' },
    { label: t('Data'), description: plan.data, detail: t('A volume or a folder'), icon: 'edit', value: 'data' },
    { label: t('Restart'), description: plan.restart, icon: 'edit', value: 'restart' },
    { label: t('Deletion'), description: plan.deletion ? t('allowed') : t('refused'), icon: 'edit', value: 'deletion' },
    ...(plan.tls
      ? ([
          { label: t('Names'), description: plan.tls.names.join(' '), icon: 'edit', value: 'names' },
          { label: t('Certificates'), description: plan.tls.folder, icon: 'edit', value: 'folder' },
        ] as const)
      : []),
    { label: t('Image'), description: plan.image, icon: 'edit', value: 'image' },
  ];
}

async function changeField(
  app: App,
  title: string,
  options: OwnRegistryOptions,
  plan: OwnRegistryPlan,
  field: Field,
): Promise<void> {
  const ask = (prompt: string, value: string, check = filled) => app.ui.input({ title, prompt, value, check });
  switch (field) {
    case 'port':
      options.port = Number(await ask(t('Port on the host of the engine'), String(plan.port), checkPort));
      return;
    case 'name':
      options.name = await ask(t('Name of the container'), plan.name);
      return;
    case 'data':
      options.data = await ask(
        t("Where the images are kept: the name of a volume, or an absolute folder of the engine's host"),
        plan.data,
      );
      return;
    case 'restart':
      options.restart = await app.ui.pick(
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
      return;
    case 'deletion':
      options.deletion = !plan.deletion;
      return;
    case 'names':
      options.names = (
        await app.ui.input({
          title,
          prompt: t(
            'Names and addresses under which other machines reach it, separated by spaces; the certificate is made for them and for localhost',
          ),
          value: (plan.tls?.names ?? []).join(' '),
          placeholder: 'registry.lan 192.168.1.20',
        })
      )
        .split(/[\s,]+/)
        .filter(Boolean);
      return;
    case 'folder':
      options.folder = await ask(
        t('Folder of this machine for the certificates and their keys; those that are there already are used again'),
        plan.tls?.folder ?? '',
      );
      return;
    case 'image':
      options.image = await ask(t('Image of the registry'), plan.image);
      return;
  }
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
