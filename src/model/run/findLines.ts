// Where `docker run` lines stand in a document: in the fenced blocks of Markdown, and anywhere in a shell file.

export interface FoundLine {
  /** Index of its first line in the document. */
  line: number;
  /** With its continuation lines, as they stand there. */
  text: string;
}

/** Characters of a file that is looked through, of a line that may begin a command, and of a whole command. */
const maxLengths = { file: 2_000_000, line: 2_000, command: 20_000 };
/** More commands than anybody reads in one file. */
const maxFound = 1_000;
/** Characters that are looked through at a time. */
const sliceLength = 50_000;

/**
 * Finds the run lines of a text; `markdown` tells that only its fenced blocks count. Each step gives what was found in the
 * next slice of the text, so that others can work in between. What a line costs grows with its length alone.
 */
export function* findRunLines(text: string, markdown: boolean): Generator<FoundLine[]> {
  if (text.length > maxLengths.file || !/docker|podman/.test(text)) {
    return;
  }
  let found: FoundLine[] = [];
  let total = 0;
  let fence: string | undefined;
  let sliceEnd = sliceLength;
  for (let at = 0, number = 0; at <= text.length && total < maxFound; number += 1) {
    if (at > sliceEnd) {
      yield found;
      found = [];
      sliceEnd = at + sliceLength;
    }
    const start = at;
    const end = endOfLine(text, at);
    at = end + 1;
    if (end - start > maxLengths.line) {
      continue;
    }
    const line = lineIn(text, start, end);
    if (markdown) {
      const [, mark, info = ''] = /^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})\s*(\S*)/.exec(line) ?? [];
      if (mark !== undefined && (fence === undefined || (mark.startsWith(fence) && info === ''))) {
        fence = fence === undefined ? mark : undefined;
        continue;
      }
      if (fence === undefined) {
        continue;
      }
    }
    // A comment of a shell looks like the prompt of root; there, only what a person would run counts.
    if (!isRunLine(line) || (!markdown && line.trimStart().startsWith('#'))) {
      continue;
    }
    const first = number;
    let last = end;
    for (let before = line; last < text.length && last - start <= maxLengths.command; number += 1) {
      const next = lineIn(text, last + 1, endOfLine(text, last + 1));
      if (!goesOn(before) || /^\s*(?:`{3,}|~{3,})/.test(next)) {
        break;
      }
      before = next;
      last = endOfLine(text, last + 1);
    }
    at = last + 1;
    if (last - start <= maxLengths.command) {
      found.push({ line: first, text: text.slice(start, last).replace(/\r$/gm, '') });
      total += 1;
    }
  }
  yield found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function lineIn(text: string, start: number, end: number): string {
  return text.slice(start, text.charAt(end - 1) === '\r' ? end - 1 : end);
}

/** Prompts of POSIX shells, PowerShell and cmd.exe. */
const prompt = /^(?:(?:PS )?[A-Za-z]:\\[^>]*>|[$#%>❯]\s|\[?[\w.-]+@[\w.-][^$#]*[$#]\s)/;

function isRunLine(line: string): boolean {
  if (!/docker|podman/.test(line)) {
    return false;
  }
  const text = line.trim();
  return startsRun(text) || startsRun(text.replace(prompt, '').trimStart());
}

/** Variables, `sudo`, the program, its own flags, `container`, and at last `run` or `create`. */
function startsRun(text: string): boolean {
  const words = text.split(/\s+/);
  let at = 0;
  const skip = (pattern: RegExp) => {
    while (pattern.test(words[at] ?? '')) {
      at += 1;
    }
  };
  skip(/^[A-Za-z_]\w*=/);
  if (words[at] === 'sudo') {
    at += 1;
    skip(/^-[AEHknPS]+$/);
  }
  if (!/(?:^|[\\/])(?:docker|podman)(?:\.exe)?$/.test(words[at] ?? '')) {
    return false;
  }
  at += 1;
  skip(/^-./);
  if (words[at] === 'container') {
    at += 1;
  }
  return words[at] === 'run' || words[at] === 'create';
}

/** Whether a line goes on in the next one, for POSIX shells, PowerShell and cmd.exe; a comment may stand behind its sign. */
function goesOn(line: string): boolean {
  return /(?:\\|\s`|\^)[ \t]*(?:#|$)/.test(line);
}
