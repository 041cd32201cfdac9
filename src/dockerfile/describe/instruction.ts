// What one line of the file does where it stands: said where that is certain, in one or two sentences.
import type { Translate } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { joinPath } from '../meaning/directory.ts';
import { expand } from '../meaning/expand.ts';
import { lastOfItsName, type Program, portsOf, type Start, shellAt, startOf } from '../meaning/outcome.ts';
import { lineOf } from '../meaning/places.ts';
import { type State, stateAt } from '../meaning/scope.ts';
import { findStage, type Stage, stageAt } from '../meaning/stages.ts';
import { lookupIn } from '../meaning/values.ts';
import type { Command } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Span } from '../syntax/nodes.ts';
import { blankWords, properties } from '../syntax/words.ts';
import { baseFactsOf, bottomFactsOf } from './imageLookup.ts';
import { code, codes } from './markdown.ts';
import { sourceSentences } from './source.ts';
import { describeStage } from './stage.ts';
import { describeUser } from './user.ts';
import { describeDefinition } from './variable.ts';

/** Characters of each setting where a line makes several. */
const MOST_OF_A_SETTING = 60;

/** Sentences about the instruction that a keyword begins. */
export async function describeInstruction(
  document: Dockerfile,
  placed: Placed,
  command: Command,
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  if (placed.instruction.name === 'onbuild') {
    return onBuildSentences(placed, command, t);
  }
  const stage = stageAt(document, placed.index);
  if (command.name === 'from') {
    return stage ? describeStage(document, stage, context) : [];
  }
  if (command.name !== 'healthcheck' && command.args.end <= command.args.start) {
    return [];
  }
  const line = logicalOf(placed.instruction).text;
  switch (command.name) {
    case 'arg':
    case 'env':
    case 'label':
      return settingSentences(document, placed, command, context);
    case 'run':
      return [...(await runSentences(document, placed, context)), ...formSentences(document, placed, command, t)];
    case 'cmd':
    case 'entrypoint':
      return stage ? startSentences(document, placed, stage, command, context) : [];
    case 'shell':
      return command.json ? formSentences(document, placed, command, t) : [];
    case 'workdir': {
      const { workdir } = stateAt(document, placed, await baseFactsOf(document, placed, context), true);
      return [workdir === undefined ? relative(t) : t('The working directory from here on: {0}', code(workdir))];
    }
    case 'user': {
      const { user } = stateAt(document, placed, await baseFactsOf(document, placed, context), true);
      return user === undefined
        ? []
        : [t('The user from here on: {0}', code(user)), ...describeUser(document, placed, user.replace(/:.*/s, ''), t)];
    }
    case 'expose':
      return portSentences(portsOf(document, placed), t);
    case 'copy':
    case 'add':
      return copySentences(document, placed, command, context);
    case 'volume': {
      const state = stateAt(document, placed);
      const paths = wordsOf(line, command).map(({ text, span }) => worth(placed, span, state) ?? text);
      return [t('Containers get a volume at {0}', codes(paths))];
    }
    case 'stopsignal': {
      const signal = worth(placed, command.args, stateAt(document, placed));
      return signal === undefined
        ? []
        : [t('docker stop sends {0} to the first process of the container.', code(signal))];
    }
    case 'healthcheck':
      return healthSentences(line, command, t);
    default:
      return [];
  }
}

/** How the instruction's program is run: by which shell, or by none. */
export function formSentences(document: Dockerfile, placed: Placed, command: Command, t: Translate): string[] {
  if (command.name === 'shell') {
    return [t('From here to the end of the stage it runs the shell form of RUN, CMD and ENTRYPOINT.')];
  }
  if (command.json) {
    const words = command.json.items.map((item) => item.value);
    return words.length > 0 ? [t('JSON form: runs {0} directly, without a shell.', code(words.join(' ')))] : [];
  }
  return [t('Shell form: run by {0}', code(shellAt(document, placed).join(' ')))];
}

/** The whole path that a folder means where it stands. */
export async function folderSentences(
  document: Dockerfile,
  placed: Placed,
  path: Span,
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const state = stateAt(document, placed, await baseFactsOf(document, placed, context));
  const text = worth(placed, path, state);
  const whole = text === undefined ? undefined : joinPath(state.workdir, text);
  return [whole === undefined ? relative(t) : t('The whole path here: {0}', code(whole))];
}

/** How ports become reachable. */
export function portSentence(port: string, protocol: string, t: Translate): string {
  const inside = protocol === 'tcp' ? port : `${port}/${protocol}`;
  return t('Published only when a container is started, for example with {0}', code(`docker run -p ${port}:${inside}`));
}

/** A word of the arguments: what it is as written, and where it stands in the logical line. */
interface Word {
  readonly text: string;
  readonly span: Span;
}

function wordsOf(line: string, command: Command): Word[] {
  return command.json
    ? command.json.items.map(({ value, start, end }) => ({ text: value, span: { start: start + 1, end: end - 1 } }))
    : blankWords(line, command.args).map((span) => ({ text: line.slice(span.start, span.end), span }));
}

/** What a stretch of the arguments is with its variables filled in; undefined where the file does not tell. */
function worth(placed: Placed, span: Span, state: State): string | undefined {
  return expand(logicalOf(placed.instruction).text, span, placed.instruction.escape, lookupIn(state)).text;
}

function relative(t: Translate): string {
  return t('Relative to the working directory of the base image, which this file does not tell.');
}

function onBuildSentences(placed: Placed, command: Command, t: Translate): string[] {
  const { args, trigger } = command;
  return trigger
    ? [
        t(
          'Left to the builds that start from this image: {0}',
          code(logicalOf(placed.instruction).text.slice(args.start, args.end)),
        ),
      ]
    : [t('ONBUILD: decided when another image is built from this one.')];
}

/** One name with all that is known of it, or several with their values. */
async function settingSentences(
  document: Dockerfile,
  placed: Placed,
  command: Command,
  context: HoverContext,
): Promise<string[]> {
  const line = logicalOf(placed.instruction).text;
  const all = properties(line, command.args, placed.instruction.escape, command.name !== 'arg');
  const isLabel = command.name === 'label';
  const [only] = all;
  if (only && all.length === 1 && !isLabel) {
    const name = line.slice(only.key.start, only.key.end);
    return describeDefinition(document, placed, { name, property: only }, context);
  }
  const state = stateAt(document, placed, await baseFactsOf(document, placed, context), !isLabel);
  const shown = all.map(({ key, value }) => {
    const name = line.slice(key.start, key.end);
    const text = isLabel && value ? worth(placed, value, state) : state.values.get(name)?.text;
    return plain(text === undefined ? name : `${name}=${text}`, MOST_OF_A_SETTING);
  });
  return [context.t('Sets {0}', codes(shown))];
}

async function runSentences(document: Dockerfile, placed: Placed, context: HoverContext): Promise<string[]> {
  const { t } = context;
  const { user, workdir } = stateAt(document, placed, await baseFactsOf(document, placed, context));
  if (user === undefined) {
    return workdir === undefined ? [] : [t('Runs in {0}', code(workdir))];
  }
  return [workdir === undefined ? t('Runs as {0}', code(user)) : t('Runs as {0} in {1}', code(user), code(workdir))];
}

/** What a container runs, and what CMD or ENTRYPOINT contributes to it. */
async function startSentences(
  document: Dockerfile,
  placed: Placed,
  stage: Stage,
  command: Command,
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const form = formSentences(document, placed, command, t);
  const last = lastOfItsName(document, placed);
  if (last && last.index !== placed.index) {
    const keyword = placed.instruction.name.toUpperCase();
    return [t('Without effect: {0} on line {1} takes its place.', keyword, lineOf(document, last)), ...form];
  }
  const base = await bottomFactsOf(stage, context);
  const start = startOf(document, stage, base?.env && base);
  const { entrypoint } = start;
  if (command.name === 'entrypoint' || entrypoint === undefined || entrypoint === 'unknown') {
    return [...startSentence(start, t), ...form];
  }
  const given = code(entrypoint.words.join(' '));
  return [
    ...startSentence(start, t),
    takesArguments(entrypoint)
      ? t('Its words are arguments of the entrypoint {0}', given)
      : t('Without effect: the entrypoint {0} is in shell form, which takes no arguments.', given),
  ];
}

function startSentence({ entrypoint, command }: Start, t: Translate): string[] {
  if (command === 'unknown') {
    return [];
  }
  const further = command?.words ?? [];
  if (entrypoint === 'unknown') {
    return further.length > 0
      ? [t('A container runs {0}, or gives it to the entrypoint of the base image.', code(further.join(' ')))]
      : [];
  }
  const words = entrypoint ? [...entrypoint.words, ...(takesArguments(entrypoint) ? further : [])] : further;
  return words.length > 0 ? [t('A container runs {0}', code(words.join(' ')))] : [];
}

/** The shell of a shell form is given one command line, and does nothing with further words. */
function takesArguments(entrypoint: Program): boolean {
  return entrypoint.form === 'exec';
}

function portSentences(ports: readonly string[], t: Translate): string[] {
  const [first = ''] = ports;
  const [port = '', protocol = 'tcp'] = first.split('/');
  const example = /^\d+(?:-\d+)?$/.test(port) ? [portSentence(port, protocol, t)] : [];
  return [t('Exposed ports {0}', codes(ports)), ...example];
}

async function copySentences(
  document: Dockerfile,
  placed: Placed,
  command: Command,
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const line = logicalOf(placed.instruction).text;
  const words = wordsOf(line, command);
  const state = stateAt(document, placed, await baseFactsOf(document, placed, context));
  const [sources, target] = [words.slice(0, -1), words.at(-1)];
  if (sources.length === 0 || !target) {
    return [];
  }
  const text = worth(placed, target.span, state);
  // Where the folder is not known, the target is told as it is written.
  const whole = (text === undefined ? undefined : joinPath(state.workdir, text)) ?? text ?? target.text;
  const goal = code(whole !== '/' && (text ?? '').endsWith('/') ? `${whole.replace(/\/$/, '')}/` : whole);
  const from = command.flags.find(({ name }) => name === 'from')?.value;
  const shown = codes(sources.map((word) => worth(placed, word.span, state) ?? word.text));
  if (from !== undefined) {
    const stage = findStage(document, from, stageAt(document, placed.index));
    return stage
      ? [t('From stage {0}: {1} to {2}', code(stage.name ?? String(stage.number)), shown, goal)]
      : [t('From image {0}: {1} to {2}', code(from), shown, goal)];
  }
  const only = sources.length === 1 && !sources[0]?.text.startsWith('<<') ? sources[0] : undefined;
  const path = only && worth(placed, only.span, state);
  return [t('From {0} to {1}', shown, goal), ...(path === undefined ? [] : await sourceSentences(path, context))];
}

function healthSentences(line: string, command: Command, t: Translate): string[] {
  const kind = command.subject && line.slice(command.subject.start, command.subject.end).toUpperCase();
  if (kind === 'NONE') {
    return [t('Switches off the health check of the base image.')];
  }
  if (kind !== 'CMD' || command.args.end <= command.args.start) {
    return [];
  }
  const flag = (name: string, otherwise: string) => command.flags.find((one) => one.name === name)?.value ?? otherwise;
  const check = command.json
    ? command.json.items.map(({ value }) => value).join(' ')
    : line.slice(command.args.start, command.args.end);
  return [
    t('Every {0} runs {1}', code(flag('interval', '30s')), code(check)),
    t('{0} failures in a row make the container unhealthy.', code(flag('retries', '3'))),
  ];
}
