// The words of a server in a form that is safe to show: plain text, one line, short.
import { plain } from '../model/text.ts';

const longest = 300;

/**
 * What a registry says is wrong: the messages of its errors JSON, else the text of its page.
 * Empty when there is nothing to read.
 */
export function wordsOf(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 64 * 1024)).toString('utf8');
  return plain((fromErrors(text) ?? fromPage(text)).replace(/\s+/g, ' '), longest);
}

/** The codes of an errors JSON, e.g. `MANIFEST_UNKNOWN`; empty for anything else. */
export function errorCodesOf(body: Uint8Array): string[] {
  return errorsOf(Buffer.from(body.subarray(0, 64 * 1024)).toString('utf8')).flatMap(({ code }) =>
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
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  return title || text.replace(/<(script|style)[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>/g, ' ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
