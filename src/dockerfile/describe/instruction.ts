// What one line of the file does where it stands: said where that is certain, in one or two sentences.
import type { Translate } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { own } from '../catalog.ts';
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { joinPath } from '../meaning/directory.ts';
import { expand } from '../meaning/expand.ts';
import { portsOf } from '../meaning/outcome.ts';
import { type State, stateAt } from '../meaning/scope.ts';
import { findStage, stageAt } from '../meaning/stages.ts';
import { lookupIn } from '../meaning/values.ts';
import type { Command } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Span } from '../syntax/nodes.ts';
import { blankWords, properties } from '../syntax/words.ts';
import { formSentences, startSentences } from './containerStart.ts';
import { baseFactsOf } from './imageLookup.ts';
import { code, codes } from './markdown.ts';
import type { Site } from './site.ts';
import { sourceSentences } from './source.ts';
import { describeStage } from './stage.ts';
import { describeUser } from './user.ts';
import { describeDefinition } from './variable.ts';

/** Characters of each setting where a line makes several. */
const MAX_SETTING_LENGTH = 60;

/** Sentences about the instruction that a keyword begins. */
export async function describeInstruction(
  document: Dockerfile,
  placed: Placed,
  command: Command,
  context: HoverContext,
): Promise<string[]> {
  const site: Site = { document, placed, command, context };
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
  return (await own(sentencesFor, command.name)?.(site)) ?? [];
}

/** What is said of each instruction that has arguments, and of HEALTHCHECK without any. */
const sentencesFor: Readonly<Record<string, (site: Site) => string[] | Promise<string[]>>> = {
  arg: settingSentences,
  env: settingSentences,
  label: settingSentences,
  run: async (site) => [...(await runSentences(site)), ...formSentences(site)],
  cmd: startSentences,
  entrypoint: startSentences,
  shell: (site) => (site.command.json ? formSentences(site) : []),
  workdir: workdirSentences,
  user: userSentences,
  expose: ({ document, placed, context: { t } }) => portSentences(portsOf(document, placed), t),
  copy: copySentences,
  add: copySentences,
  volume: volumeSentences,
  stopsignal: signalSentences,
  healthcheck: healthSentences,
};

/** What holds before the instruction; with `after`, what holds behind it. */
async function stateOf({ document, placed, context }: Site, after = false): Promise<State> {
  return stateAt(document, placed, await baseFactsOf(document, placed, context), after);
}

async function workdirSentences(site: Site): Promise<string[]> {
  const { t } = site.context;
  const { workdir } = await stateOf(site, true);
  return [workdir === undefined ? relative(t) : t('The working directory from here on: {0}', code(workdir))];
}

async function userSentences(site: Site): Promise<string[]> {
  const { document, placed } = site;
  const { t } = site.context;
  const { user } = await stateOf(site, true);
  return user === undefined
    ? []
    : [t('The user from here on: {0}', code(user)), ...describeUser(document, placed, user.replace(/:.*/s, ''), t)];
}

function volumeSentences({ document, placed, command, context: { t } }: Site): string[] {
  const state = stateAt(document, placed);
  const line = logicalOf(placed.instruction).text;
  const paths = wordsOf(line, command).map(({ text, span }) => worth(placed, span, state) ?? text);
  return [t('Containers get a volume at {0}', codes(paths))];
}

function signalSentences({ document, placed, command, context: { t } }: Site): string[] {
  const signal = worth(placed, command.args, stateAt(document, placed));
  return signal === undefined ? [] : [t('docker stop sends {0} to the first process of the container.', code(signal))];
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
async function settingSentences(site: Site): Promise<string[]> {
  const { document, placed, command, context } = site;
  const line = logicalOf(placed.instruction).text;
  const all = properties(line, command.args, placed.instruction.escape, command.name !== 'arg');
  const isLabel = command.name === 'label';
  const [only] = all;
  if (only && all.length === 1 && !isLabel) {
    const name = line.slice(only.key.start, only.key.end);
    return describeDefinition(document, placed, { name, property: only }, context);
  }
  const state = await stateOf(site, !isLabel);
  const shown = all.map(({ key, value }) => {
    const name = line.slice(key.start, key.end);
    const text = isLabel && value ? worth(placed, value, state) : state.values.get(name)?.text;
    return plain(text === undefined ? name : `${name}=${text}`, MAX_SETTING_LENGTH);
  });
  return [context.t('Sets {0}', codes(shown))];
}

async function runSentences(site: Site): Promise<string[]> {
  const { t } = site.context;
  const { user, workdir } = await stateOf(site);
  if (user === undefined) {
    return workdir === undefined ? [] : [t('Runs in {0}', code(workdir))];
  }
  return [workdir === undefined ? t('Runs as {0}', code(user)) : t('Runs as {0} in {1}', code(user), code(workdir))];
}

function portSentences(ports: readonly string[], t: Translate): string[] {
  const [first = ''] = ports;
  const [port = '', protocol = 'tcp'] = first.split('/');
  const example = /^\d+(?:-\d+)?$/.test(port) ? [portSentence(port, protocol, t)] : [];
  return [t('Exposed ports {0}', codes(ports)), ...example];
}

async function copySentences(site: Site): Promise<string[]> {
  const { document, placed, command, context } = site;
  const { t } = context;
  const line = logicalOf(placed.instruction).text;
  const words = wordsOf(line, command);
  const state = await stateOf(site);
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

function healthSentences({ placed, command, context: { t } }: Site): string[] {
  const line = logicalOf(placed.instruction).text;
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
