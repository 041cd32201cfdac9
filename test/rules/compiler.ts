// Reads the sources as the TypeScript compiler does, for rules about what is called with what.
import { join } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Symbol as Known } from 'typescript/unstable/sync';
import { root } from './files.ts';

export interface Sources {
  checker: Checker;
  /** Files of `src`, by their path from the root. */
  files: Map<string, SourceFile>;
  close(): void;
}

/** Loads the whole project: about a second. `close` ends the compiler's process. */
export function readSources(): Sources {
  const api = new API({ cwd: root });
  const project = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects()[0];
  if (!project) {
    throw new Error('tsconfig.json was not read');
  }
  const { program, checker } = project;
  const files = new Map<string, SourceFile>();
  const folder = `${root.replaceAll('\\', '/')}/src/`;
  for (const path of program.getSourceFileNames()) {
    const file = path.startsWith(folder) ? program.getSourceFile(path) : undefined;
    if (file) {
      files.set(`src/${path.slice(folder.length)}`, file);
    }
  }
  return { checker, files, close: () => api.close() };
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
