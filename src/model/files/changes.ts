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
const mostNatural = 5_000;

/** Linux takes no longer one (PATH_MAX), and each of its steps is looked at. */
const longestPath = 4_096;

interface Step {
  path: string;
  kind?: ChangeKind;
  parent?: Step;
  children: Map<string, Step>;
}

/** The steps of an absolute path; undefined for what is none. */
function namesIn(path: string): string[] | undefined {
  const names = path.startsWith('/') && path.length <= longestPath ? path.slice(1).split('/') : [''];
  return names.every(isFileName) ? names : undefined;
}

/** Builds the tree in time linear to its paths; folders are sorted when they are asked for. */
export function changeTree(changes: readonly PathChange[]): ChangeTree {
  const root: Step = { path: '/', children: new Map() };
  const all: Step[] = [root];
  for (const { path, kind } of changes) {
    const step = stepAt(path);
    if (step && step !== root) {
      step.kind = kind;
    }
  }
  const counts = { added: 0, changed: 0, deleted: 0 };
  for (const { kind, children } of all) {
    if (kind && children.size === 0) {
      counts[kind]++;
    }
  }
  const sorted = new Map<string, ChangeNode[]>();

  /** Made where it is not there yet; undefined for what is no path of a file: it comes from outside. */
  function stepAt(path: string): Step | undefined {
    const names = namesIn(path);
    let step = root;
    let end = 0;
    for (const name of names ?? []) {
      end += name.length + 1;
      let child = step.children.get(name);
      if (!child) {
        child = { path: path.slice(0, end), parent: step, children: new Map() };
        step.children.set(name, child);
        all.push(child);
      }
      step = child;
    }
    return names && step;
  }

  function find(path: string): Step | undefined {
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

  /** The row of the folder that a step is in, past folders that are one row with what is in them. */
  function rowAbove({ parent }: Step): Step {
    let above = parent ?? root;
    while (above.parent && onlyFolder(above)) {
      above = above.parent;
    }
    return above;
  }

  function nodeOf(step: Step): ChangeNode {
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

  return {
    counts,
    below(path) {
      const step = find(path);
      const ready = sorted.get(path);
      if (ready || !step) {
        return ready ?? [];
      }
      const nodes = [...step.children.values()].map((child) => {
        let end = child;
        for (let next = onlyFolder(end); next; next = onlyFolder(end)) {
          end = next;
        }
        return nodeOf(end);
      });
      const order = nodes.length > mostNatural ? (a: string, b: string) => (a < b ? -1 : 1) : compareNames;
      nodes.sort((a, b) => Number(b.folder) - Number(a.folder) || order(a.label, b.label));
      sorted.set(path, nodes);
      return nodes;
    },
    at(path) {
      const step = path === '/' ? undefined : find(path);
      return step && nodeOf(step);
    },
    above(path) {
      const step = find(path);
      return step ? rowAbove(step).path : '/';
    },
  };
}
