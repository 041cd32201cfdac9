// What this file, the engine and the build context make of the thing under the cursor, as sentences.
import type { Translate } from '../../model/l10n.ts';
import { FLAGS, MINIMUM_SYNTAX, MOUNTS, own } from '../catalog.ts';
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { shebangLine, standsAlone } from '../locate/heredoc.ts';
import type { Target } from '../locate/keyAt.ts';
import { joinPath } from '../meaning/directory.ts';
import { expand } from '../meaning/expand.ts';
import { lineOf } from '../meaning/places.ts';
import { stateAt } from '../meaning/scope.ts';
import { stageAt } from '../meaning/stages.ts';
import { createdBy } from '../meaning/users.ts';
import { lookupIn } from '../meaning/values.ts';
import type { Command } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import type { Heredoc } from '../syntax/nodes.ts';
import { describeImage } from './image.ts';
import { baseFactsOf } from './imageLookup.ts';
import { code, codes } from './markdown.ts';
import { describeSource } from './source.ts';
import { describeStage } from './stage.ts';
import { describeDefinition, describeVariable } from './variable.ts';

const DEFAULT_SHELL = ['/bin/sh', '-c'];

/** Sentences about the target, in Markdown, each for a line of its own; none when there is nothing to add to the note. */
export async function describe(document: Dockerfile, target: Target, context: HoverContext): Promise<string[]> {
  const syntax = own(MINIMUM_SYNTAX, target.key);
  const sentences = syntax ? [context.t('Needs Dockerfile syntax {0} or later.', syntax)] : [];
  return [...sentences, ...(await describeSubject(document, target, context))];
}

/** Subjects that an ONBUILD leaves to the build that is based on this image. */
const DECIDED_LATER = new Set(['variable', 'definition', 'workdir', 'user', 'source']);

async function describeSubject(document: Dockerfile, target: Target, context: HoverContext): Promise<string[]> {
  const { subject, placed } = target;
  const { t } = context;
  if (placed?.instruction.name === 'onbuild' && DECIDED_LATER.has(subject.kind)) {
    return [t('ONBUILD: decided when another image is built from this one.')];
  }
  switch (subject.kind) {
    case 'flag':
      return flagFacts(subject.instruction, subject.flag.name, t);
    case 'mount-type':
      return [t('Keys that this type takes: {0}', codes(own(MOUNTS, subject.type)?.keys ?? []))];
    case 'mount-key':
      return mountKeyFacts(subject.key, subject.type, t);
    case 'port':
      return [portFact(subject.port, subject.protocol, t)];
    case 'stage':
      return describeStage(document, subject.stage, t);
    default:
      return placed ? describePlaced(document, target, placed, context) : [];
  }
}

async function describePlaced(
  document: Dockerfile,
  target: Target,
  placed: Placed,
  context: HoverContext,
): Promise<string[]> {
  const { subject } = target;
  const { t } = context;
  switch (subject.kind) {
    case 'image':
      return describeImage(document, placed, subject, context);
    case 'variable':
      return describeVariable(document, placed, subject, context);
    case 'definition':
      return describeDefinition(document, placed, subject, context);
    case 'source':
      return describeSource(document, placed, subject, context);
    case 'instruction':
      return instructionFacts(document, placed, subject.command, t);
    case 'form':
      return formFacts(document, placed, subject.command, t);
    case 'heredoc':
      return heredocFacts(document, placed, subject.heredoc, subject.command, t);
    case 'user':
      return userFacts(document, placed, subject.user, t);
    case 'workdir': {
      const base = await baseFactsOf(document, placed, context);
      const state = stateAt(document, placed, base);
      const path = expand(logicalOf(placed.instruction).text, subject.path, placed.instruction.escape, lookupIn(state));
      const whole = path.text === undefined ? undefined : joinPath(state.workdir, path.text);
      return whole === undefined
        ? [t('Relative to the working directory of the base image, which this file does not tell.')]
        : [t('The whole path here: {0}', code(whole))];
    }
    default:
      return [];
  }
}

function flagFacts(instruction: string, name: string, t: Translate): string[] {
  const values = own(own(FLAGS, instruction), name)?.values;
  return values ? [t('Values: {0}', codes(values))] : [];
}

function mountKeyFacts(key: string, type: string, t: Translate): string[] {
  if (key === 'type') {
    return [t('Types: {0}', codes(Object.keys(MOUNTS)))];
  }
  const takers = Object.entries(MOUNTS).filter(([, { keys }]) => keys.includes(key));
  const sentences = [t('Mount types that take it: {0}', codes(takers.map(([name]) => name)))];
  if (own(MOUNTS, type) && !takers.some(([name]) => name === type)) {
    sentences.push(t('The type of this mount is {0}, which does not take it.', code(type)));
  }
  return sentences;
}

function portFact(port: string, protocol: string, t: Translate): string {
  const inside = protocol === 'tcp' ? port : `${port}/${protocol}`;
  return t('Published only when a container is started, for example with {0}', code(`docker run -p ${port}:${inside}`));
}

function instructionFacts(document: Dockerfile, placed: Placed, command: Command, t: Translate): string[] {
  if (command.name === 'from') {
    const stage = stageAt(document, placed.index);
    return stage ? describeStage(document, stage, t) : [];
  }
  const program = command.name === 'run' || command.name === 'cmd' || command.name === 'entrypoint';
  return program && command.args.end > command.args.start ? formFacts(document, placed, command, t) : [];
}

function formFacts(document: Dockerfile, placed: Placed, command: Command, t: Translate): string[] {
  if (command.name === 'shell') {
    return [t('From here to the end of the stage it runs the shell form of RUN, CMD and ENTRYPOINT.')];
  }
  if (command.json) {
    const words = command.json.items.map((item) => item.value);
    return words.length > 0 ? [t('JSON form: runs {0} directly, without a shell.', code(words.join(' ')))] : [];
  }
  const shell = stateAt(document, placed).shell ?? DEFAULT_SHELL;
  return [t('Shell form: run by {0}', code(shell.join(' ')))];
}

function heredocFacts(
  document: Dockerfile,
  placed: Placed,
  heredoc: Heredoc,
  command: Command,
  t: Translate,
): string[] {
  const sentences: string[] = [];
  if (standsAlone(placed.instruction, command) && command.name === 'run') {
    const shebang = shebangLine(placed.instruction.text, heredoc.body);
    const shell = shebang ?? (stateAt(document, placed).shell ?? DEFAULT_SHELL).join(' ');
    sentences.push(t('The text is a script, run by {0}', code(shell)));
  } else if (!heredoc.expand) {
    sentences.push(t('The closing word is quoted: variables in the text stay as they are written.'));
  } else if (command.name === 'run') {
    sentences.push(t('The shell that runs the instruction replaces variables in the text.'));
  } else {
    sentences.push(t('The builder replaces variables in the text. Quote the closing word to keep them.'));
  }
  if (heredoc.chomp) {
    sentences.push(t('Tabs at the beginning of its lines are dropped.'));
  }
  if (!heredoc.terminator) {
    sentences.push(t('The line {0} that ends it is missing, so the build fails.', code(heredoc.name)));
  }
  return sentences;
}

function userFacts(document: Dockerfile, placed: Placed, user: string, t: Translate): string[] {
  const creator = createdBy(document, placed, user);
  if (creator) {
    return [t('Created on line {0}: {1}', lineOf(document, creator.placed, creator.span), code(creator.text))];
  }
  if (user === 'root' || user === '0') {
    return [t('The administrator of the container. Images that need no such rights end with another user.')];
  }
  return /^\d+$/.test(user) || user.includes('$')
    ? []
    : [t('No useradd or adduser above creates it, so the base image must have it.')];
}
