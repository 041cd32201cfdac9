// Reads WWW-Authenticate (RFC 9110 section 11.6.1, before that RFC 7235): any number of challenges in one line.

export interface Challenge {
  /** Lower case: `basic`, `bearer`. */
  scheme: string;
  /** Names in lower case; values without quotes. */
  params: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const quoted = /"((?:[^"\\]|\\[\s\S])*)"?/y;
/** Servers leave quotes out around URLs and scopes (`pull,push`), so an unquoted value runs to a space or the next `name=`. */
const unquoted = /[^\s"]*?(?=,\s*[\w-]+\s*=|[\s"]|$)/y;
const token68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;

/**
 * The challenges in order. Several header lines may be joined by commas first.
 * What cannot be read is skipped: a server that is wrong in one challenge may be right in the next.
 */
export function parseChallenges(header: string | undefined): Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  const text = header ?? '';
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    at = match ? pattern.lastIndex : at;
    return match ?? undefined;
  };
  while (at < text.length) {
    take(/[\s,]*/y);
    const name = take(token)?.[0];
    if (name === undefined) {
      at += 1;
      continue;
    }
    const current = challenges.at(-1);
    if (take(/\s*=\s*/y) && current !== undefined) {
      const value = take(quoted)?.[1]?.replace(/\\([\s\S])/g, '$1') ?? take(unquoted)?.[0].replace(/,+$/, '') ?? '';
      current.params[name.toLowerCase()] ??= value;
    } else {
      challenges.push({ scheme: name.toLowerCase(), params: {} });
      take(/ +/y);
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=\s*[^\s,=]/.test(text.slice(at))) {
        take(token68);
      }
    }
  }
  return challenges;
}
