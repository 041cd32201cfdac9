// The files that a container changed, as a tree with its folders compacted; one comparison may have 100,000 paths.
import { compareNames } from '../arrange.ts';
import { isFileName } from './entry.ts';

export type ChangeKind = 'added' | 'changed' | 'deleted';

/** A path that differs from the image. */
export interface PathChange {
  path: string;
  kind: ChangeKind;
}

/** A row of the tree: a file, or a folder with changes in it. */
export interface ChangeNode {
  path: string;
  /** Path below the row that it stands under: several steps where folders with one folder in them are one row. */
  label: string;
  folder: boolean;
  /** Absent for a folder in which something changed, and that is else as in the image. */
  kind?: ChangeKind;
}

export interface ChangeTree {
  /** Files, and folders that are empty or themselves changed, by kind. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Folders first, then by name; `/` for the top. */
  below(path: string): ChangeNode[];
  at(path: string): ChangeNode | undefined;
  /** Path of the row that a row stands under; `/` for the top. */
  above(path: string): string;
}

/** With more rows than these in a folder, the order by number in names takes too long to find. */
const maxInNaturalOrder = 5_000;

/** Linux takes no longer one (PATH_MAX), and each of its steps is looked at. */
const maxPathLength = 4_096;

/** A file or folder in which something changed. */
interface Step {
  path: string;
  kind?: ChangeKind;
  /** Absent for the root. */
  parent?: Step;
  children: Map<string, Step>;
}

/** Builds the tree in time linear to its paths; folders are sorted when they are asked for. */
export function changeTree(changes: readonly PathChange[]): ChangeTree {
  const steps = stepsOf(changes);
  const [root] = steps;
  const sorted = new Map<string, ChangeNode[]>();
  return {
    counts: countsOf(steps),
    below(path) {
      const step = find(root, path);
      const nodes = sorted.get(path) ?? (step ? rowsIn(step) : []);
      if (step) {
        sorted.set(path, nodes);
      }
      return nodes;
    },
    at(path) {
      const step = path === '/' ? undefined : find(root, path);
      return step && rowOf(step);
    },
    above(path) {
      const step = find(root, path);
      return step ? rowAbove(step).path : '/';
    },
  };
}

/** All steps of all paths, the root first. What is no path of a file is left out: it comes from outside. */
function stepsOf(changes: readonly PathChange[]): [root: Step, ...Step[]] {
  const root: Step = { path: '/', children: new Map() };
  const all: [Step, ...Step[]] = [root];
  for (const { path, kind } of changes) {
    let step = root;
    let end = 0;
    for (const name of namesIn(path) ?? []) {
      end += name.length + 1;
      let child = step.children.get(name);
      if (!child) {
        child = { path: path.slice(0, end), parent: step, children: new Map() };
        step.children.set(name, child);
        all.push(child);
      }
      step = child;
    }
    if (step !== root) {
      step.kind = kind;
    }
  }
  return all;
}

/** The names in an absolute path; undefined for what is none. */
function namesIn(path: string): string[] | undefined {
  const names = path.startsWith('/') && path.length <= maxPathLength ? path.slice(1).split('/') : [''];
  return names.every(isFileName) ? names : undefined;
}

function countsOf(steps: readonly Step[]): Record<ChangeKind, number> {
  const counts = { added: 0, changed: 0, deleted: 0 };
  for (const { kind, children } of steps) {
    if (kind && children.size === 0) {
      counts[kind]++;
    }
  }
  return counts;
}

function find(root: Step, path: string): Step | undefined {
  let step: Step | undefined = root;
  for (const name of path === '/' ? [] : (namesIn(path) ?? [''])) {
    step = step?.children.get(name);
  }
  return step;
}

/** The only folder in a folder: both are one row. */
function onlyFolder({ children }: Step): Step | undefined {
  const [child] = children.size === 1 ? children.values() : [];
  return child && child.children.size > 0 ? child : undefined;
}

/** The row of the folder that a step is in, past folders that are one row with what is in them; the root is in itself. */
function rowAbove(step: Step): Step {
  let above = step.parent ?? step;
  while (above.parent && onlyFolder(above)) {
    above = above.parent;
  }
  return above;
}

/** The rows of a folder in their order. */
function rowsIn({ children }: Step): ChangeNode[] {
  const rows = [...children.values()].map((child) => {
    let end = child;
    for (let next = onlyFolder(end); next; next = onlyFolder(end)) {
      end = next;
    }
    return rowOf(end);
  });
  const order = rows.length > maxInNaturalOrder ? (a: string, b: string) => (a < b ? -1 : 1) : compareNames;
  return rows.sort((a, b) => Number(b.folder) - Number(a.folder) || order(a.label, b.label));
}

function rowOf(step: Step): ChangeNode {
  const above = rowAbove(step).path;
  const folder = step.children.size > 0;
  return {
    path: step.path,
    label: step.path.slice(above === '/' ? 1 : above.length + 1),
    folder,
    // A folder is listed as changed when something in it did; that says nothing more.
    ...(step.kind && !(folder && step.kind === 'changed') && { kind: step.kind }),
  };
}
