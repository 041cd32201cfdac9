// What the files of `src` import, as the compiler reads it: one reader for the rules about who may use whom.
import { posix } from 'node:path';
import type { Node } from 'typescript/unstable/ast';
import { SyntaxKind } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isStringLiteral,
} from 'typescript/unstable/ast/is';
import { readSources } from './compiler.ts';

export interface Import {
  /** The file that imports, from the root: `src/app.ts`. */
  from: string;
  /** Another file from the root, or a module as it is written: `node:fs`, `vscode`. */
  to: string;
  /**
   * `type`: gone when the code runs (`import type`, `typeof import()`). `later`: loaded by an `import()` once that is
   * reached. `load`: loaded together with the file, which also holds for `import { type A }`.
   */
  kind: 'type' | 'later' | 'load';
}

let imports: readonly Import[] | undefined;

/** All imports of all files of `src`, in the order of the files; the project is read at the first call. */
export function readImports(): readonly Import[] {
  imports ??= [...readSources().files].flatMap(([from, file]) =>
    file.imports.filter(isStringLiteral).map((specifier) => ({
      from,
      to: specifier.text.startsWith('.') ? posix.join(posix.dirname(from), specifier.text) : specifier.text,
      kind: kindOf(specifier.parent),
    })),
  );
  return imports;
}

function kindOf(statement: Node): Import['kind'] {
  if (isImportDeclaration(statement)) {
    return statement.importClause?.phaseModifier === SyntaxKind.TypeKeyword ? 'type' : 'load';
  }
  if (isExportDeclaration(statement)) {
    return statement.isTypeOnly ? 'type' : 'load';
  }
  return isCallExpression(statement) ? 'later' : 'type';
}
