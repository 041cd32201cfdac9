// The bytes of a container's log cut into lines, each with its time and level.
import { hasControls, readStyles } from './ansi.ts';

/** Nothing, then from the worst to the least. */
export const levels = ['none', 'error', 'warning', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];

export interface LogLine {
  /** Which of the shown containers it is from. */
  source: number;
  /** When it was written, as the engine notes it: RFC 3339 with nanoseconds; empty when the engine does not say. */
  stamp: string;
  /** Plain text: no escapes, no control characters. */
  text: string;
  /** The text with its colours, where it has any. */
  colored?: string;
  level: Level;
  /** Characters that were cut off. */
  cut: number;
}

/** Characters of a line that are kept. Below the 16 KB at which engines break lines, so that no time stands inside. */
export const maxLineLength = 10_000;

const stampPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/;

export interface LogReader {
  push(data: Uint8Array, stream: 'stdout' | 'stderr'): void;
  /** The last line needs no line end. */
  end(): void;
}

/**
 * Cuts output that was asked for with timestamps into lines. A line of any length takes bounded memory: what is beyond
 * `maxLineLength` is only counted.
 */
export function createLogReader(source: number, onLine: (line: LogLine) => void): LogReader {
  // The streams are cut apart: each may stop in the middle of a line, or of a character.
  const streams = { stdout: createSplitter(finish), stderr: createSplitter(finish) };
  let level: Level = 'none';
  let open = '';

  function finish(raw: string, cut: number): void {
    const [whole = '', stamp = ''] = stampPattern.exec(raw) ?? [];
    const content = overwritten(raw.slice(whole.length));
    if (open === '' && !hasControls(content)) {
      onLine({ source, stamp, text: content, level: levelFor(content), cut });
      return;
    }
    const colored = open + content;
    const styled = readStyles(colored);
    // A style that is left open holds for the next line too, as in a terminal.
    open = styled.open;
    const { text } = styled;
    onLine({ source, stamp, text, level: levelFor(text), cut, ...(styled.runs.length > 0 && { colored }) });
  }

  /** A line that goes on from the one before, as in a stack trace, has its level. */
  function levelFor(text: string): Level {
    const own = levelOf(text);
    if (own !== 'none' || !/^(\s|at |Caused by|\.\.\. )/.test(text)) {
      level = own;
    }
    return level;
  }

  return {
    push: (data, stream) => streams[stream].push(data),
    end() {
      streams.stdout.end();
      streams.stderr.end();
    },
  };
}

/** What a terminal leaves on the screen of a line whose beginning is written over (a progress bar). */
function overwritten(line: string): string {
  const content = line.endsWith('\r') ? line.slice(0, -1) : line;
  return content.slice(content.lastIndexOf('\r') + 1);
}

function createSplitter(finish: (line: string, cut: number) => void): { push(data: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let line = '';
  let cut = 0;
  /** The stamp in front of the text does not count. */
  const limit = maxLineLength + 40;

  function keep(part: string): void {
    const room = Math.max(0, limit - line.length);
    line += part.slice(0, room);
    cut += Math.max(0, part.length - room);
  }

  return {
    push(data) {
      const decoded = decoder.decode(data, { stream: true });
      // Engines break long lines, Podman any line that it reads in two parts, and write the time in front of each part.
      const text = line === '' ? decoded : decoded.replace(stampPattern, '');
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        if (line === '' && end - start <= limit) {
          finish(text.slice(start, end), 0);
        } else {
          keep(text.slice(start, end));
          finish(line, cut);
          line = '';
          cut = 0;
        }
        start = end + 1;
      }
      keep(text.slice(start));
    },
    end() {
      if (line !== '') {
        finish(line, cut);
      }
      line = '';
      cut = 0;
    },
  };
}

const words: Readonly<Record<string, Level>> = {
  emerg: 'error',
  emergency: 'error',
  alert: 'error',
  fatal: 'error',
  panic: 'error',
  crit: 'error',
  critical: 'error',
  severe: 'error',
  err: 'error',
  error: 'error',
  warn: 'warning',
  warning: 'warning',
  notice: 'info',
  info: 'info',
  information: 'info',
  debug: 'debug',
  trace: 'debug',
  verbose: 'debug',
};
const wordPattern = Object.keys(words)
  .sort((a, b) => b.length - a.length)
  .join('|');
/** `level=warn`, `"severity":"ERROR"`. */
const named = new RegExp(`(?:^|[\\s,{"])(?:log\\.?)?(?:level|lvl|severity)"?\\s*[=:]\\s*"?(${wordPattern})\\b`, 'i');
/** `"level":50`, as pino and bunyan write it. */
const numbered = /"level"\s*:\s*([1-6])0\b/;
const pinoLevels: readonly Level[] = ['none', 'debug', 'debug', 'info', 'warning', 'error', 'error'];
/** `[error]`, `<warn>`, `error:` at the beginning, after a date perhaps. */
const marked = new RegExp(`[[<(](${wordPattern})\\s*[\\]>)]|^[\\d\\s:.,TZ/+-]*(${wordPattern})\\b\\s*[:\\]|-]`, 'i');
/** A word in capitals stands for a level also without any marks. */
const loud = new RegExp(`\\b(${wordPattern.toUpperCase()})\\b`);
/** `E1121 10:00:00.000000`, as Kubernetes' programs write it. */
const letter = /^([EFWID])\d{4} \d\d:\d\d/;
const letters: Readonly<Record<string, Level>> = { E: 'error', F: 'error', W: 'warning', I: 'info', D: 'debug' };

/** The level that a line names in one of the usual ways. */
export function levelOf(text: string): Level {
  const head = text.length > 300 ? text.slice(0, 300) : text;
  const number = numbered.exec(head)?.[1];
  if (number) {
    return pinoLevels[Number(number)] ?? 'none';
  }
  const first = letter.exec(head)?.[1];
  if (first) {
    return letters[first] ?? 'none';
  }
  const match = named.exec(head) ?? marked.exec(head) ?? loud.exec(head.slice(0, 120));
  return words[(match?.[1] ?? match?.[2] ?? '').toLowerCase()] ?? 'none';
}
