// Which variable has which value where, and how that came about.
//
// Source of the rules: BuildKit, dockerfile2llb/convert.go. Whichever ARG or ENV of a name stands last wins; a stage
// that is built from another one starts with all that the other had; global ARGs are seen by FROM alone, and by a
// stage that repeats the ARG without a default.

import { pairOf } from '../../model/pairs.ts';
import { AUTOMATIC_ARGS } from '../catalog.ts';
import { type Dockerfile, instructionsOf, type Placed } from '../document.ts';
import { commandOf } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import { partitionPoint } from '../syntax/partitionPoint.ts';
import { properties } from '../syntax/words.ts';
import { type Directory, directoryAt, pathOf, step } from './directory.ts';
import { expand } from './expand.ts';
import { baseChain, stageAt } from './stages.ts';
import { argValues, globalsOf, lookupIn, type Value } from './values.ts';

/** What holds at some place of a stage. */
export interface State {
  readonly values: ReadonlyMap<string, Value>;
  /** Undefined where only the base image knows. */
  readonly workdir: string | undefined;
  readonly workdirPlaced: Placed | undefined;
  readonly user: string | undefined;
  readonly userPlaced: Placed | undefined;
  /** The SHELL instruction in force. */
  readonly shell: readonly string[] | undefined;
  /** A variable may come from a base image whose environment is not known. */
  readonly open: boolean;
}

/** What is known of the image at the bottom of a stage. */
export interface BaseFacts {
  readonly env?: readonly string[] | undefined;
  readonly workdir?: string | undefined;
  readonly user?: string | undefined;
  readonly shell?: readonly string[] | undefined;
}

interface Draft {
  values: Map<string, Value>;
  directory: Directory | undefined;
  workdirPlaced: Placed | undefined;
  user: string | undefined;
  userPlaced: Placed | undefined;
  shell: readonly string[] | undefined;
  open: boolean;
}

const STATEFUL = new Set(['arg', 'env', 'workdir', 'user', 'shell']);

/**
 * What holds just before an instruction of a Dockerfile takes effect; with `after`, just behind it.
 * `base` is what is known of the image at the bottom of the stage.
 */
export function stateAt(document: Dockerfile, placed: Placed, base?: BaseFacts, after = false): State {
  const stage = placed.instruction.name === 'from' ? undefined : stageAt(document, placed.index);
  const limit = after ? placed.index + 1 : placed.index;
  if (!stage) {
    const draft = emptyDraft(false);
    for (const name of AUTOMATIC_ARGS) {
      draft.values.set(name, { name, text: undefined, origin: 'automatic', from: [] });
    }
    for (const { index, value } of globalsOf(document)) {
      if (index < limit) {
        draft.values.set(value.name, value);
      }
    }
    return stateOf(draft);
  }
  const chain = baseChain(stage).reverse();
  const bottom = chain[0];
  const scratch = bottom?.resolvedBase === 'scratch';
  const draft = emptyDraft(!scratch && base?.env === undefined);
  const workdir = base?.workdir || (scratch || base?.env ? '/' : undefined);
  draft.directory = workdir === undefined ? undefined : directoryAt(workdir);
  draft.user = base?.user;
  draft.shell = base?.shell;
  for (const entry of base?.env ?? []) {
    const [name, text = ''] = pairOf(entry);
    draft.values.set(name, { name, text, origin: 'image', from: [] });
  }
  const globals = new Map(globalsOf(document).map(({ value }) => [value.name, value]));
  const instructions = instructionsOf(document);
  for (const link of chain) {
    let at = partitionPoint(instructions.length, (index) => (instructions[index]?.index ?? 0) <= link.from.index);
    for (let next = instructions[at]; next && next.index < limit; next = instructions[++at]) {
      if (next.instruction.name === 'from') {
        break;
      }
      if (STATEFUL.has(next.instruction.name)) {
        apply(draft, next, (name) => globals.get(name));
      }
    }
  }
  return stateOf(draft);
}

function stateOf({ directory, ...rest }: Draft): State {
  return { ...rest, workdir: directory && pathOf(directory) };
}

function apply(draft: Draft, placed: Placed, globals: (name: string) => Value | undefined): void {
  const { instruction } = placed;
  const line = logicalOf(instruction).text;
  const command = commandOf(instruction);
  const text = (): string | undefined => expand(line, command.args, instruction.escape, lookupIn(draft)).text;
  switch (instruction.name) {
    case 'arg':
      argValues(placed, draft, 'arg', globals);
      break;
    case 'env': {
      // All values of one ENV are made from what held before it.
      const made = properties(line, command.args, instruction.escape, true).map(({ key, value }): Value => {
        const expansion = value ? expand(line, value, instruction.escape, lookupIn(draft)) : { text: '', names: [] };
        const from = expansion.names.flatMap((used) => draft.values.get(used) ?? []);
        const name = line.slice(key.start, key.end);
        return { name, text: expansion.text, origin: 'env', placed, nameSpan: key, from };
      });
      for (const value of made) {
        draft.values.set(value.name, value);
      }
      break;
    }
    case 'workdir':
      draft.directory = step(draft.directory, text());
      draft.workdirPlaced = placed;
      break;
    case 'user':
      draft.user = text();
      draft.userPlaced = placed;
      break;
    default:
      draft.shell = command.json?.items.map((item) => item.value) ?? draft.shell;
  }
}

function emptyDraft(open: boolean): Draft {
  return {
    values: new Map(),
    directory: undefined,
    workdirPlaced: undefined,
    user: undefined,
    userPlaced: undefined,
    shell: undefined,
    open,
  };
}
