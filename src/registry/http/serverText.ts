// The words of a server in a form that is safe to show: plain text, one line, short.
import { plain } from '../../model/text.ts';
import { isRecord } from '../../model/untyped.ts';

const maxLength = 300;
/** Bytes of an answer that are looked at. */
const maxBodyBytes = 64 * 1024;
/** Characters of a page that are looked at: its title is near its beginning. */
const maxPageLength = 16 * 1024;

/**
 * What a registry says is wrong: the messages of its errors JSON, else the text of its page.
 * Empty when there is nothing to read.
 */
export function wordsOf(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, maxBodyBytes)).toString('utf8');
  return plain((fromErrors(text) ?? fromPage(text)).replace(/\s+/g, ' '), maxLength);
}

/** The codes of an errors JSON, e.g. `MANIFEST_UNKNOWN`; empty for anything else. */
export function errorCodesOf(body: Uint8Array): string[] {
  return errorsOf(Buffer.from(body.subarray(0, maxBodyBytes)).toString('utf8')).flatMap(({ code }) =>
    typeof code === 'string' ? [code] : [],
  );
}

function fromErrors(text: string): string | undefined {
  const messages = errorsOf(text).flatMap(({ code, message, detail }) => {
    const words = [message, typeof detail === 'string' ? detail : undefined].filter(
      (part) => typeof part === 'string' && part,
    );
    return words.length > 0 ? [words.join(': ')] : typeof code === 'string' ? [code] : [];
  });
  return messages.length > 0 ? [...new Set(messages)].join('; ') : undefined;
}

function errorsOf(text: string): { code?: unknown; message?: unknown; detail?: unknown }[] {
  try {
    const answer: unknown = JSON.parse(text);
    const errors: unknown = isRecord(answer) ? (answer.errors ?? (answer.error ? [answer] : undefined)) : undefined;
    const list = Array.isArray(errors) ? errors : isRecord(errors) ? [errors] : [];
    return list.filter(isRecord).map((entry) => ({
      ...entry,
      message: entry.message ?? entry.error_description ?? entry.details ?? entry.error,
    }));
  } catch {
    return [];
  }
}

/** A page's title says what a proxy or web server means; its markup does not. */
function fromPage(text: string): string {
  if (!/^\s*</.test(text)) {
    return text;
  }
  const { title, words } = readPage(text.slice(0, maxPageLength));
  return title || words;
}

/** The title of a page and its text, in one walk from tag to tag: what is never closed ends the page. */
function readPage(page: string): { title: string; words: string } {
  const lower = page.toLowerCase();
  const words: string[] = [];
  let title = '';
  let at = 0;
  for (let open = page.indexOf('<'); open >= 0; open = page.indexOf('<', at)) {
    words.push(page.slice(at, open));
    const close = page.indexOf('>', open);
    if (close < 0) {
      return { title, words: words.join(' ') };
    }
    at = close + 1;
    const name = /^<(script|style|title)\b/.exec(lower.slice(open, open + 8))?.[1];
    if (name === 'title') {
      const end = page.indexOf('<', at);
      title ||= page.slice(at, end < 0 ? page.length : end).trim();
    } else if (name !== undefined) {
      const end = lower.indexOf(`</${name}`, at);
      at = end < 0 ? page.length : end;
    }
  }
  words.push(page.slice(at));
  return { title, words: words.join(' ') };
}
