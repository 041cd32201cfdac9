// What this file, the engine and the build context make of the thing under the cursor, as sentences.
import type { Translate } from '../../model/l10n.ts';
import { FLAGS, MINIMUM_SYNTAX, MOUNTS, own } from '../catalog.ts';
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { shebangLine, standsAlone } from '../locate/heredoc.ts';
import type { Target } from '../locate/keyAt.ts';
import { shellAt } from '../meaning/outcome.ts';
import type { Command } from '../syntax/command.ts';
import type { Heredoc } from '../syntax/nodes.ts';
import { formSentences } from './containerStart.ts';
import { describeImage } from './image.ts';
import { describeInstruction, folderSentences, portSentence } from './instruction.ts';
import { code, codes } from './markdown.ts';
import { describeSource } from './source.ts';
import { describeStage } from './stage.ts';
import { describeUser } from './user.ts';
import { describeDefinition, describeVariable } from './variable.ts';

/**
 * Sentences about the target, in Markdown, each for a line of its own, what matters most first; none when there is nothing to
 * add to the note.
 */
export async function describe(document: Dockerfile, target: Target, context: HoverContext): Promise<string[]> {
  const sentences = await describeSubject(document, target, context);
  const syntax = own(MINIMUM_SYNTAX, target.key);
  return syntax ? [...sentences, context.t('Needs Dockerfile syntax {0} or later.', syntax)] : sentences;
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
      return [portSentence(subject.port, subject.protocol, t)];
    case 'stage':
      return describeStage(document, subject.stage, context);
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
      return describeInstruction(document, placed, subject.command, context);
    case 'form':
      return formSentences({ document, placed, command: subject.command, context });
    case 'heredoc':
      return heredocFacts(document, placed, subject.heredoc, subject.command, t);
    case 'user':
      return describeUser(document, placed, subject.user, t);
    case 'workdir':
      return folderSentences(document, placed, subject.path, context);
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
    const shell = shebang ?? shellAt(document, placed).join(' ');
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
