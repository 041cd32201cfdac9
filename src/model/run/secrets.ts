// What may be a secret in the options of a run: by its name, by its form, and, where that is in doubt, by neither being plain.
//
// A password that is kept by mistake lies in a file for years; a harmless value that is not kept is typed once more.

import { same } from '../untyped.ts';
import { splitWords } from './shell/split.ts';

/** Parts of a name that stand for a secret. */
const secretPart =
  /pass|secret|token|credential|private|auth|bearer|cookie|session|webhook|api_?key|access_?key|conn(?:ection)?_?str/;
/** The same, as a word of the name. */
const secretWord =
  /(?:^|_)(?:pwd|pw|pin|pat|jwt|dsn|sas|otp|totp|psk|hmac|salt|seed|mnemonic|license|licence|cert|creds?|conn|hook)(?:_|$)|key(?:_|$)/;

/** What holds none of these has neither of the above in it: the quick way for most names and texts. */
const maybe =
  /pass|secret|token|cred|private|auth|bearer|cookie|session|hook|key|conn|pwd|pw|pin|pat|jwt|dsn|sas|otp|psk|hmac|salt|seed|mnemonic|licen|cert/i;

/** Whether what a variable, label or setting of this name holds is likely a secret. */
export function soundsSecret(name: string): boolean {
  if (!maybe.test(name)) {
    return false;
  }
  const words = name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();
  return secretPart.test(words) || secretWord.test(words);
}

/** How well-known tokens begin. */
const tokenStart =
  /(?:^|[^A-Za-z\d])(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-|sk-|[sr]k_(?:live|test)_|AKIA|ASIA|AIza|eyJ|npm_|pypi-|dckr_pat_|hv[sb]\.|SG\.|-----BEGIN )/;
/** The headers of HTTP that carry one. */
const header =
  /\b(?:authorization|proxy-authorization|cookie|x-[\w-]{0,40}(?:key|token|auth|secret))\s{0,4}[:=]|\b(?:bearer|basic)\s/i;

/** Whether a text has the form of a secret, whatever it is called. */
export function looksLikeSecret(value: string): boolean {
  return (
    tokenStart.test(value) ||
    header.test(value) ||
    isAddressWithMore(value) ||
    /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-/i.test(value) ||
    // Made by chance: a long run of letters and digits, as no word is.
    (value.match(/[A-Za-z\d]{20,}/g) ?? []).some((run) => /\d/.test(run) && /[A-Za-z]/.test(run))
  );
}

/** An address that says who comes, or carries something behind its path: `postgres://me:word@db`, `me:word@tcp(db)/x`, a webhook. */
function isAddressWithMore(value: string): boolean {
  const at = value.lastIndexOf('@');
  const scheme = value.indexOf('://');
  return (at > 0 && /[:/]/.test(value.slice(0, at))) || (scheme >= 0 && /[?]|hook/i.test(value.slice(scheme)));
}

/** Whether what a variable, label or setting holds must not be kept. */
export function looksSecret(name: string, value: string): boolean {
  if (value === '' || /^(?:true|false|yes|no|on|off|[01])$/i.test(value)) {
    return false;
  }
  // A file is named like what it is about, and its path is no secret.
  const isFile = /_FILE$/i.test(name) && /^[./~]?[\w./~-]*$/.test(value);
  return (soundsSecret(name) && !isFile) || looksLikeSecret(value);
}

/** The words of a command, with empty ones in place of what may be a secret; names of flags and variables stay. */
export function withoutSecretWords(words: readonly string[]): string[] {
  return words.map((word, index) => withoutSecretWord(word, words[index - 1] ?? ''));
}

function withoutSecretWord(word: string, before: string): string {
  if (word.length < 3 && !before.startsWith('-')) {
    return word;
  }
  const [, name, value = ''] = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(word) ?? [];
  if (name !== undefined) {
    return looksSecret(name, value) || holdsSecret(value) ? `${name}=` : word;
  }
  // A password that is joined to its flag (mysql), and one with a name before it (curl).
  const [, flag, joined = ''] = /^(-[pu])(.+)$/s.exec(word) ?? [];
  if (flag !== undefined && isNoNumber(joined) && (flag === '-p' || joined.includes(':'))) {
    return flag;
  }
  const isValue = !word.startsWith('-') && isNoNumber(word);
  const isSecret =
    (/^-{1,2}[A-Za-z][\w.-]+$/.test(before) && soundsSecret(before)) ||
    /^-[paPW]$/.test(before) ||
    (/^(?:-u|--user)$/.test(before) && word.includes(':'));
  return (isValue && isSecret) || looksLikeSecret(word) || holdsSecret(word) ? '' : word;
}

/** Ports, users and counts follow the same flags. */
function isNoNumber(text: string): boolean {
  return !/^[\d.:]{1,12}$/.test(text);
}

/** Whether a text holds settings or a command with a secret, as a script does. */
export function holdsSecret(text: string): boolean {
  if (withoutSecretPairs(text) !== text) {
    return true;
  }
  const words = /\s/.test(text) ? splitWords(text).filter((word) => !/\s/.test(word)) : [];
  return !same(withoutSecretWords(words), words);
}

/** The name of a setting within a text and what divides it from its value: `password=`, `"token": "`, `--requirepass `. */
const setting = /(?<![\w.-])([\w.-]{1,100})["']?(?:\s*[=:]\s*|\s+)["']?/g;

/** A text with its settings that sound secret emptied: `username=me,password=`. */
export function withoutSecretPairs(text: string): string {
  if (!maybe.test(text)) {
    return text;
  }
  let rest = '';
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(setting)) {
    const start = index + whole.length;
    if (start < end || !soundsSecret(name)) {
      continue;
    }
    const [value = ''] = /^[^\s,;"'&]*/.exec(text.slice(start, start + 10_000)) ?? [];
    if (looksSecret(name, value)) {
      rest += text.slice(end, start);
      end = start + value.length;
    }
  }
  return rest + text.slice(end);
}
