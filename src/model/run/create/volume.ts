// What stands after `-v`, taken apart.
import { t } from '../../l10n.ts';
import { badValue, shown } from '../parse.ts';

/**
 * Reads what stands after `-v`: `[source:]target[:mode,…]`, where the source is an absolute path or the name of a volume.
 * Paths of Windows, with a drive or a pipe, are told apart from the colons. Throws a UserError (`bad-volume`).
 */
export function parseVolume(text: string): { source?: string; target: string; mode?: string } {
  const parts = splitVolume(text.trim());
  const [first = '', second, mode, ...more] = parts;
  const problem =
    text.trim().endsWith(':') ||
    parts.some((part) => part === '') ||
    more.length > 0 ||
    (mode !== undefined && !isMode(mode))
      ? 'form'
      : !isAbsolute(second ?? first)
        ? 'target'
        : second !== undefined && !isAbsolute(first) && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(first)
          ? 'source'
          : undefined;
  switch (problem) {
    case 'form':
      throw badValue(
        'bad-volume',
        t(
          '"{0}" is not a volume. Write /host/folder:/path, volume-name:/path or /path, with :ro behind it to make it read-only.',
          shown(text),
        ),
      );
    case 'target':
      throw badValue(
        'bad-volume',
        t('The path inside the container in "{0}" must be absolute, for example data:/var/lib/data.', shown(text)),
      );
    case 'source':
      throw badValue(
        'bad-volume',
        t(
          '"{0}" names neither an absolute path of the engine\'s host nor a volume. Write the whole path, for example /home/me/data:/data.',
          shown(text),
        ),
      );
    default:
      return second === undefined ? { target: first } : { source: first, target: second, ...(mode && { mode }) };
  }
}

function splitVolume(text: string): string[] {
  // A drive's colon and the pipe's prefix belong to their part: C:\data:/data:ro, \\.\pipe\x:\\.\pipe\x.
  return (
    text
      .match(/(?:[A-Za-z]:(?=[\\/]))?[^:]*(?::|$)/g)
      ?.slice(0, -1 || undefined)
      .map((part) => part.replace(/:$/, '')) ?? []
  );
}

/** Whether a path of a container or a host is absolute, on Linux or on Windows. */
export function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\|\/\/\.\/pipe\/)/.test(path);
}

const modes = new Set(
  'ro rw z Z nocopy consistent cached delegated shared slave private rshared rslave rprivate'.split(' '),
);

function isMode(text: string): boolean {
  return text.split(',').every((mode) => modes.has(mode));
}
