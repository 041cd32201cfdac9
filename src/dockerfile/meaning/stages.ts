// The build stages of a Dockerfile: their numbers and names, what each is built from, and who uses it.

import { type Dockerfile, instructionsOf, type Placed } from '../document.ts';
import { commandOf, effectiveCommand } from '../syntax/command.ts';
import { readOptions } from '../syntax/flags.ts';
import { logicalOf } from '../syntax/logical.ts';
import { memo } from '../syntax/memo.ts';
import type { Span } from '../syntax/nodes.ts';
import { partitionPoint } from '../syntax/partitionPoint.ts';
import { blankWords } from '../syntax/words.ts';
import { expand } from './expand.ts';
import { globalValues } from './values.ts';

export interface Stage {
  /** Counted from 0. */
  readonly number: number;
  /** As written. */
  readonly name?: string;
  /** The name in the logical line of its FROM. */
  readonly nameSpan?: Span;
  readonly from: Placed;
  /** What it is built from, as written, and where that stands in the logical line. */
  readonly base?: { readonly text: string; readonly span: Span };
  /** The base with its variables filled in, as far as the file tells. */
  readonly resolvedBase?: string;
  /** The stage that the base names; absent where the base is an image. */
  readonly parent?: Stage;
}

/** How another instruction uses a stage. */
export interface StageUse {
  readonly how: 'from' | 'copy' | 'mount';
  readonly placed: Placed;
}

/** The stages in order. */
export const stagesOf: (document: Dockerfile) => readonly Stage[] = memo((document) => {
  const stages: Stage[] = [];
  const byName = new Map<string, Stage>();
  const globals = globalValues(document);
  for (const placed of instructionsOf(document)) {
    if (placed.instruction.name !== 'from') {
      continue;
    }
    const line = logicalOf(placed.instruction).text;
    const [image, as, name] = blankWords(line, commandOf(placed.instruction).args);
    const text = image && line.slice(image.start, image.end);
    const resolved =
      image && text?.includes('$')
        ? expand(line, image, placed.instruction.escape, (wanted) => globals(wanted, placed.index)).text
        : text?.replace(/["']/g, '');
    const parent = resolved === undefined ? undefined : byName.get(resolved.toLowerCase());
    const named = as && name && line.slice(as.start, as.end).toLowerCase() === 'as';
    const stage: Stage = {
      number: stages.length,
      from: placed,
      ...(named && { name: line.slice(name.start, name.end), nameSpan: name }),
      ...(image && text !== undefined && { base: { text, span: image } }),
      ...(resolved !== undefined && { resolvedBase: resolved }),
      ...(parent && { parent }),
    };
    stages.push(stage);
    if (stage.name) {
      byName.set(stage.name.toLowerCase(), stage);
    }
  }
  return stages;
});

/** The stage that a node belongs to; undefined before the first FROM. */
export function stageAt(document: Dockerfile, nodeIndex: number): Stage | undefined {
  return lastBefore(stagesOf(document), (stage) => stage.from.index <= nodeIndex);
}

/** The stages of each name in lower case, in order. */
const stagesByName: (document: Dockerfile) => ReadonlyMap<string, readonly Stage[]> = memo((document) => {
  const byName = new Map<string, Stage[]>();
  for (const stage of stagesOf(document)) {
    const name = stage.name?.toLowerCase();
    if (name !== undefined) {
      const same = byName.get(name);
      if (same) {
        same.push(stage);
      } else {
        byName.set(name, [stage]);
      }
    }
  }
  return byName;
});

/** The stage that a name or number means to an instruction of stage `within`: one that stands before it. */
export function findStage(document: Dockerfile, reference: string, within: Stage | undefined): Stage | undefined {
  const limit = within?.number ?? 0;
  const named = lastBefore(stagesByName(document).get(reference.toLowerCase()) ?? [], (stage) => stage.number < limit);
  const number = /^\d{1,9}$/.test(reference) ? Number(reference) : limit;
  return named ?? (number < limit ? stagesOf(document)[number] : undefined);
}

/** The stage, what it is built from, and so on down to the one that is built from an image. */
export function baseChain(stage: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at; at = at.parent) {
    chain.push(at);
  }
  return chain;
}

/** The instructions after a stage that are built from it, copy from it or mount it. */
export function usesOf(document: Dockerfile, stage: Stage): StageUse[] {
  const uses: StageUse[] = [];
  for (const other of stagesOf(document)) {
    if (other.parent === stage) {
      uses.push({ how: 'from', placed: other.from });
    }
  }
  for (const placed of instructionsOf(document)) {
    if (placed.index <= stage.from.index) {
      continue;
    }
    const how = fileUse(document, placed, stage);
    if (how) {
      uses.push({ how, placed });
    }
  }
  return uses.sort((a, b) => a.placed.index - b.placed.index);
}

/** Instructions that can take files from another stage. */
const MAY_USE = new Set(['copy', 'run', 'onbuild']);

function fileUse(document: Dockerfile, placed: Placed, stage: Stage): 'copy' | 'mount' | undefined {
  if (!MAY_USE.has(placed.instruction.name) || !placed.instruction.text.includes('from=')) {
    return undefined;
  }
  const { name, flags } = effectiveCommand(commandOf(placed.instruction));
  if (flags.length === 0 || (name !== 'copy' && name !== 'run')) {
    return undefined;
  }
  const within = stageAt(document, placed.index);
  const means = (reference: string | undefined): boolean =>
    reference !== undefined && findStage(document, reference, within) === stage;
  if (name === 'copy') {
    return flags.some((flag) => flag.name === 'from' && means(flag.value)) ? 'copy' : undefined;
  }
  const line = logicalOf(placed.instruction).text;
  const mounted = flags.some(
    (flag) =>
      flag.name === 'mount' &&
      flag.valueSpan !== undefined &&
      readOptions(line, flag.valueSpan).some((option) => option.key === 'from' && means(option.value)),
  );
  return mounted ? 'mount' : undefined;
}

/** The last stage of a list in order for which something holds that holds for all before it. */
function lastBefore(stages: readonly Stage[], holds: (stage: Stage) => boolean): Stage | undefined {
  const next = partitionPoint(stages.length, (index) => {
    const stage = stages[index];
    return stage !== undefined && holds(stage);
  });
  return stages[next - 1];
}
