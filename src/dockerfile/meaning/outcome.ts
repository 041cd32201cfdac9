// What a stage comes to in its end: the user and the folder, its ports, and what a container of it starts.
//
// Source of the rules: BuildKit, dockerfile2llb/convert.go. An ENTRYPOINT takes back the CMD of what the stage is built from,
// but not one of its own stage, wherever that stands.

import { type Dockerfile, instructionsOf, type Placed } from '../document.ts';
import { commandOf } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import { partitionPoint } from '../syntax/partitionPoint.ts';
import { blankWords } from '../syntax/words.ts';
import { expand } from './expand.ts';
import { type BaseFacts, type State, stateAt } from './scope.ts';
import { baseChain, type Stage, stageAt, stagesOf } from './stages.ts';
import { lookupIn } from './values.ts';

/** Variables in more EXPOSE instructions than this are shown as they are written: each takes a walk through the stage. */
const MAX_LOOKUPS = 12;

const DEFAULT_SHELL = ['/bin/sh', '-c'];

/** A program with its arguments, as CMD or ENTRYPOINT or an image gives it. */
export interface Program {
  readonly words: readonly string[];
  readonly form: 'exec' | 'shell';
}

/** What a container starts: `unknown` is what only a base image tells that is not known. */
export interface Start {
  readonly entrypoint: Program | 'unknown' | undefined;
  readonly command: Program | 'unknown' | undefined;
}

/** The instructions of a stage after its FROM, in order. */
export function instructionsIn(document: Dockerfile, stage: Stage): readonly Placed[] {
  const next = stagesOf(document)[stage.number + 1];
  const all = instructionsOf(document);
  return all.slice(placeOf(all, stage.from) + 1, next && placeOf(all, next.from));
}

/** The user and the folder that a stage ends with; undefined where only a base image tells that is not known. */
export function stateAtEnd(
  document: Dockerfile,
  stage: Stage,
  base: BaseFacts | undefined,
): Pick<State, 'user' | 'workdir'> {
  for (const link of baseChain(stage)) {
    const last = instructionsIn(document, link).at(-1);
    if (last) {
      return stateAt(document, last, base, true);
    }
  }
  return { user: base?.user, workdir: base?.workdir || (base?.env ? '/' : undefined) };
}

/** The ports that a stage declares, with those of the stages below it: `80/tcp`. */
export function exposedPorts(document: Dockerfile, stage: Stage): string[] {
  const ports = new Set<string>();
  let lookups = 0;
  for (const link of baseChain(stage).reverse()) {
    for (const placed of instructionsIn(document, link)) {
      if (placed.instruction.name === 'expose') {
        const resolves = placed.instruction.text.includes('$') && lookups++ < MAX_LOOKUPS;
        for (const port of portsOf(document, placed, resolves)) {
          ports.add(port);
        }
      }
    }
  }
  return [...ports];
}

/** The ports of one EXPOSE, with their protocols. With `resolves` variables are filled in where the file tells them. */
export function portsOf(document: Dockerfile, placed: Placed, resolves = true): string[] {
  const { instruction } = placed;
  const line = logicalOf(instruction).text;
  const lookup = resolves ? lookupIn(stateAt(document, placed)) : () => 'unknown' as const;
  return blankWords(line, commandOf(instruction).args).map((word) => {
    const text = expand(line, word, instruction.escape, lookup).text ?? line.slice(word.start, word.end);
    return text.includes('$') ? text : text.includes('/') ? text.toLowerCase() : `${text}/tcp`;
  });
}

/** What a container of a stage starts. `base` is what is known of the image at its bottom; `{}` for an empty one. */
export function startOf(
  document: Dockerfile,
  stage: Stage,
  base: { entrypoint?: readonly string[]; command?: readonly string[] } | undefined,
): Start {
  let entrypoint: Placed | undefined;
  let command: Placed | undefined;
  for (const link of baseChain(stage).reverse()) {
    let hasCommand = false;
    for (const placed of instructionsIn(document, link)) {
      if (placed.instruction.name === 'cmd') {
        command = placed;
        hasCommand = true;
      } else if (placed.instruction.name === 'entrypoint') {
        entrypoint = placed;
        command = hasCommand ? command : undefined;
      }
    }
  }
  const inherited = (words: readonly string[] | undefined) => (base ? given(words) : 'unknown');
  return {
    entrypoint: entrypoint ? programOf(document, entrypoint) : inherited(base?.entrypoint),
    command: command ? programOf(document, command) : entrypoint ? undefined : inherited(base?.command),
  };
}

/** The last instruction of this name in the stage of another one. */
export function lastOfItsName(document: Dockerfile, placed: Placed): Placed | undefined {
  const stage = stageAt(document, placed.index);
  return (
    stage && instructionsIn(document, stage).findLast(({ instruction: { name } }) => name === placed.instruction.name)
  );
}

/** The shell that runs the shell form of an instruction. */
export function shellAt(document: Dockerfile, placed: Placed): readonly string[] {
  return stateAt(document, placed).shell ?? DEFAULT_SHELL;
}

function programOf(document: Dockerfile, placed: Placed): Program | undefined {
  const command = commandOf(placed.instruction);
  if (command.json) {
    const words = command.json.items.map(({ value }) => value);
    return words.length > 0 ? { words, form: 'exec' } : undefined;
  }
  const text = logicalOf(placed.instruction).text.slice(command.args.start, command.args.end);
  return { words: [...shellAt(document, placed), text], form: 'shell' };
}

function given(words: readonly string[] | undefined): Program | undefined {
  return words && words.length > 0 ? { words, form: 'exec' } : undefined;
}

/** The place of an instruction in the list of all, which is in order. */
function placeOf(all: readonly Placed[], wanted: Placed): number {
  return partitionPoint(all.length, (place) => (all[place]?.index ?? 0) < wanted.index);
}
