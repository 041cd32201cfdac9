// Where `docker run` lines stand in a document: in the fenced blocks of Markdown, and anywhere in a shell file.

export interface FoundLine {
  /** Index of its first line in the document. */
  line: number;
  /** With its continuation lines, as they stand there. */
  text: string;
}

/** Files longer than this are not looked through. */
const largest = 2_000_000;

const command =
  /^\s*(?:(?:PS )?[A-Za-z]:\\[^>\n]*>|[$#%>❯]\s|\[?[\w.-]+@[\w.-]+[^\n$#]*[$#]\s)?\s*(?:[A-Za-z_]\w*=\S*\s+)*(?:sudo\s+(?:-[AEHknPS]+\s+)*)?(?:\S*[\\/])?(?:docker|podman)(?:\.exe)?\s+(?:-\S+\s+)*(?:container\s+)?(?:run|create)(?:\s|$)/;

/** The run lines of a text; `markdown` tells that only its fenced blocks count. */
export function findRunLines(text: string, markdown: boolean): FoundLine[] {
  if (text.length > largest) {
    return [];
  }
  const lines = text.split(/\r?\n/);
  const found: FoundLine[] = [];
  let fence: string | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
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
    if (!command.test(line) || (!markdown && /^\s*#/.test(line))) {
      continue;
    }
    const start = index;
    while (index + 1 < lines.length && continues(lines[index] ?? '', lines[index + 1] ?? '')) {
      index += 1;
    }
    found.push({ line: start, text: lines.slice(start, index + 1).join('\n') });
  }
  return found;
}

/** Whether a line goes on in the next one, for POSIX shells, PowerShell and cmd.exe; a closing fence ends everything. */
function continues(line: string, next: string): boolean {
  return /(?:\\|\s`|\^)[ \t]*(?:#.*)?$/.test(line) && !/^\s*(?:`{3,}|~{3,})/.test(next);
}
