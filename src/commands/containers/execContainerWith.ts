// Opens a shell in a running container, once its program, user, folder and variables were asked; they are remembered for the image.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { joinWords, splitWords } from '../../model/run/shell/split.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { findShells, type ShellChoice, shellTerminal } from '../../steps/containers/openShell.ts';
import type { Target } from '../../steps/target.ts';

export interface ExecContainerWithOptions {
  command?: string[];
  user?: string;
  workdir?: string;
  /** `NAME=value`. */
  env?: string[];
}

/** What the options name is not asked; an empty text is the image's own. */
export async function execContainerWith(
  app: Pick<App, 'engine' | 'shells' | 'ui'>,
  target?: Target,
  options: ExecContainerWithOptions = {},
): Promise<{ id: string; command: string[] }> {
  const title = t('Open Shell With');
  const chosen = await chooseContainer(app, target, { title, states: ['running'] });
  const client = await app.engine.client();
  const { image } = await client.containers.inspect(chosen.id);
  const last = app.shells.last(image) ?? {};
  const command =
    options.command ?? (await askCommand(app, title, await findShells(client, chosen.id, chosen.name), last));
  const user =
    options.user ??
    (await app.ui.input({
      title,
      prompt: t('User or user:group; empty for the user of the image'),
      placeholder: 'root',
      value: last.user ?? '',
    }));
  const workdir =
    options.workdir ??
    (await app.ui.input({
      title,
      prompt: t('Folder in the container; empty for the one of the image'),
      placeholder: '/srv',
      value: last.workdir ?? '',
      check: (value) => (value === '' || value.startsWith('/') ? undefined : t('Write the whole path, from / on.')),
    }));
  const env =
    options.env ??
    splitWords(
      await app.ui.input({
        title,
        prompt: last.forgot
          ? t(
              'Variables as NAME=value. These values were not kept, because they look like secrets: {0}',
              last.forgot.join(', '),
            )
          : t('Variables as NAME=value, separated by spaces; empty for none'),
        placeholder: "LANG=C.UTF-8 DEBUG='a b'",
        value: joinWords(last.env ?? []),
        check: (value) =>
          splitWords(value).every((word) => /^[^=\s]+=/.test(word))
            ? undefined
            : t('Write each variable as NAME=value.'),
      }),
    );
  const choice: ShellChoice & { command: string[] } = {
    command,
    ...(user && { user }),
    ...(workdir && { workdir }),
    ...(env.length > 0 && { env }),
  };
  app.shells.keep(image, choice);
  app.ui.terminal(shellTerminal(app, chosen, choice));
  return { id: chosen.id, command };
}

async function askCommand(
  app: Pick<App, 'ui'>,
  title: string,
  found: string[],
  last: ShellChoice & { incomplete?: boolean },
): Promise<string[]> {
  const before = last.command && joinWords(last.command);
  const offers = [...new Set([...(before ? [before] : []), ...found.flatMap((shell) => [shell, `${shell} -l`])])];
  const picked = await app.ui.complete({
    title,
    placeholder: t('A shell of the container, or any command with its arguments'),
    offers: (text) =>
      offers
        .filter((offer) => offer.includes(text))
        .map((offer) => ({
          text: offer,
          icon: 'terminal',
          ...(offer === before
            ? {
                description: last.incomplete
                  ? t('used last with this image; a value that looks like a secret was not kept')
                  : t('used last with this image'),
              }
            : offer.endsWith(' -l')
              ? { description: t('login shell, which reads the profile') }
              : {}),
        })),
    check: (text) => (splitWords(text).length > 0 ? undefined : t('Name a shell or a command.')),
  });
  return splitWords(picked);
}
