// Sizes in bytes as options of the docker client say them: `512m`, `1.5GiB`, `1024`.
import { UserError } from './errors.ts';
import { t } from './l10n.ts';
import { plain } from './text.ts';

const units = 'bkmgtp';

/**
 * The bytes of a size; units are powers of 1024. Throws a UserError (`bad-size`) that names `flag`, the option that needs
 * the size, where the text is none.
 */
export function sizeOf(text: string, flag: string): number {
  const [, count, unit = 'b'] = /^(\d+(?:\.\d*)?(?:e\d+)?|\.\d+) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text) ?? [];
  if (count === undefined) {
    throw new UserError(
      'bad-size',
      t(
        '"{0}" is not a size for {1}. Write a number with b, k, m or g behind it, for example 512m.',
        plain(text, 120),
        flag,
      ),
    );
  }
  return Math.trunc(Number(count) * 1024 ** units.indexOf(unit.toLowerCase()));
}

/** The shortest text that `sizeOf` turns back into the same bytes. */
export function sizeText(bytes: number): string {
  const exponent = [4, 3, 2, 1].find((power) => bytes > 0 && bytes % 1024 ** power === 0) ?? 0;
  return exponent === 0 ? String(bytes) : `${bytes / 1024 ** exponent}${units.charAt(exponent)}`;
}
