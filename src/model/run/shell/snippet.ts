// What stands around a command in a README: fences, prompts, comments, continuation lines, and the shell that it was made for.

export type Dialect = 'posix' | 'powershell' | 'cmd';

/** Takes off Markdown's fence or backquotes, comments in front, and the prompt; tells the dialect. */
export function prepareLine(line: string): { text: string; dialect: Dialect } {
  let text = line
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*(?:```|~~~)[^\n]*\n/, '')
    .replace(/\n[ \t]*(?:```|~~~)\s*$/, '')
    .trim()
    .replace(/^`([^`\n]+)`$/, '$1');
  // A line of its own that begins with # is a comment, unless # is root's prompt.
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !/^\s*#(?!\s*(?:sudo|docker|podman)\b)/.test(line)) {
      break;
    }
    start += line.length + 1;
  }
  text = text.slice(start).trimStart();
  const [prompt = '', shell = ''] =
    /^(?:(PS )?[A-Za-z]:\\[^>\n]*>|(?:\[?[\w.-]+@[\w.-][^\n$#]*)?[$#%>❯➜])\s*/.exec(text) ?? [];
  text = text.slice(prompt.length);
  return { text, dialect: dialectOf(text, prompt, shell) };
}

function dialectOf(command: string, prompt: string, shell: string): Dialect {
  // What a POSIX shell takes from single quotes as it is says nothing of the shell.
  const text = command.replace(/\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"/g, (part) =>
    part.startsWith("'") ? "''" : part,
  );
  if (/\\[ \t]*\n/.test(text)) {
    return 'posix';
  }
  if (/(?:^|\s)`[ \t]*\n/.test(text) || shell) {
    return 'powershell';
  }
  if (/\^[ \t]*\n/.test(text) || /^[A-Za-z]:/.test(prompt) || /%cd%/i.test(text)) {
    return 'cmd';
  }
  // A POSIX shell would take the backslashes out of such a path, which nobody means.
  return /(?:^|[\s=])[A-Za-z]:\\\w/.test(text) ? 'powershell' : 'posix';
}

/** The continuation at the start of the text, which begins with the escape character. */
export function continuationAt(rest: string): { length: number; blank: boolean } | undefined {
  const [whole] = /^.(?:[ \t]*\n|[ \t]+#[^\n]*(?:\n|$)|[ \t]*$)(?:[ \t]*>[ \t]+)?/.exec(rest) ?? [];
  return whole === undefined ? undefined : { length: whole.length, blank: /^.[ \t]/.test(whole) };
}

/** Whether nothing but blanks stands before a place in its line. */
export function startsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charAt(before) === ' ' || text.charAt(before) === '\t') {
    before -= 1;
  }
  return before < 0 || text.charAt(before) === '\n';
}

/** The first line that holds more than a comment, without the blanks around it; empty where there is none. */
export function withoutComments(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
}
