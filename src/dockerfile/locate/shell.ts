// Finds the words of a shell command line that the notes have a lesson for: programs where a command begins,
// a trailing `&`, a download that is piped into a shell, `set -e`.
import { own, SHELL_WORDS } from '../catalog.ts';
import {
  BACKSLASH,
  DOLLAR,
  DOUBLE_QUOTE,
  HASH,
  isSpace,
  NEWLINE,
  SINGLE_QUOTE,
  signTable,
  skipPlain,
} from '../syntax/chars.ts';
import { commandOf, effectiveCommand } from '../syntax/command.ts';
import type { JsonArray } from '../syntax/json.ts';
import { logicalOf } from '../syntax/logical.ts';
import { memo } from '../syntax/memo.ts';
import type { Heredoc, Instruction, Span } from '../syntax/nodes.ts';
import { type Found, holds, PLAIN } from './subject.ts';

/** A word with a lesson; `key` is the note's key after `shell.`. */
interface Lesson {
  readonly key: string;
  readonly span: Span;
}

/** The lesson at an offset of a shell form's logical line. */
export function findInShellForm(instruction: Instruction, at: number): Found | undefined {
  return pick(lessonsOf(instruction), at);
}

/** The lesson at an offset of a heredoc that a shell runs; the span and the offset are within the instruction's text. */
export function findInScript(instruction: Instruction, heredoc: Heredoc, at: number): Found | undefined {
  return pick(scriptLessonsOf(instruction)[instruction.heredocs.indexOf(heredoc)] ?? [], at);
}

/** The lesson at an offset of an exec form: its program, or the command line that it gives to a shell. */
export function findInExecForm(line: string, json: JsonArray, at: number): Found | undefined {
  const index = json.items.findIndex((item) => holds(item, at));
  const item = json.items[index];
  if (!item) {
    return undefined;
  }
  const inside = { start: item.start + 1, end: item.end - 1 };
  const before = json.items[index - 1]?.value;
  if (index > 0 && before !== undefined && /^-\w*c$/.test(before)) {
    return pick(readLessons(line, inside), at);
  }
  const isProgram = index === 0 || before === '--' || before === 'exec';
  const key = isProgram ? lessonFor(item.value) : undefined;
  return key && holds(inside, at) ? { key: `shell.${key}`, span: inside, subject: PLAIN } : undefined;
}

const lessonsOf: (instruction: Instruction) => readonly Lesson[] = memo((instruction) =>
  readLessons(logicalOf(instruction).text, effectiveCommand(commandOf(instruction)).args),
);

const scriptLessonsOf: (instruction: Instruction) => readonly (readonly Lesson[])[] = memo((instruction) =>
  instruction.heredocs.map(({ body }) => readLessons(instruction.text, body)),
);

function pick(lessons: readonly Lesson[], at: number): Found | undefined {
  const lesson = lessons.find(({ span }) => holds(span, at));
  return lesson && { key: `shell.${lesson.key}`, span: lesson.span, subject: PLAIN };
}

function lessonFor(word: string): string | undefined {
  const name = word === '.' ? word : word.slice(word.lastIndexOf('/') + 1);
  return own(SHELL_WORDS, name);
}

/** Words after which the next word is a command too. */
const PREFIXES = new Set([
  ...['!', '{', 'if', 'then', 'else', 'elif', 'do', 'while', 'until', 'time'],
  ...['exec', 'sudo', 'nohup', 'env', 'command', 'xargs', 'nice', 'tini', 'dumb-init'],
]);
/** All that ends a word or changes how it is read. */
const SIGNS = signTable(';&|()<>`"\'\\$');
const WORD_ENDS = signTable(';&|()<>`');

const AMPERSAND = 38;
const OPEN = 40;
const CLOSE = 41;
const SEMICOLON = 59;
const LESS = 60;
const GREATER = 62;
const BACKQUOTE = 96;
const PIPE = 124;

const DOWNLOADS = new Set(['curl', 'wget']);
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'python', 'python3', 'perl', 'ruby', 'node']);

/** Where the reader stands among commands and pipes. */
interface Progress {
  /** The next word begins a command. */
  commandNext: boolean;
  /** A prefix such as `sudo` came before, whose own options are to be passed over. */
  afterPrefix: boolean;
  /** The next word belongs to a redirection. */
  redirected: boolean;
  /** The pipeline so far downloads something. */
  downloads: boolean;
  /** Where the last `|` stands, or -1. */
  pipe: number;
  /** Where a `set` stands whose options are to come, or -1. */
  set: number;
}

function readLessons(text: string, span: Span): Lesson[] {
  const reader = new ScriptReader(text, span);
  while (reader.at < span.end) {
    reader.step();
  }
  return reader.lessons;
}

/** Reads a script token by token; what is nested is on a stack of its own. */
class ScriptReader {
  at: number;
  readonly lessons: Lesson[] = [];
  private readonly text: string;
  private readonly end: number;
  private readonly progress: Progress = {
    commandNext: true,
    afterPrefix: false,
    redirected: false,
    downloads: false,
    pipe: -1,
    set: -1,
  };
  /** For each open `$(` or `(`, whether it stands within double quotes. */
  private readonly open: boolean[] = [];
  private inDouble = false;

  constructor(text: string, { start, end }: Span) {
    this.text = text;
    this.at = start;
    this.end = end;
  }

  step(): void {
    const { text, progress } = this;
    const code = text.charCodeAt(this.at);
    const next = text.charCodeAt(this.at + 1);
    if (code === DOLLAR && next === OPEN) {
      this.descend(2);
    } else if (this.inDouble) {
      this.readWord();
      progress.commandNext = false;
    } else if (code === NEWLINE || code === SEMICOLON) {
      this.begin(1);
    } else if (isSpace(code)) {
      this.at++;
    } else if (code === HASH) {
      const newline = text.indexOf('\n', this.at);
      this.at = newline < 0 ? this.end : newline;
    } else if (code === AMPERSAND) {
      this.ampersand(next);
    } else if (code === PIPE) {
      const { downloads } = progress;
      const pipe = this.at;
      this.begin(next === PIPE || next === AMPERSAND ? 2 : 1);
      if (next !== PIPE) {
        progress.downloads = downloads;
        progress.pipe = pipe;
      }
    } else if (code === OPEN) {
      this.descend(1);
    } else if (code === BACKQUOTE) {
      this.begin(1);
    } else if (code === CLOSE) {
      this.inDouble = this.open.pop() ?? false;
      progress.commandNext = false;
      this.at++;
    } else if (code === GREATER || code === LESS) {
      progress.redirected = true;
      this.at++;
    } else {
      const start = this.at;
      this.readWord();
      this.at = Math.min(Math.max(this.at, start + 1), this.end);
      takeWord(text, { start, end: this.at }, progress, this.lessons);
    }
  }

  /** Passes an operator over, behind which a command begins. */
  private begin(length: number): void {
    const { progress } = this;
    progress.commandNext = true;
    progress.afterPrefix = false;
    progress.redirected = false;
    progress.downloads = false;
    progress.pipe = -1;
    progress.set = -1;
    this.at += length;
  }

  private descend(length: number): void {
    this.open.push(this.inDouble);
    this.inDouble = false;
    this.begin(length);
  }

  private ampersand(next: number): void {
    const before = this.text.charCodeAt(this.at - 1);
    if (next === GREATER || before === GREATER || before === LESS) {
      this.at++;
      return;
    }
    if (next !== AMPERSAND) {
      this.lessons.push({ key: 'background', span: { start: this.at, end: this.at + 1 } });
    }
    this.begin(next === AMPERSAND ? 2 : 1);
  }

  /** Reads the rest of a word, up to white space, an operator or a `$(`. */
  private readWord(): void {
    const { text, end } = this;
    while (this.at < end) {
      const code = text.charCodeAt(this.at);
      if (code === DOLLAR && text.charCodeAt(this.at + 1) === OPEN) {
        return;
      }
      if (code === BACKSLASH) {
        this.at += 2;
      } else if (code === DOUBLE_QUOTE) {
        this.inDouble = !this.inDouble;
        this.at++;
      } else if (this.inDouble) {
        this.at = skipPlain(text, this.at + 1, end, SIGNS);
      } else if (WORD_ENDS[code] === 1 || isSpace(code)) {
        return;
      } else if (code === SINGLE_QUOTE) {
        const close = text.indexOf("'", this.at + 1);
        this.at = close < 0 || close >= end ? end : close + 1;
      } else {
        this.at = skipPlain(text, this.at + 1, end, SIGNS);
      }
    }
  }
}

/** Decides what a word is, and notes its lesson. */
function takeWord(text: string, span: Span, progress: Progress, lessons: Lesson[]): void {
  if (progress.redirected) {
    progress.redirected = false;
    return;
  }
  if (!progress.commandNext && progress.set < 0) {
    return;
  }
  const written = text.slice(span.start, Math.min(span.end, span.start + 200));
  const word = written.includes('"') || written.includes("'") ? written.replace(/["']/g, '') : written;
  if (!progress.commandNext) {
    if (progress.set >= 0 && /^-\w*[eo]/.test(word)) {
      lessons.push({ key: 'set-e', span: { start: progress.set, end: span.end } });
    }
    progress.set = -1;
    return;
  }
  const assigns = word.includes('=') && /^[A-Za-z_]\w*\+?=/.test(word);
  if (assigns || (progress.afterPrefix && word.startsWith('-')) || /^\d+$/.test(word)) {
    return;
  }
  const key = lessonFor(word);
  if (key) {
    lessons.push({ key, span });
  }
  const name = word.slice(word.lastIndexOf('/') + 1);
  progress.downloads ||= DOWNLOADS.has(name);
  if (progress.downloads && progress.pipe >= 0 && SHELLS.has(name)) {
    lessons.push({ key: 'curl-pipe-sh', span: { start: progress.pipe, end: span.end } });
  }
  progress.set = word === 'set' ? span.start : -1;
  progress.afterPrefix = PREFIXES.has(word);
  progress.commandNext = progress.afterPrefix;
}
