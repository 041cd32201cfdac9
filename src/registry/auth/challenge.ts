// Reads WWW-Authenticate (RFC 9110 section 11.6.1, before that RFC 7235): any number of challenges in one line.
import { createScanner, type Scanner } from '../http/scanner.ts';

export interface Challenge {
  /** Lower case: `basic`, `bearer`. */
  scheme: string;
  /** Names in lower case; values without quotes. */
  params: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]*/y;
const word = /[\w-]*/y;
const token68 = /[A-Za-z0-9._~+/-]*/y;
const unquoted = /[^\s",]*/y;
const separators = /[\s,]*/y;
const padding = /=*/y;
/** No server offers as many ways to log in. */
const maxChallenges = 32;

/**
 * The challenges in order. Several header lines may be joined by commas first.
 * What cannot be read is skipped: a server that is wrong in one challenge may be right in the next.
 */
export function parseChallenges(header: string | undefined): Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  const text = createScanner(header ?? '');
  /** Up to here no token of a scheme such as NTLM can begin any more: one that did ended here, and not as it must. */
  let noToken68 = 0;
  while (!text.atEnd() && challenges.length < maxChallenges) {
    text.run(separators);
    const name = text.run(token).toLowerCase();
    if (name === '') {
      text.skip();
      continue;
    }
    const current = challenges.at(-1);
    if (current !== undefined && text.ahead(takeEquals)) {
      takeEquals(text);
      const value = text.quoted() ?? takeUnquoted(text);
      current.params[name] ??= value;
    } else {
      // Without a prototype, since a server may name a parameter `__proto__`.
      challenges.push({ scheme: name, params: Object.create(null) as Record<string, string> });
      text.blanks();
      const behind = text.at < noToken68 ? undefined : token68End(text);
      if (behind?.valid) {
        text.goTo(behind.at);
      } else {
        noToken68 = behind?.at ?? noToken68;
      }
    }
  }
  return challenges.map(({ scheme, params }) => ({ scheme, params: { ...params } }));
}

function takeEquals(text: Scanner): boolean {
  text.blanks();
  const there = text.take('=');
  text.blanks();
  return there;
}

/** Where the token ends that schemes such as NTLM send in place of parameters: it runs to a comma or the end. */
function token68End(text: Scanner): { at: number; valid: boolean } {
  const start = text.at;
  const some = text.run(token68) !== '';
  text.run(padding);
  const at = text.at;
  text.blanks();
  const valid = some && (text.atEnd() || text.take(','));
  text.goTo(start);
  return { at, valid };
}

/** Servers leave quotes out around URLs and scopes (`pull,push`), so an unquoted value runs to a space or the next `name=`. */
function takeUnquoted(text: Scanner): string {
  let value = '';
  let commas = '';
  for (;;) {
    const part = text.run(unquoted);
    value += part === '' ? '' : commas + part;
    commas = part === '' ? commas : '';
    if (text.atEnd() || text.ahead(isNextParameter) || !text.take(',')) {
      return value;
    }
    commas += ',';
  }
}

function isNextParameter(text: Scanner): boolean {
  return text.take(',') && text.blanks() >= 0 && text.run(word) !== '' && text.blanks() >= 0 && text.take('=');
}
