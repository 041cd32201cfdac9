// Values of run options read from text, as the docker client reads them: durations, numbers, fields with quotes.
import { UserError } from '../errors.ts';
import { t } from '../l10n.ts';
import { plain } from '../text.ts';

/** A refusal of an option's value; `sentence` says the right form. */
export function badValue(code: string, sentence: string): UserError {
  return new UserError(code, sentence);
}

/** A value as a sentence may hold it. */
export function shown(text: string): string {
  return plain(text, 120);
}

const durationUnits: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** Nanoseconds of `1m30s`, `500ms`, `1.5h`. */
export function durationOf(text: string, flag: string): number {
  if (text === '0') {
    return 0;
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) {
    throw badValue(
      'bad-duration',
      t(
        '"{0}" is not a duration for {1}. Write numbers with ms, s, m or h behind them, for example 30s or 1m30s.',
        shown(text),
        flag,
      ),
    );
  }
  return Math.round(parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (durationUnits[unit] ?? 0), 0));
}

/** The text that `durationOf` turns back into the same nanoseconds: `1m30s`. */
export function durationText(nanoseconds: number): string {
  let rest = nanoseconds;
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms', 'us', 'ns']) {
    const size = durationUnits[unit] ?? 1;
    if (rest >= size) {
      text += `${Math.floor(rest / size)}${unit}`;
      rest %= size;
    }
  }
  return text || '0s';
}

/** Billionths of a processor: `1.5`, `.5`, `1e-3`, `1/2`. */
export function nanoCpusOf(text: string): number {
  const [, upper, lower = '1'] = /^((?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(?:\/(\d+))?$/i.exec(text) ?? [];
  const nano = upper ? (Number(upper) * 1e9) / Number(lower) : Number.NaN;
  if (!Number.isFinite(nano) || Math.abs(nano - Math.round(nano)) > 1e-3) {
    throw badValue(
      'bad-cpus',
      t('"{0}" is not a number of processors. Write a decimal number, for example 1.5.', shown(text)),
    );
  }
  return Math.round(nano);
}

/** A whole number as the docker client reads it: `10`, `0x10`, `0o17` and `017` are numbers too; undefined for what is none. */
export function integerOf(text: string): number | undefined {
  const [, sign, octal, digits = octal] =
    /^([+-]?)(?:0([0-7_]+)|(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0|[1-9][\d_]*))$/.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const value = Number((octal ? '0o' : '') + digits.replaceAll('_', ''));
  return Number.isSafeInteger(value) ? (sign === '-' ? -value : value) + 0 : undefined;
}

/** What follows a switch's `=`; undefined for what is neither true nor false. */
export function booleanOf(text: string): boolean | undefined {
  return /^(?:1|t|T|true|TRUE|True)$/.test(text)
    ? true
    : /^(?:0|f|F|false|FALSE|False)$/.test(text)
      ? false
      : undefined;
}

/** Fields with commas between them; a field in double quotes may hold commas, and a quote as two (RFC 4180). */
export function fieldsOf(text: string): string[] | undefined {
  const fields = [...`${text},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",][^,"]*|)),/gy)];
  return fields.map(([whole]) => whole).join('') === `${text},`
    ? fields.map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare)
    : undefined;
}

/** The text that `fieldsOf` turns back into the same fields. */
export function fieldsText(fields: readonly string[]): string {
  return fields.map((field) => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

/** Whether it is an address of IPv4 or IPv6, without brackets. */
export function isIpAddress(text: string): boolean {
  const bytes = text.split('.');
  return (
    (bytes.length === 4 && bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) ||
    (text.includes(':') && /^(?:[\da-f]{0,4}:){2,7}(?:[\da-f]{0,4}|(?:\d{1,3}\.){3}\d{1,3})$/i.test(text))
  );
}
