// What a variable is worth where it stands, how that came about, and where it can be seen.
import type { Translate } from '../../model/l10n.ts';
import { escapeMarkdown } from '../../model/text.ts';
import { PATTERN_SYNTAX } from '../catalog.ts';
import type { HoverContext } from '../context.ts';
import type { Dockerfile, Placed } from '../document.ts';
import type { Expander } from '../locate/subject.ts';
import { docComment } from '../meaning/docComment.ts';
import { expand } from '../meaning/expand.ts';
import { lineOf } from '../meaning/places.ts';
import { type State, stateAt } from '../meaning/scope.ts';
import { type Stage, stageAt } from '../meaning/stages.ts';
import { lookupIn, type Value } from '../meaning/values.ts';
import { commandOf, effectiveCommand } from '../syntax/command.ts';
import type { Variable } from '../syntax/lex.ts';
import type { Property } from '../syntax/words.ts';
import { describeImage } from './image.ts';
import { baseFactsOf } from './imageLookup.ts';
import { code } from './markdown.ts';

const MAX_STEPS = 10;
/** Characters of a value on the way: the value in the end is told at length. */
const MAX_STEP_LENGTH = 80;

/** Sentences about a variable where it is used. */
export async function describeVariable(
  document: Dockerfile,
  placed: Placed,
  subject: { variable: Variable; text: string; expander: Expander },
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const { variable, text, expander } = subject;
  if (expander === 'nobody') {
    return [t('Nothing replaces it: the JSON form runs the program without a shell.')];
  }
  const state = stateAt(document, placed, await baseFactsOf(document, placed, context));
  const value = state.values.get(variable.name);
  const { text: worth } = expand(text, variable, placed.instruction.escape, lookupIn(state));
  const sentences: string[] = [];
  if (expander === 'builder') {
    sentences.push(valueSentence(variable, worth, value, state, t));
  } else if (expander === 'container-shell' && value && !isKept(value)) {
    sentences.push(t('It is a build argument, which containers do not have. Pass it on with ENV.'));
  } else if (value && worth !== undefined) {
    sentences.push(t('The environment gives it the value {0}', code(worth)));
  }
  sentences.push(...describeTrace(document, value, t), whoReplaces(expander, t));
  if (expander === 'builder' && /^[#%/]/.test(variable.modifier)) {
    sentences.push(
      t('The modifier {0} needs Dockerfile syntax {1} or later.', code(variable.modifier), PATTERN_SYNTAX),
    );
  }
  const base = placed.instruction.name === 'from' ? stageAt(document, placed.index)?.base : undefined;
  const namesImage = base && base.span.start <= variable.start && variable.end <= base.span.end && worth !== undefined;
  return namesImage ? [...sentences, ...(await describeImage(document, placed, base, context))] : sentences;
}

/** Sentences about a variable where ARG or ENV sets it. */
export async function describeDefinition(
  document: Dockerfile,
  placed: Placed,
  subject: { name: string; property: Property },
  context: HoverContext,
): Promise<string[]> {
  const { t } = context;
  const { name } = subject;
  const state = stateAt(document, placed, await baseFactsOf(document, placed, context), true);
  const value = state.values.get(name);
  const sentences: string[] = [];
  if (value?.text !== undefined) {
    sentences.push(t('Value here: {0}', code(value.text)));
  } else if (value?.from.some((one) => one.origin === 'automatic')) {
    sentences.push(t('The builder sets its value for each build.'));
  } else if (value && isArgument(value)) {
    sentences.push(t('No value in this file: it is set with {0}', code(`--build-arg ${name}=…`)));
  } else {
    sentences.push(t('The file alone does not tell its value.'));
  }
  sentences.push(...describeTrace(document, value, t, placed));
  sentences.push(visibility(document, placed, name, t));
  const doc = docComment(document, placed, name);
  return doc ? [...sentences, escapeMarkdown(doc)] : sentences;
}

function whoReplaces(expander: Expander, t: Translate): string {
  switch (expander) {
    case 'build-shell':
      return t('The shell replaces it while the instruction runs, not the builder.');
    case 'container-shell':
      return t('The shell replaces it when the container runs, not the builder.');
    default:
      return t('The builder replaces it before the instruction runs.');
  }
}

function valueSentence(
  variable: Variable,
  worth: string | undefined,
  value: Value | undefined,
  state: State,
  t: Translate,
): string {
  if (worth !== undefined && (value || variable.modifier !== '')) {
    return t('Value here: {0}', code(worth));
  }
  if (value) {
    return value.from.some((one) => one.origin === 'automatic') || value.origin === 'automatic'
      ? t('The builder sets its value for each build.')
      : t('The file alone does not tell its value.');
  }
  return state.open
    ? t('Not set above in this file. The base image may set it.')
    : t('Not set here: the builder puts nothing in its place.');
}

/** How the value came about, the oldest step first; without the step that is pointed at. */
function describeTrace(document: Dockerfile, value: Value | undefined, t: Translate, here?: Placed): string[] {
  const steps: Value[] = [];
  const seen = new Set<Value>();
  const stack: { value: Value; next: number }[] = value ? [{ value, next: 0 }] : [];
  while (stack.length > 0 && steps.length < MAX_STEPS) {
    const top = stack[stack.length - 1];
    const inner = top?.value.from[top.next];
    if (top && inner) {
      top.next++;
      if (!seen.has(inner) && stack.length < MAX_STEPS) {
        seen.add(inner);
        stack.push({ value: inner, next: 0 });
      }
    } else if (top) {
      steps.push(top.value);
      stack.pop();
    }
  }
  const told = steps.filter((step) => {
    const isAutomaticItself = step.origin === 'automatic' && step.name === value?.name;
    return !isAutomaticItself && (here === undefined || step.placed?.index !== here.index);
  });
  const sentences = told.map((step) => stepSentence(document, step, t));
  if (steps.some((step) => isArgument(step) && !step.from.some((one) => one.origin === 'automatic'))) {
    sentences.push(t('A value given with {0} goes before the default of an ARG.', code('--build-arg')));
  }
  return sentences;
}

function stepSentence(document: Dockerfile, step: Value, t: Translate): string {
  const line = step.placed ? lineOf(document, step.placed, step.nameSpan) : 0;
  const name = code(step.name);
  const within = step.placed && stageAt(document, step.placed.index);
  const stage = within ? stageName(within) : '';
  if (step.origin === 'automatic') {
    return t('The builder sets {0} by itself', name);
  }
  if (step.origin === 'arg' && step.from.some((one) => one.name === step.name && isFromOutside(one))) {
    return t('Line {0}: ARG brings {1} into stage {2}', line, name, stage);
  }
  if (step.text === undefined) {
    return t('Line {0}: {1} is set to something that the file alone does not tell', line, name);
  }
  const value = code(step.text, MAX_STEP_LENGTH);
  switch (step.origin) {
    case 'image':
      return t('The base image sets {0} to {1}', name, value);
    case 'global-arg':
      return t('Line {0}: ARG before the first FROM sets {1} to {2}', line, name, value);
    case 'arg':
      return t('Line {0}: ARG in stage {1} sets {2} to {3}', line, stage, name, value);
    case 'env':
      return t('Line {0}: ENV in stage {1} sets {2} to {3}', line, stage, name, value);
  }
}

function isArgument(value: Value): boolean {
  return value.origin === 'arg' || value.origin === 'global-arg';
}

/** Whether a value comes from outside of every stage, so that a stage must ask for it. */
function isFromOutside(value: Value): boolean {
  return value.origin === 'global-arg' || value.origin === 'automatic';
}

function visibility(document: Dockerfile, placed: Placed, name: string, t: Translate): string {
  const stage = stageAt(document, placed.index);
  if (!stage) {
    return t('Only FROM sees it. A stage sees it below its own line {0}', code(`ARG ${name}`));
  }
  const isEnv = effectiveCommand(commandOf(placed.instruction)).name === 'env';
  return isEnv
    ? t('Seen below this line in stage {0}, in stages built from it, and in containers.', stageName(stage))
    : t('Seen below this line in stage {0} and in stages built from it, not in containers.', stageName(stage));
}

/** Whether a container still has the value: ENV and the base image's environment are kept, ARG is not. */
function isKept(value: Value): boolean {
  return value.origin === 'env' || value.origin === 'image';
}

function stageName(stage: Stage): string {
  return stage.name === undefined ? code(String(stage.number)) : code(stage.name);
}
