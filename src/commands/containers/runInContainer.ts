// Runs one command in a running container and shows its output.
import type { App } from '../../app/index.ts';
import { t } from '../../model/l10n.ts';
import { joinWords, splitWords } from '../../model/run/shell/split.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { runToEnd } from '../../steps/containers/openShell.ts';
import type { Target } from '../../steps/target.ts';

export interface RunInContainerOptions {
  command?: string[];
  user?: string;
  workdir?: string;
  /** `NAME=value`. */
  env?: string[];
}

/** Rejects where the container does not have the command; any exit code of a command that ran is a result. */
export async function runInContainer(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: RunInContainerOptions,
): Promise<{ id: string; exitCode?: number; stdout: string; stderr: string }> {
  const title = t('Run Command');
  const { id, name } = await chooseContainer(app, target, { title, states: ['running'] });
  const command =
    options?.command ??
    splitWords(
      await app.ui.input({
        title,
        prompt: t('The command and its arguments; no shell reads them unless you name one, as in sh -c "…"'),
        placeholder: 'cat /etc/os-release',
        check: (value) => (splitWords(value).length > 0 ? undefined : t('Name a command.')),
      }),
    );
  const client = await app.engine.client();
  const run = (signal?: AbortSignal) => runToEnd(client, id, { ...options, command }, signal);
  const line = joinWords(command);
  const result = options
    ? await run()
    : await app.ui.progress(t('Running {0} in {1}', line, name), (_report, signal) => run(signal));
  if (!options) {
    await app.ui.document(t('Output of {0}', name), outputText(line, result));
  }
  return { id, ...result };
}

function outputText(line: string, { exitCode, stdout, stderr }: { exitCode?: number; stdout: string; stderr: string }) {
  const part = (heading: string, text: string) => (text === '' ? [] : [heading, text.replace(/\n$/, '')]);
  return [
    `$ ${line}`,
    ...(stdout === '' ? [] : [stdout.replace(/\n$/, '')]),
    ...part(t('Error output:'), stderr),
    '',
    exitCode === undefined ? t('The process has ended.') : t('The process has ended with exit code {0}.', exitCode),
    '',
  ].join('\n');
}
