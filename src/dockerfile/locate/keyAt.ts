// Finds what stands at an offset of a Dockerfile: position -> key, the first half of a hover.

import { CHECK_OPTIONS, CHECKS, INSTRUCTIONS } from '../catalog.ts';
import { type Dockerfile, nodeIndexAt, type Placed } from '../document.ts';
import { type Command, commandOf, effectiveCommand } from '../syntax/command.ts';
import { logicalOf, toLogical, toText } from '../syntax/logical.ts';
import type { Comment, Directive, Span } from '../syntax/nodes.ts';
import { findArgument } from './arguments.ts';
import { findFlag } from './flag.ts';
import { heredocUse } from './heredoc.ts';
import { findInScript } from './shell.ts';
import { type Found, holds, PLAIN, type Spot, type Subject } from './subject.ts';
import { findVariable, findVariableInBody } from './variable.ts';

/** What stands at an offset. */
export interface Target {
  /** The key of its note, one of `HOVER_KEYS`. */
  readonly key: string;
  /** Its extent in the document's text. */
  readonly span: Span;
  readonly subject: Subject;
  /** The instruction that it belongs to; absent for directives and comments. */
  readonly placed?: Placed;
}

const NAMES = new Set(INSTRUCTIONS);
const RULES = new Map(CHECKS.map((rule) => [rule.toLowerCase(), rule]));

/** What stands at an offset of the document; undefined where nothing is known: plain words, comments, blanks. */
export function keyAt(document: Dockerfile, offset: number): Target | undefined {
  const index = nodeIndexAt(document, offset);
  const node = document.nodes[index];
  const base = document.offsets[index] ?? 0;
  const at = offset - base;
  switch (node?.kind) {
    case 'directive':
      return shift(findInDirective(node, at), base);
    case 'comment':
      return shift(findInComment(document, node, index, at), base);
    case 'instruction':
      return findInInstruction(document, { index, instruction: node }, at, base);
    default:
      return undefined;
  }
}

/**
 * What a pointer or cursor between two characters is at: what begins there; else what ends there, which is what was just
 * typed; else what goes on there.
 */
export function pointedAt(document: Dockerfile, offset: number): Target | undefined {
  const here = keyAt(document, offset);
  if (here?.span.start === offset || offset === 0) {
    return here;
  }
  const before = keyAt(document, offset - 1);
  return before && (!here || before.span.end === offset) ? before : here;
}

function shift(found: Found | undefined, base: number): Target | undefined {
  return found && { ...found, span: { start: found.span.start + base, end: found.span.end + base } };
}

function findInDirective(node: Directive, at: number): Found | undefined {
  const key = `directive.${node.name}`;
  if (holds(node.nameSpan, at)) {
    return { key, span: node.nameSpan, subject: PLAIN };
  }
  if (!holds(node.valueSpan, at)) {
    return undefined;
  }
  return node.name === 'check'
    ? findCheck(node.text, node.valueSpan, at)
    : { key, span: node.valueSpan, subject: PLAIN };
}

/** `# check=…` directly above an instruction is for that instruction. */
function findInComment(document: Dockerfile, node: Comment, index: number, at: number): Found | undefined {
  const text = node.text.trimEnd();
  const match = /^(\s*#\s*)(check)(\s*=\s*)\S/i.exec(text);
  let next = index + 1;
  while (match && document.nodes[next]?.kind === 'comment') {
    next++;
  }
  if (!match || document.nodes[next]?.kind !== 'instruction') {
    return undefined;
  }
  const [, before = '', name = '', equals = ''] = match;
  const nameSpan = { start: before.length, end: before.length + name.length };
  if (holds(nameSpan, at)) {
    return { key: 'directive.check', span: nameSpan, subject: PLAIN };
  }
  const start = nameSpan.end + equals.length;
  return findCheck(text, { start, end: text.length }, at);
}

/** An option or a rule in the value of a check directive: `skip=RuleA,RuleB;error=true`. */
function findCheck(text: string, value: Span, at: number): Found | undefined {
  if (!holds(value, at)) {
    return undefined;
  }
  let start = value.start;
  while (start < value.end) {
    const semicolon = text.indexOf(';', start);
    const end = semicolon < 0 || semicolon > value.end ? value.end : semicolon;
    if (at <= end) {
      return findCheckOption(text, { start, end }, at);
    }
    start = end + 1;
  }
  return undefined;
}

function findCheckOption(text: string, span: Span, at: number): Found | undefined {
  const equals = text.indexOf('=', span.start);
  const nameEnd = equals < 0 || equals > span.end ? span.end : equals;
  const name = trimmed(text, { start: span.start, end: nameEnd });
  const option = text.slice(name.start, name.end).toLowerCase();
  if (!CHECK_OPTIONS.includes(option)) {
    return undefined;
  }
  const key = `check-option.${option}`;
  if (holds(name, at)) {
    return { key, span: name, subject: PLAIN };
  }
  let start = nameEnd + 1;
  while (start < span.end) {
    const comma = text.indexOf(',', start);
    const end = comma < 0 || comma > span.end ? span.end : comma;
    const word = trimmed(text, { start, end });
    if (holds(word, at)) {
      const value = text.slice(word.start, word.end).toLowerCase();
      if (option !== 'error' && RULES.has(value)) {
        return { key: `check.${value}`, span: word, subject: PLAIN };
      }
      const known = option === 'error' ? value === 'true' || value === 'false' : value === 'all';
      return known ? { key, span: word, subject: PLAIN } : undefined;
    }
    start = end + 1;
  }
  return undefined;
}

function findInInstruction(document: Dockerfile, placed: Placed, at: number, base: number): Target | undefined {
  const { instruction } = placed;
  const logical = logicalOf(instruction);
  const inLine = toLogical(logical, at);
  if (inLine === undefined) {
    const found = findInBody(placed, at);
    const target = shift(found, base);
    return target && { ...target, placed };
  }
  const spot = { document, placed, line: logical.text, at: inLine };
  const found = findInCommand(spot, commandOf(instruction));
  if (!found) {
    return undefined;
  }
  const span = toText(logical, found.span);
  return { ...found, span: { start: base + span.start, end: base + span.end }, placed };
}

function findInCommand(spot: Spot, command: Command): Found | undefined {
  const { at, line } = spot;
  if (command.trigger && at >= command.trigger.keyword.start) {
    let inner = command.trigger;
    while (inner.trigger && at >= inner.trigger.keyword.start) {
      inner = inner.trigger;
    }
    return findInCommand(spot, inner);
  }
  if (holds(command.keyword, at)) {
    if (!NAMES.has(command.name)) {
      return undefined;
    }
    return { key: `instruction.${command.name}`, span: command.keyword, subject: { kind: 'instruction', command } };
  }
  const heredoc = spot.placed.instruction.heredocs.find((one) => holds(one.marker, at));
  if (heredoc) {
    return { key: 'topic.heredoc', span: heredoc.marker, subject: { kind: 'heredoc', heredoc, command } };
  }
  if (command.subject && holds(command.subject, at)) {
    const word = line.slice(command.subject.start, command.subject.end).toUpperCase();
    const key = word === 'NONE' ? 'word.none' : word === 'CMD' ? 'word.healthcheck-cmd' : undefined;
    return key ? { key, span: command.subject, subject: PLAIN } : undefined;
  }
  return findVariable(spot, command) ?? findFlag(spot, command) ?? findArgument(spot, command);
}

/** Below the logical line: the body of a heredoc and the word that ends it. */
function findInBody(placed: Placed, at: number): Found | undefined {
  const { instruction } = placed;
  const heredoc = instruction.heredocs.find((one) => holds(one.body, at) || holds(one.terminator, at));
  if (!heredoc) {
    return undefined;
  }
  const command = effectiveCommand(commandOf(instruction));
  if (heredoc.terminator && holds(heredoc.terminator, at)) {
    return { key: 'topic.heredoc', span: heredoc.terminator, subject: { kind: 'heredoc', heredoc, command } };
  }
  return (
    findVariableInBody(instruction, heredoc, command, at) ??
    (heredocUse(instruction, command) === 'script' ? findInScript(instruction, heredoc, at) : undefined)
  );
}

function trimmed(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && text.charAt(start).trim() === '') {
    start++;
  }
  while (end > start && text.charAt(end - 1).trim() === '') {
    end--;
  }
  return { start, end };
}
