// What stands before the options of a docker line: variables, `sudo`, the program, its own flags, `run` or `create`.
import { t } from '../l10n.ts';
import { pairOf } from '../pairs.ts';
import { shown } from './parse.ts';
import { refused } from './refused.ts';
import type { ShellContext } from './shell/commandLine.ts';

export interface Command {
  command: 'run' | 'create';
  /** What follows `run` or `create`. */
  words: string[];
  /** The environment that the docker program would have had. */
  env: ShellContext['env'];
}

/** Reads what stands before the options: variables, `sudo`, the program, its own flags, `container`. */
export function commandOf(words: readonly string[], context: ShellContext, warn: (sentence: string) => void): Command {
  const env = { ...context.env };
  let at = 0;
  for (let word = words[at]; word !== undefined && /^[A-Za-z_]\w*=/.test(word); word = words[++at]) {
    const [name, value = ''] = pairOf(word);
    env[name] = value;
    if (name.startsWith('DOCKER_')) {
      warn(t('{0} is for the docker program and has no effect here.', name));
    }
  }
  while (/^(?:sudo|exec|command|winpty)$/.test(words[at] ?? '')) {
    at++;
    // The flags of sudo that take no value.
    while (/^-[AEHknPS]+$/.test(words[at] ?? '')) {
      at++;
    }
  }
  const program = words[at++];
  if (program === undefined) {
    throw refused(t('The line is empty. Paste a line such as docker run -it busybox sh.'));
  }
  if (!/^(?:.*[\\/])?(?:docker|podman)(?:\.exe)?$/.test(program)) {
    throw refused(
      t(
        'This is not a "docker run" line: it begins with "{0}". Paste a line such as docker run -it busybox sh.',
        shown(program),
      ),
    );
  }
  at = skipGlobalFlags(words, at, warn);
  if (words[at] === 'container') {
    at++;
  }
  const command = words[at++];
  if (command !== 'run' && command !== 'create') {
    throw refused(
      t(
        '"{0}" is not a line that is understood here. Only docker run and docker create are.',
        shown(`docker ${command ?? ''}`.trim()),
      ),
    );
  }
  return { command, words: words.slice(at), env };
}

const globalFlag =
  /^(?:-[DHlc]|--(?:config|context|debug|host|log-level|tls|tlscacert|tlscert|tlskey|tlsverify|connection|remote|url))(?:=|$)/;

function skipGlobalFlags(words: readonly string[], from: number, warn: (sentence: string) => void): number {
  let at = from;
  for (let word = words[at]; word?.startsWith('-'); word = words[at]) {
    if (!globalFlag.test(word)) {
      throw refused(t('"{0}" is not a flag of docker.', shown(word)));
    }
    warn(
      t(
        '"{0}" chooses what the docker program talks to and has no effect here: the engine in use is taken.',
        shown(word),
      ),
    );
    at += word.includes('=') || /^(?:-D|--debug|--tls|--tlsverify|--remote)$/.test(word) ? 1 : 2;
  }
  return at;
}
