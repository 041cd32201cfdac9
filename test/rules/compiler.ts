// Reads the sources as the TypeScript compiler does, for rules about what imports what and what is called with what.
import { join } from 'node:path';
import { after } from 'mocha';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Symbol as Known } from 'typescript/unstable/sync';
import { root } from './files.ts';

export interface Sources {
  /** Of all code but the pages, which are another program. */
  checker: Checker;
  /** Files of `src`, by their path from the root. */
  files: ReadonlyMap<string, SourceFile>;
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
  const configs = ['tsconfig.node.json', 'tsconfig.pages.json'].map((name) => join(root, name));
  const projects = api.updateSnapshot({ openProjects: configs });
  const files = new Map<string, SourceFile>();
  const folder = `${root.replaceAll('\\', '/')}/src/`;
  const [node] = configs.map((config) => {
    const project = projects.getProject(config);
    if (!project) {
      throw new Error(`${config} was not read`);
    }
    for (const path of project.program.getSourceFileNames()) {
      const name = path.startsWith(folder) ? `src/${path.slice(folder.length)}` : undefined;
      const file = name && !files.has(name) ? project.program.getSourceFile(path) : undefined;
      if (name && file) {
        files.set(name, file);
      }
    }
    return project;
  });
  if (!node) {
    throw new Error('no program was read');
  }
  return { checker: node.checker, files };
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
