// What keys and presses on the page of logs mean.
import type { LogFilter } from '../../model/logs/list.ts';

/** What a key does, whatever has the focus; undefined for keys that are not the page's. */
export function keyAction(
  key: string,
  { command, shift }: { command: boolean; shift: boolean },
): 'find' | 'next' | 'back' | 'close' | undefined {
  if (command && key.toLowerCase() === 'f') {
    return 'find';
  }
  switch (key) {
    case 'F3':
      return shift ? 'back' : 'next';
    case 'Escape':
      return 'close';
    default:
      return undefined;
  }
}

/** The filter with a source hidden, or shown again. */
export function withSource(filter: LogFilter, source: number): LogFilter {
  const { hidden } = filter;
  return {
    ...filter,
    hidden: hidden.includes(source) ? hidden.filter((each) => each !== source) : [...hidden, source],
  };
}

/** The row at the top where the page was left, as it was saved; undefined when it followed the end. */
export function savedTop({ top, follow }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof top === 'number' && follow === false ? top : undefined;
}
