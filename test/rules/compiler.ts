// Reads the sources as the TypeScript compiler does, for rules about what imports what and what is called with what.
import { join } from 'node:path';
import { after } from 'mocha';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Symbol as Known, type Program } from 'typescript/unstable/sync';
import { root } from './files.ts';

/** The three kinds of code: `tsconfig.<kind>.json` says what each knows of the place where it runs. */
export type Kind = 'pure' | 'pages' | 'node';

export interface Sources {
  /** Of all code but the pages. */
  checker: Checker;
  /** Files of `src`, by their path from the root. */
  files: ReadonlyMap<string, SourceFile>;
  programs: Readonly<Record<Kind, Program>>;
}

let api: API | undefined;
let sources: Sources | undefined;

// Ends the compiler's process.
after(() => api?.close());

/** Loads the project at the first call, which takes about a second; all rules share it. Throws where a program is missing. */
export function readSources(): Sources {
  sources ??= load();
  return sources;
}

function load(): Sources {
  api = new API({ cwd: root });
  const config = (kind: Kind) => join(root, `tsconfig.${kind}.json`);
  const projects = api.updateSnapshot({ openProjects: [config('pure'), config('pages'), config('node')] });
  const project = (kind: Kind) => {
    const found = projects.getProject(config(kind));
    if (!found) {
      throw new Error(`${config(kind)} was not read`);
    }
    return found;
  };
  const node = project('node');
  const programs = { pure: project('pure').program, pages: project('pages').program, node: node.program };
  const files = new Map<string, SourceFile>();
  for (const program of [programs.node, programs.pages]) {
    for (const [name, path] of ownFiles(program)) {
      const file = files.has(name) ? undefined : program.getSourceFile(path);
      if (file) {
        files.set(name, file);
      }
    }
  }
  return { checker: node.checker, files, programs };
}

/** The files of `src` in a program, by their path from the root, each with its full path. */
function ownFiles(program: Program): [string, string][] {
  const folder = `${root.replaceAll('\\', '/')}/src/`;
  return program
    .getSourceFileNames()
    .filter((path) => path.startsWith(folder))
    .map((path) => [`src/${path.slice(folder.length)}`, path]);
}

/** The names in a file of `src` that its kind of code does not know, each as often as it stands there. */
export function unknownNames(program: Program, file: string): string[] {
  return program
    .getSemanticDiagnostics(join(root, file))
    .map(({ text }) => /^Cannot find name '([^']+)'/.exec(text)?.[1])
    .filter((name) => name !== undefined);
}

/** Calls back for the node and everything below it. */
export function visit(node: Node, each: (node: Node) => void): void {
  each(node);
  node.forEachChild((child) => visit(child, each));
}

/** `src/a.ts:12`, for the report of a breach. */
export function placeOf(path: string, file: SourceFile, node: Node): string {
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}

/** Whether VS Code's own declarations have it. */
export function isOfVscode(symbol: Known | undefined): boolean {
  return symbol?.declarations.some(({ path }) => path.includes('/@types/vscode/')) ?? false;
}

/** What the place that an object is written for declares of one of the object's members. */
export function memberMeant(checker: Checker, node: Node): Known | undefined {
  if (!isPropertyAssignment(node) && !isShorthandPropertyAssignment(node)) {
    return undefined;
  }
  const type = isObjectLiteralExpression(node.parent) ? checker.getContextualType(node.parent) : undefined;
  const whole = type && (checker.getNonNullableType(type) ?? type);
  return whole && 'text' in node.name ? checker.getPropertyOfType(whole, node.name.text) : undefined;
}
