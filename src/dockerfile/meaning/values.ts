// The values that ARG gives, the global ones among them, and the lookups that they make possible.
import { AUTOMATIC_ARGS } from '../catalog.ts';
import { type Dockerfile, instructionsOf, type Placed } from '../document.ts';
import { commandOf } from '../syntax/command.ts';
import { logicalOf } from '../syntax/logical.ts';
import { memo } from '../syntax/memo.ts';
import type { Span } from '../syntax/nodes.ts';
import { properties } from '../syntax/words.ts';
import { expand, type Lookup } from './expand.ts';

/** A value at some place, and the values that it was made from. */
export interface Value {
  readonly name: string;
  /** Undefined when the file does not tell. */
  readonly text: string | undefined;
  readonly origin:
    | 'global-arg' // ARG before the first FROM
    | 'arg' // ARG in a stage
    | 'env'
    | 'image' // the environment of the base image
    | 'automatic'; // set by the builder
  /** The instruction that set it, and the name within its logical line. */
  readonly placed?: Placed;
  readonly nameSpan?: Span;
  /** What was looked up to make it, and for a repeated ARG the global one. */
  readonly from: readonly Value[];
}

/** Values by name; `open` when a name that is not among them may be set by a base image that is not known. */
export interface Values {
  readonly values: Map<string, Value>;
  readonly open: boolean;
}

const AUTOMATIC = new Set(AUTOMATIC_ARGS);

/** The ARGs before the first FROM, each with the node that it stands at. */
export const globalsOf: (document: Dockerfile) => readonly { index: number; value: Value }[] = memo((document) => {
  const draft: Values = { values: new Map(), open: false };
  const found: { index: number; value: Value }[] = [];
  for (const placed of instructionsOf(document)) {
    if (placed.instruction.name === 'from') {
      break;
    }
    if (placed.instruction.name === 'arg') {
      for (const value of argValues(placed, draft, 'global-arg', () => undefined)) {
        found.push({ index: placed.index, value });
      }
    }
  }
  return found;
});

/** Looks up what a FROM at node `index` sees: global ARGs above it and the automatic platform arguments. */
export function globalValues(document: Dockerfile): (name: string, index: number) => ReturnType<Lookup> {
  const last = new Map<string, { index: number; value: Value }[]>();
  for (const entry of globalsOf(document)) {
    const list = last.get(entry.value.name);
    if (list) {
      list.push(entry);
    } else {
      last.set(entry.value.name, [entry]);
    }
  }
  return (name, index) => {
    const value = last.get(name)?.findLast((entry) => entry.index < index)?.value;
    if (value) {
      return value.text === undefined ? 'unknown' : { text: value.text };
    }
    return AUTOMATIC.has(name) ? 'unknown' : undefined;
  };
}

/** The lookup that a state gives to `expand`. */
export function lookupIn(state: { values: ReadonlyMap<string, Value>; open: boolean }): Lookup {
  return (name) => {
    const value = state.values.get(name);
    if (value) {
      return value.text === undefined ? 'unknown' : { text: value.text };
    }
    return state.open ? 'unknown' : undefined;
  };
}

/** The values that an ARG gives, also put into the draft. `globals` looks up the ARGs before the first FROM. */
export function argValues(
  placed: Placed,
  draft: Values,
  origin: 'global-arg' | 'arg',
  globals: (name: string) => Value | undefined,
): Value[] {
  const { instruction } = placed;
  const line = logicalOf(instruction).text;
  return properties(line, commandOf(instruction).args, instruction.escape, false).map(({ key, value }) => {
    const name = line.slice(key.start, key.end);
    const common = { name, origin, placed, nameSpan: key } as const;
    let made: Value;
    if (value) {
      const { text, names } = expand(line, value, instruction.escape, lookupIn(draft));
      made = { ...common, text, from: names.flatMap((used) => draft.values.get(used) ?? []) };
    } else {
      const inherited = globals(name);
      const earlier = draft.values.get(name);
      const automatic: Value[] = AUTOMATIC.has(name) ? [{ name, text: undefined, origin: 'automatic', from: [] }] : [];
      // Without a default and without a global ARG it sets nothing: what held before goes on.
      const source = inherited ?? (automatic.length > 0 ? undefined : earlier);
      made = { ...common, text: source?.text, from: source ? [source] : automatic };
    }
    draft.values.set(name, made);
    return made;
  });
}
