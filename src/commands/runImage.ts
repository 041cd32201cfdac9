// Runs an image: at once with what its own configuration suggests, or after changing name, command, ports and more.
import type { App, Choice } from '../app.ts';
import type { EngineClient, ImageDetails } from '../engine/types.ts';
import { t } from '../model/l10n.ts';
import type { RunOptions } from '../model/runOptions.ts';
import { joinWords, splitWords } from '../model/words.ts';
import { chooseImage, type Target } from '../steps/choose.ts';

export interface RunImageOptions extends Omit<RunOptions, 'image' | 'interactive'> {
  /** True (when absent, too): in the background. False: in a terminal. */
  detach?: boolean;
}

/** Creates and starts a container. Resolves with its id and what the engine warned of. */
export async function runImage(
  app: App,
  target?: Target,
  options?: RunImageOptions,
): Promise<{ id: string; warnings: string[] }> {
  const image = await chooseImage(app, target, { title: t('Run Image') });
  const client = await app.engine.client();
  if (options) {
    const { detach, ...rest } = options;
    return run(app, client, { ...rest, image: image.ref, interactive: detach === false });
  }
  const details = await client.inspectImage(image.ref);
  return run(app, client, await askOptions(app, image.ref, details));
}

async function run(app: App, client: EngineClient, options: RunOptions): Promise<{ id: string; warnings: string[] }> {
  const created = await client.createContainer(options);
  try {
    if (options.interactive) {
      await startInTerminal(app, client, created.id, options);
    } else {
      await client.startContainer(created.id);
    }
  } catch (error) {
    // A container that could not start (a port that is taken, say) would only be in the way of the next try.
    await client.removeContainer(created.id, { force: true, volumes: true }).catch(() => undefined);
    throw error;
  }
  for (const warning of created.warnings) {
    app.log.warn(warning);
  }
  return created;
}

/** Attaches before the start, so that the first line of output is not missed. */
async function startInTerminal(app: App, client: EngineClient, id: string, options: RunOptions): Promise<void> {
  const session = await client.attach(id, { terminal: true, input: true });
  try {
    await client.startContainer(id);
  } catch (error) {
    session.dispose();
    throw error;
  }
  app.ui.terminal({
    name: options.name ?? options.image,
    icon: 'vm-running',
    interactive: true,
    open: async () => session,
    ended: (exitCode) =>
      exitCode === undefined
        ? t('The container has ended.')
        : t('The container has ended with exit code {0}.', exitCode),
  });
}

type Field = 'name' | 'command' | 'ports' | 'env' | 'volumes';

/** A list in which Enter runs the image at once, and every other row changes one option. */
async function askOptions(app: App, image: string, details: ImageDetails): Promise<RunOptions> {
  const title = t('Run {0}', image);
  const options: RunOptions = { image, publishAll: details.exposedPorts.length > 0 };
  for (;;) {
    const picked = await app.ui.pick(choicesFor(options, details), { title, placeholder: t('Enter runs it') });
    if (picked === 'background' || picked === 'terminal') {
      return { ...options, interactive: picked === 'terminal' };
    }
    await changeField(app, title, options, picked);
  }
}

function choicesFor(options: RunOptions, details: ImageDetails): Choice<'background' | 'terminal' | Field>[] {
  const background = { label: t('Run in the background'), icon: 'play', value: 'background' } as const;
  const terminal = { label: t('Run in a terminal'), icon: 'terminal', value: 'terminal' } as const;
  const group = t('Options');
  const own = joinWords([...(details.entrypoint ?? []), ...(details.command ?? [])]);
  const ports = options.ports?.length
    ? options.ports.join(' ')
    : options.publishAll
      ? t('{0} at free ports of the host', details.exposedPorts.join(', '))
      : t('none');
  return [
    ...(startsShell(options, details) ? [terminal, background] : [background, terminal]),
    { label: t('Name'), description: options.name ?? t('chosen by the engine'), icon: 'edit', value: 'name', group },
    {
      label: t('Command'),
      description: options.command ? joinWords(options.command) : own || t('none'),
      icon: 'edit',
      value: 'command',
    },
    { label: t('Ports'), description: ports, icon: 'edit', value: 'ports' },
    { label: t('Environment'), description: joinWords(options.env ?? []) || t('none'), icon: 'edit', value: 'env' },
    { label: t('Volumes'), description: joinWords(options.volumes ?? []) || t('none'), icon: 'edit', value: 'volumes' },
  ];
}

/** An image whose program is a shell ends at once without a terminal. */
function startsShell(options: RunOptions, details: ImageDetails): boolean {
  const command = [...(details.entrypoint ?? []), ...(options.command ?? details.command ?? [])];
  return command.length === 1 && /^(?:.*\/)?(?:ba|z|a|da)?sh$/.test(command[0] ?? '');
}

async function changeField(app: App, title: string, options: RunOptions, field: Field): Promise<void> {
  switch (field) {
    case 'name': {
      const name = await app.ui.input({
        title,
        prompt: t('Name of the container; leave it empty to let the engine choose one'),
        value: options.name ?? '',
        check: checkName,
      });
      delete options.name;
      Object.assign(options, name ? { name } : {});
      return;
    }
    case 'command': {
      const command = splitWords(
        await app.ui.input({
          title,
          prompt: t("Command and arguments; leave it empty to use the image's own"),
          value: joinWords(options.command ?? []),
          placeholder: 'httpd -f -p 80',
        }),
      );
      delete options.command;
      Object.assign(options, command.length ? { command } : {});
      return;
    }
    case 'ports': {
      const ports = splitWords(
        await app.ui.input({
          title,
          prompt: t('Ports, the host first, separated by spaces'),
          value: (options.ports ?? []).join(' '),
          placeholder: '8080:80 127.0.0.1:5353:53/udp',
        }),
      );
      options.ports = ports;
      options.publishAll = false;
      return;
    }
    case 'env':
      options.env = splitWords(
        await app.ui.input({
          title,
          prompt: t('Environment variables, separated by spaces; put a value with spaces in quotes'),
          value: joinWords(options.env ?? []),
          placeholder: "MODE=test TITLE='two words'",
          check: (value) =>
            splitWords(value).every((word) => /^[^=]+=/.test(word))
              ? undefined
              : t('Each variable needs the form NAME=value.'),
        }),
      );
      return;
    case 'volumes':
      options.volumes = splitWords(
        await app.ui.input({
          title,
          prompt: t('Volumes and folders, the host first, separated by spaces; add :ro to forbid writing'),
          value: joinWords(options.volumes ?? []),
          placeholder: 'data:/var/lib/data /home/me/site:/www:ro',
        }),
      );
      return;
  }
}

/** The engine's own rule for container names (Docker Engine API, ContainerCreate). */
function checkName(value: string): string | undefined {
  return value === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
    ? undefined
    : t('A name has at least two characters: letters, digits, and _ . - after the first one.');
}
