// No text from outside becomes a link that acts. VS Code reads `[label](command:…)` in texts that it is given (messages,
// progress, prompts, entries of lists) and runs the command on a click, so each of them goes through `inert()`.
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type Expression, type Node, SyntaxKind } from 'typescript/unstable/ast';
import {
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import type { Checker } from 'typescript/unstable/sync';
import { isOfVscode, memberMeant, placeOf, readSources, type Sources, visit } from './compiler.ts';

/** Members of VS Code's interfaces that hold text to show, and functions that take it first. */
const members = new Set(
  'description detail label message name openLabel placeHolder placeholder prompt text title tooltip validationMessage'.split(
    ' ',
  ),
);
const functions =
  /^(show(Information|Warning|Error)Message|setStatusBarMessage|FileNotFound|FileExists|FileNotADirectory|FileIsADirectory|NoPermissions|Unavailable)$/;
/** Interfaces whose text VS Code shows as it is: tried in a real one, in `test/ui/links.test.ts`. */
const plainOnes = new Set(['TreeItem', 'TreeItemLabel', 'AccessibilityInformation', 'WebviewPanel']);

/** The commands that text may link to: all that somebody can do who gets a link of theirs into a hover. */
const linked = ['docknotes.openNote', 'docknotes.pullImage'];

const mend = 'wrap it in inert() of src/model/text.ts, outermost';

describe('text that VS Code shows', () => {
  let sources: Sources;
  before(function () {
    this.timeout(60_000);
    sources = readSources();
  });

  const breaches = (find: (node: Node, path: string) => string | undefined) =>
    [...sources.files].flatMap(([path, file]) => {
      const found: string[] = [];
      visit(file, (node) => {
        const breach = find(node, path);
        if (breach) {
          found.push(`${placeOf(path, file, node)}: ${breach}`);
        }
      });
      return found;
    });

  it('goes through inert(), or is a sentence of ours with nothing put into it', () => {
    let seen = 0;
    const found = breaches((node, path) => {
      const shown = path.startsWith('src/vscode/') || path === 'src/extension.ts' ? shownBy(sources, node) : undefined;
      seen += shown ? 1 : 0;
      return shown && !isInert(shown.text) ? `${shown.by} is given text that may hold a link: ${mend}` : undefined;
    });
    assert.deepEqual(found, []);
    assert.ok(seen > 40, `only ${seen} places were found: has the rule gone blind?`);
  });

  it('as Markdown is trusted with nothing but the commands that may be linked', () => {
    assert.deepEqual(
      breaches((node) => {
        const name =
          isPropertyAssignment(node) || isShorthandPropertyAssignment(node) ? node.name : assigned(node)?.name;
        const text = name && 'text' in name ? name.text : '';
        const value = isPropertyAssignment(node) ? node.initializer : assigned(node)?.value;
        switch (text) {
          case 'isTrusted':
            return value && commandsIn(value)?.every((command) => linked.includes(command))
              ? undefined
              : `isTrusted is { enabledCommands: ['docknotes.…'] }, with commands of the list in test/rules/shownText.test.ts`;
          case 'supportHtml':
          case 'supportThemeIcons':
          case 'enableCommandUris':
          case 'enableForms':
            return value?.kind === SyntaxKind.FalseKeyword
              ? undefined
              : `${text} stays off: text from outside is shown there`;
          default:
            return isNewExpression(node) &&
              lastName(node.expression) === 'MarkdownString' &&
              node.arguments?.length !== 1
              ? 'a MarkdownString is made of text alone: icons stay off'
              : undefined;
        }
      }),
      [],
    );
  });

  it('leads nowhere but to web pages: addresses are read and opened in src/vscode/pages/web.ts alone', () => {
    assert.deepEqual(
      breaches((node, path) => {
        const name = isCallExpression(node) ? node.expression.getText() : '';
        return path !== 'src/vscode/pages/web.ts' && /^(vscode\.)?(env\.openExternal|Uri\.parse)$/.test(name)
          ? 'use openWebPage() of src/vscode/pages/web.ts, which takes http and https only'
          : undefined;
      }),
      [],
    );
  });
});

/** The text that a node hands to VS Code to be shown, and by what. */
function shownBy({ checker }: Sources, node: Node): { text: Expression; by: string } | undefined {
  if (isCallExpression(node)) {
    const name = lastName(node.expression);
    const [text] = node.arguments;
    // A failure of a file system may be given an address instead, whose signs are written in percent.
    return text && functions.test(name) && !isAddress(checker, text) ? { text, by: name } : undefined;
  }
  const set = assigned(node);
  const name = set?.name ?? (isPropertyAssignment(node) || isShorthandPropertyAssignment(node) ? node.name : undefined);
  if (!name || !('text' in name) || !(members.has(name.text) || name.text === 'validateInput')) {
    return undefined;
  }
  const member = set ? checker.getSymbolAtLocation(set.name) : memberMeant(checker, node);
  const owner = member?.getParent()?.name ?? '';
  if (!isOfVscode(member) || plainOnes.has(owner)) {
    return undefined;
  }
  const text = set?.value ?? (isPropertyAssignment(node) ? node.initializer : (name as Expression));
  return { text, by: `${owner}.${name.text}` };
}

function isAddress(checker: Checker, value: Expression): boolean {
  return checker.getTypeAtLocation(value)?.getSymbol()?.name === 'Uri';
}

/** What `a.b = c` sets. */
function assigned(node: Node): { name: Node & { text: string }; value: Expression } | undefined {
  return isBinaryExpression(node) &&
    node.operatorToken.kind === SyntaxKind.EqualsToken &&
    isPropertyAccessExpression(node.left) &&
    isIdentifier(node.left.name)
    ? { name: node.left.name, value: node.right }
    : undefined;
}

/** Whether nothing that comes from outside can act in it. */
function isInert(text: Expression): boolean {
  if (isStringLiteral(text) || isNoSubstitutionTemplateLiteral(text)) {
    return true;
  }
  if (isIdentifier(text)) {
    return text.text === 'undefined';
  }
  if (isParenthesizedExpression(text)) {
    return isInert(text.expression);
  }
  if (isConditionalExpression(text)) {
    return isInert(text.whenTrue) && isInert(text.whenFalse);
  }
  if (isTemplateExpression(text)) {
    // Icons are ours: `$(${name}) ${inert(words)}`.
    return text.templateSpans.every(({ expression }, index) => {
      const before = index === 0 ? text.head.text : text.templateSpans[index - 1]?.literal.text;
      return before?.endsWith('$(') || isInert(expression);
    });
  }
  if (isArrowFunction(text)) {
    return !isBlock(text.body) && isInert(text.body);
  }
  if (isNewExpression(text)) {
    // Of Markdown, which has a rule of its own.
    return lastName(text.expression) === 'MarkdownString';
  }
  if (isCallExpression(text)) {
    const name = lastName(text.expression);
    const [first] = text.arguments;
    return (
      name === 'inert' || (name === 't' && text.arguments.length === 1 && first !== undefined && isStringLiteral(first))
    );
  }
  return false;
}

/** `name` of `a.b.name` and of `name`. */
function lastName(expression: Expression): string {
  return isPropertyAccessExpression(expression)
    ? expression.name.text
    : isIdentifier(expression)
      ? expression.text
      : '';
}

/** The commands of `{ enabledCommands: ['…'] }`; undefined for anything else. */
function commandsIn(value: Expression): string[] | undefined {
  const [, list] = /^\{\s*enabledCommands:\s*\[([^\]]*)\],?\s*\}$/.exec(value.getText()) ?? [];
  return list
    ?.split(',')
    .map((entry) => entry.trim().replace(/^'(.*)'$/, '$1'))
    .filter(Boolean);
}
